// @ts-check

import { html, say, set } from '../../figures/dom.js';
import { symbol } from '../../figures/layer/words.js';
import { whileSeen } from '../../figures/sight.js';
import { signed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { jacobian } from '../../nn/layers.js';

/** @typedef {import('./state.js').State} State */

/**
 * The two cases as a table: ∂a_row/∂z_column, the case i = j on the diagonal. A cell is a button that picks its i and j.
 * @param {HTMLTableElement} table
 * @param {{ state: import('../../kit/observable.js').Watched<State> }} model
 * @param {(row: number, column: number) => void} pick
 * @returns {() => void} dispose
 */
export function derivationSlopes(table, { state }, pick) {
  /** @type {HTMLElement[][]} */
  let cells = [];
  const paint = () => {
    const { z, i, j, lesson } = state.value;
    if (cells.length !== z.length) cells = build(table, z.length, pick);
    const slopes = jacobian(z);
    const scale = Math.max(...slopes.flat().map(Math.abs));
    const row = lesson === 'other' ? j : i;
    cells.forEach((line, a) => {
      for (const [b, cell] of line.entries()) paintCell(cell, slopes[a][b], scale, a === row && b === i, z.length);
    });
  };
  return state.link(whileSeen(table, paint));
}

/** @param {HTMLElement} cell @param {number} slope @param {number} scale @param {boolean} chosen @param {number} count */
function paintCell(cell, slope, scale, chosen, count) {
  const text = signed(slope, count > 8 ? 2 : 3);
  const sign = slope === 0 ? '0' : slope > 0 ? '+' : '-';
  // A slope too small for its places keeps its sign.
  const kept = /[1-9]/.test(text) || slope === 0 ? text : `${slope > 0 ? '+' : '−'}${text}`;
  say(/** @type {Element} */ (cell.firstElementChild), count > 6 ? kept.replace('0.', '.') : kept);
  set(cell, { 'data-sign': sign, 'data-value': String(slope), 'data-chosen': String(chosen) });
  cell.style.setProperty('--share', (scale > 0 ? Math.abs(slope) / scale : 0).toFixed(2));
}

/** @param {HTMLTableElement} table @param {number} count @param {(row: number, column: number) => void} pick */
function build(table, count, pick) {
  const classes = Array.from({ length: count }, (_, k) => k);
  const cells = classes.map((a) => classes.map((b) => cellOf(a, b, pick)));
  const head = classes.map((b) => html('th', { scope: 'col' }, symbol('z', b)));
  const rows = cells.map((line, a) => html('tr', {}, html('th', { scope: 'row' }, symbol('a', a)), ...line));
  table.dataset.crowd = count > 8 ? 'many' : count > 5 ? 'some' : 'few';
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('derivation.slopes.caption')),
    html('thead', {}, html('tr', {}, html('td'), ...head)),
    html('tbody', {}, ...rows),
  );
  return cells;
}

/** @param {number} a @param {number} b @param {(row: number, column: number) => void} pick */
function cellOf(a, b, pick) {
  const words = t(a === b ? 'derivation.slopes.same' : 'derivation.slopes.other', { row: a + 1, column: b + 1 });
  const button = html('button', { type: 'button', class: 'plain', title: words });
  button.addEventListener('click', () => pick(a, b));
  return html('td', { 'data-quantity': `slope:${a + 1}:${b + 1}` }, button);
}
