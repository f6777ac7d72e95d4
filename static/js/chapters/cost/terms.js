// @ts-check
/** The cost as the sum that it is: what each class adds, and struck out what y = 0 has made vanish. */

import { html, say, set } from '../../figures/dom.js';
import { className } from '../../figures/layer/controls.js';
import { symbol } from '../../figures/layer/words.js';
import { whileSeen } from '../../figures/sight.js';
import { fixed, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { costTrace, PAIRS } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {import('../../nn/costs.js').Cost} Cost */

/**
 * @param {HTMLTableElement} table
 * @param {import('./picture.js').Model} model
 * @param {(chosen: number) => void} choose called with the class whose row was pointed at
 * @returns {() => void} dispose
 */
export function costTerms(table, { scene }, choose) {
  /** @type {ReturnType<typeof row>[]} */
  let rows = [];
  const total = html('td', { 'data-field': 'total' });
  const paint = () => {
    const now = scene.value;
    if (rows.length !== now.z.length) {
      rows = now.z.map((_, i) => row(i, choose));
      build(table, rows, total);
      table.dataset.crowd = rows.length > 8 ? 'many' : rows.length > 5 ? 'some' : 'few';
    }
    const trace = costTrace(now);
    for (const part of rows) part.paint(now, trace);
    say(total, short(trace.cost, 4));
    set(total, { 'data-value': String(trace.cost) });
  };
  return scene.link(whileSeen(table, paint));
}

/** @param {HTMLTableElement} table @param {ReturnType<typeof row>[]} rows @param {HTMLElement} total */
function build(table, rows, total) {
  const heads = [t('softmax.table.class'), 'y', 'a', t('cost.terms.term'), t('cost.terms.value')];
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('cost.terms.caption')),
    html('thead', {}, html('tr', {}, ...heads.map((head) => html('th', { scope: 'col' }, head)))),
    html('tbody', {}, ...rows.map(({ root }) => root)),
    html(
      'tfoot',
      {},
      html('tr', { class: 'sums' }, html('th', { scope: 'row', colspan: 4 }, t('cost.terms.sum')), total),
    ),
  );
}

/** @param {number} i @param {(chosen: number) => void} choose */
function row(i, choose) {
  const name = html('button', { type: 'button', class: 'plain', title: t('cost.terms.choose', { i: i + 1 }) });
  name.addEventListener('click', () => choose(i));
  const [y, a, term, value] = [html('td'), html('td'), html('td', { class: 'maths' }), html('td')];
  set(value, { 'data-term': String(i + 1) });
  const root = html('tr', { 'data-class': i + 1 }, html('th', { scope: 'row', class: 'hue' }, name), y, a, term, value);
  return {
    root,
    /** @param {Scene} scene @param {import('./state.js').CostTrace} trace */
    paint(scene, trace) {
      const { cost } = PAIRS[scene.pair];
      const vanished = cost === 'log-likelihood' && scene.y[i] === 0;
      const words = className(scene, i);
      if (name.dataset.name !== words) name.replaceChildren(symbol('a', i), ` ${words}`);
      name.dataset.name = words;
      set(root, { 'data-vanished': String(vanished), 'data-chosen': String(i === scene.chosen) });
      say(y, asked(scene.y[i]));
      say(a, short(trace.a[i], 3));
      set(a, { 'data-value': String(trace.a[i]) });
      say(term, termText(scene.y[i], trace.a[i], cost));
      say(value, vanished ? '0' : short(trace.terms[i], 4));
      set(value, { 'data-value': String(trace.terms[i]) });
    },
  };
}

/**
 * What a class adds, with its numbers.
 * @param {number} y
 * @param {number} a
 * @param {Cost} cost
 */
export function termText(y, a, cost) {
  const share = a === 0 || a === 1 ? String(a) : short(a, 3);
  const is = y === 1 ? '−ln' : `−${asked(y)} ln`;
  if (cost === 'quadratic') return `½ (${share} − ${asked(y)})²`;
  if (cost === 'log-likelihood') return y === 1 ? `−ln ${share}` : `${y === 0 ? '' : '−'}${asked(y)} · ln ${share}`;
  if (y === 1) return `${is} ${share}`;
  const isNot = `−${y === 0 ? '' : `${asked(1 - y)} `}ln(1 − ${share})`;
  return y === 0 ? isNot : `${is} ${share} ${isNot.replace('−', '− ')}`;
}

/** @param {number} y */
function asked(y) {
  return y === 0 || y === 1 ? String(y) : fixed(y, 2);
}

/** Every number of the scene with all its digits, for saving. @param {Scene} scene @returns {string[][]} */
export function costRows(scene) {
  const { a, terms, delta } = costTrace(scene);
  const rows = scene.z.map((z, i) => [className(scene, i), z, scene.y[i], a[i], terms[i], delta[i]].map(String));
  return [['class', 'z', 'y', 'a', 'term', 'delta'], ...rows];
}
