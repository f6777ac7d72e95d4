// @ts-check

import { fixed, short } from '../../kit/format.js';
import { html, say } from '../dom.js';
import { whileSeen } from '../sight.js';
import { traceOf } from './state.js';
import { phrase, symbol } from './words.js';

/** @typedef {import('./state.js').Layer} Layer */
/** @typedef {import('./state.js').Trace} Trace */

/** More terms than this are written with dots. */
const TERMS = 5;

/**
 * The formula of the class that moved, with today's numbers; for two classes also as the sigmoid that it is. It is built
 * when its shape changes and else only given new numbers.
 * @param {HTMLElement} element
 * @param {{ layer: import('../../kit/observable.js').Watched<Layer> }} model
 * @returns {() => void} dispose
 */
export function formula(element, { layer }) {
  let shape = '';
  let built = build(layer.value);
  const paint = () => {
    const now = `${layer.value.z.length} ${layer.value.chosen}`;
    if (now !== shape) {
      built = build(layer.value);
      element.replaceChildren(...built.nodes);
    }
    shape = now;
    built.paint(layer.value, traceOf(layer.value));
  };
  return layer.link(whileSeen(element, paint));
}

/** @param {Layer} layer */
function build({ z, chosen }) {
  const top = power(chosen);
  const shown = termsOf(z.length, chosen);
  const terms = shown.map(power);
  const sum = shown.flatMap((i, at) => {
    const skipped = at > 0 && i !== shown[at - 1] + 1;
    return [at === 0 ? '' : ' + ', skipped ? '… + ' : '', terms[at].root];
  });
  const shares = html('span');
  const result = html('strong');
  const two = z.length === 2 ? twoClasses(chosen) : null;
  return {
    nodes: [
      html('p', { class: 'maths' }, symbol('a', chosen), ' = ', top.root, ' ∕ (', ...sum, ')'),
      html('p', { class: 'maths result' }, shares, result),
      ...(two ? [two.root] : []),
    ],
    /** @param {Layer} layer @param {Trace} trace */
    paint(layer, trace) {
      say(top.exponent, exponentText(layer, trace, chosen));
      terms.forEach((term, at) => {
        say(term.exponent, exponentText(layer, trace, shown[at]));
      });
      say(shares, `= ${short(trace.powers[chosen], 3)} ∕ ${short(trace.sum, 3)} = `);
      say(result, short(trace.a[chosen], 3));
      two?.paint(layer, trace);
    },
  };
}

/** All terms, or the first two, the chosen and the last. @param {number} count @param {number} chosen */
function termsOf(count, chosen) {
  const all = Array.from({ length: count }, (_, i) => i);
  return count <= TERMS ? all : all.filter((i) => i < 2 || i === chosen || i === count - 1);
}

/** @param {number} i */
function power(i) {
  const exponent = html('sup', { class: 'hue' });
  return { root: html('span', { 'data-class': i + 1 }, 'e', exponent), exponent };
}

/** @param {Layer} layer @param {Trace} trace @param {number} i */
function exponentText({ z, temperature }, { shift, scaled }, i) {
  if (shift !== 0) return fixed(scaled[i] - shift, Math.abs(scaled[i] - shift) >= 100 ? 0 : 2);
  return temperature === 1 ? fixed(z[i]) : `${fixed(z[i])}∕${fixed(temperature)}`;
}

/** Two classes are one sigmoid of the difference. @param {number} chosen */
function twoClasses(chosen) {
  const values = (/** @type {string} */ difference, /** @type {string} */ a) => ({
    zi: { symbol: 'z', index: chosen },
    zj: { symbol: 'z', index: 1 - chosen },
    difference,
    a,
  });
  const words = phrase('softmax.two', values('', ''));
  return {
    root: html('p', { class: 'quiet' }, ...words.nodes),
    /** @param {Layer} layer @param {Trace} trace */
    paint({ z, temperature }, { a }) {
      words.update(values(fixed((z[chosen] - z[1 - chosen]) / temperature), short(a[chosen], 3)));
    },
  };
}
