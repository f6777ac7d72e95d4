// @ts-check
/** Every output layer with every cost at the same z and y: what it costs, and how hard each z is pulled. */

import { html, say, set } from '../../figures/dom.js';
import { symbol } from '../../figures/layer/words.js';
import { whileSeen } from '../../figures/sight.js';
import { short, signed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { compared, PAIR_NAMES } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {import('./state.js').Pair} Pair */

/**
 * @param {HTMLTableElement} table
 * @param {import('./picture.js').Model} model
 * @param {(pair: Pair) => void} choose called with the pair whose row was pointed at
 * @returns {() => void} dispose
 */
export function costCompare(table, { scene }, choose) {
  let built = build(table, scene.value.z.length, choose);
  const paint = () => {
    const now = scene.value;
    if (now.panel !== 'compare') return;
    if (built[0].cells.length !== now.z.length) built = build(table, now.z.length, choose);
    const all = compared(now);
    const scale = Math.max(1, ...all.flatMap(({ delta }) => delta.map(Math.abs)));
    built.forEach((row, k) => {
      set(row.root, { 'data-chosen': String(row.pair === now.pair) });
      set(row.button, { 'aria-pressed': String(row.pair === now.pair) });
      say(row.cost, short(all[k].cost, 3));
      set(row.cost, { 'data-value': String(all[k].cost) });
      row.cells.forEach((cell, i) => {
        paintCell(cell, all[k].delta[i], scale, now.z.length);
      });
    });
  };
  return scene.link(whileSeen(table, paint));
}

/** @param {HTMLElement} cell @param {number} slope @param {number} scale @param {number} count of classes */
function paintCell(cell, slope, scale, count) {
  const text = signed(slope, count > 6 ? 1 : count > 4 ? 2 : 3);
  const kept = slope !== 0 && !/[1-9]/.test(text) ? `${slope > 0 ? '+' : '−'}${text.replace(/^[+−]/, '')}` : text;
  say(cell, count > 6 ? kept.replace('0.', '.') : kept);
  set(cell, { 'data-sign': slope === 0 ? '0' : slope > 0 ? '+' : '-', 'data-value': String(slope) });
  cell.style.setProperty('--share', (Math.abs(slope) / scale).toFixed(2));
}

/** @param {HTMLTableElement} table @param {number} count @param {(pair: Pair) => void} choose */
function build(table, count, choose) {
  const classes = Array.from({ length: count }, (_, i) => i);
  const slope = (/** @type {number} */ i) => html('th', { scope: 'col' }, '∂C∕∂', symbol('z', i));
  const head = html(
    'tr',
    {},
    html('th', { scope: 'col' }, t('cost.compare.pair')),
    html('th', { scope: 'col' }, 'C'),
    ...classes.map((i) => (count > 4 ? html('th', { scope: 'col' }, symbol('z', i)) : slope(i))),
  );
  const rows = PAIR_NAMES.map((pair) => {
    const button = html('button', { type: 'button', 'data-pair': pair }, t(`common.pair.${pair}`));
    button.addEventListener('click', () => choose(pair));
    const cost = html('td', { class: 'value', 'data-cost': pair });
    const cells = classes.map((i) => html('td', { 'data-slope': `${pair} ${i + 1}` }));
    const root = html('tr', {}, html('th', { scope: 'row' }, button), cost, ...cells);
    return { pair, root, button, cost, cells };
  });
  table.dataset.crowd = count > 6 ? 'many' : count > 4 ? 'some' : 'few';
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('cost.compare.caption')),
    html('thead', {}, head),
    html('tbody', {}, ...rows.map(({ root }) => root)),
  );
  return rows;
}

/** The same with all digits, for saving. @param {Scene} scene @returns {string[][]} */
export function compareRows(scene) {
  const head = ['pair', 'cost', ...scene.z.map((_, i) => `delta${i + 1}`)];
  return [head, ...compared(scene).map(({ pair, cost, delta }) => [pair, ...[cost, ...delta].map(String)])];
}
