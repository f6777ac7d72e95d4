// @ts-check
/** The cost's formula and δ's, each with today's numbers. */

import { html, say, set } from '../../figures/dom.js';
import { symbol } from '../../figures/layer/words.js';
import { whileSeen } from '../../figures/sight.js';
import { fixed, leaning, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { costTrace, PAIRS, top } from './state.js';
import { termText } from './terms.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {import('./state.js').CostTrace} CostTrace */

/** More terms than this are written with dots. */
const TERMS = 3;

/**
 * @param {HTMLElement} element
 * @param {import('./picture.js').Model} model
 * @returns {() => void} dispose
 */
export function costFormula(element, { scene }) {
  const cost = html('strong', { 'data-field': 'cost' });
  const lines = [html('p', { class: 'maths' }), html('p', { class: 'maths result' }), html('p', { class: 'maths' })];
  element.replaceChildren(...lines);
  /** The cost follows in the frame, its explanation soon after. @param {Scene} now */
  const follow = (now) => {
    const { cost: value } = costTrace(now);
    say(cost, short(value, 4));
    set(cost, { 'data-value': String(value) });
  };
  const paint = () => {
    const now = scene.value;
    const trace = costTrace(now);
    lines[0].replaceChildren(PAIRS[now.pair].formula.cost);
    if (now.pair === 'log-likelihood') lines[0].append(html('small', { class: 'quiet' }, ` ${t('cost.formula.name')}`));
    lines[1].replaceChildren(
      ...numbers(now, trace),
      ' = ',
      cost,
      ...(PAIRS[now.pair].nats ? [html('small', { class: 'quiet' }, ` ${t('cost.nats')}`)] : []),
    );
    lines[2].replaceChildren(...slope(now, trace));
  };
  paint();
  const renew = whileSeen(element, paint);
  return scene.link((now) => {
    follow(now);
    renew();
  });
}

/** The sum with its numbers; of a one-hot target's log-likelihood only −ln a of its class is left (row C3). @param {Scene} scene @param {CostTrace} trace */
function numbers({ y, pair, kind }, { a }) {
  const { cost } = PAIRS[pair];
  if (pair === 'log-likelihood' && kind === 'one-hot') {
    const target = top(y);
    return [
      '= −ln ',
      symbol('a', target),
      a[target] === 0 ? ` ${t('cost.formula.zero')}` : ` = ${termText(1, a[target], cost)}`,
    ];
  }
  const terms = a
    .map((share, i) => termText(y[i], share, cost))
    .filter((_, i) => pair !== 'log-likelihood' || y[i] !== 0);
  if (terms.length === 0) return ['= 0'];
  const shown = terms.length > TERMS ? [...terms.slice(0, TERMS - 1), '…'] : terms;
  return [`= ${shown.join(' + ').replaceAll('+ −', '− ').replaceAll('+ …', '…')}`];
}

/** @param {Scene} scene @param {CostTrace} trace */
function slope({ chosen, pair, y }, { a, delta, asked }) {
  const head = [symbol('δ', chosen)];
  const [share, wanted] = [short(a[chosen], 3), short(y[chosen], y[chosen] % 1 === 0 ? 0 : 2)];
  const result = ` = ${leaning(delta[chosen])}`;
  if (pair === 'log-likelihood' && Math.abs(asked - 1) > 1e-9) {
    return [...head, ` = aᵢ Σy − yᵢ = ${share} · ${fixed(asked, 0)} − ${wanted}`, result];
  }
  const filled = {
    'log-likelihood': ` = ${share} − ${wanted}`,
    'cross-entropy': ` = ${share} − ${wanted}`,
    'quadratic-softmax': '',
    'quadratic-sigmoid': ` = ${leaning(a[chosen] - y[chosen])} · ${short(a[chosen] * (1 - a[chosen]), 3)}`,
  };
  return [...head, ` = ${PAIRS[pair].formula.delta}${filled[pair]}`, result];
}
