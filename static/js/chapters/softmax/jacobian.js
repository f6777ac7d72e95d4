// @ts-check

import { html, say, set } from '../../figures/dom.js';
import { symbol } from '../../figures/layer/words.js';
import { whileSeen } from '../../figures/sight.js';
import { rem } from '../../kit/colours.js';
import { fixed, signed } from '../../kit/format.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { jacobian } from '../../nn/layers.js';

/** @typedef {import('../../figures/layer/state.js').Layer} Layer */

/** Rems a class's column needs for three and for two places, the table's margins shared out; below that signs must do. */
const ROOM = { three: 5.4, two: 2.2 };

/**
 * How every output answers to every z: ∂a_i/∂z_j as a table of colours and signed numbers, with the sums of its rows,
 * which are 0. The column of the z that moved is outlined.
 * @param {HTMLTableElement} table
 * @param {{ layer: import('../../kit/observable.js').Watched<Layer> }} model
 * @param {(chosen: number) => void} choose called with the class whose column was pointed at
 * @returns {() => void} dispose
 */
export function jacobianTable(table, { layer }, choose) {
  let cells = build(table, layer.value.z.length, choose);
  let places = 3;
  const paint = () => {
    const { z, temperature, chosen, tab } = layer.value;
    if (tab !== 'slopes') return;
    if (cells.length !== z.length) cells = build(table, z.length, choose);
    const slopes = jacobian(z, temperature);
    const scale = Math.max(0.25 / temperature, ...slopes.flat().map(Math.abs));
    slopes.forEach((row, i) => {
      row.forEach((slope, j) => {
        paintCell(cells[i].slopes[j], slope, { scale, places, chosen: j === chosen });
      });
      paintSum(cells[i].sum, row);
    });
  };
  const measure = () => {
    const count = layer.value.z.length;
    table.dataset.crowd = count > 8 ? 'many' : count > 6 ? 'some' : 'few';
    const room = table.clientWidth / rem() / count;
    places = room >= ROOM.three ? 3 : room >= ROOM.two ? 2 : 0;
    paint();
  };
  const watcher = new ResizeObserver(() => soon(measure));
  watcher.observe(table);
  const follow = whileSeen(table, paint);
  const unlink = layer.link((now, before) => {
    if (before?.z.length === now.z.length && before.tab === now.tab) follow();
    else soon(measure);
  });
  return () => {
    watcher.disconnect();
    unlink();
  };
}

/** @param {HTMLElement} cell @param {readonly number[]} row */
function paintSum(cell, row) {
  const sum = row.reduce((total, slope) => total + slope, 0);
  say(cell, `Σ ${fixed(sum, 2)}`);
  set(cell, { 'data-value': String(sum) });
}

/**
 * @param {HTMLElement} cell
 * @param {number} slope
 * @param {{ scale: number, places: number, chosen: boolean }} look
 */
function paintCell(cell, slope, { scale, places, chosen }) {
  const sign = slope === 0 ? '0' : slope > 0 ? '+' : '-';
  const share = Math.min(Math.abs(slope) / scale, 1).toFixed(2);
  say(cell, slopeText(slope, places));
  set(cell, { 'data-sign': sign, 'data-value': String(slope), 'data-chosen': String(chosen) });
  if (cell.style.getPropertyValue('--share') !== share) cell.style.setProperty('--share', share);
}

/**
 * A slope too small for its places keeps its sign: it is not 0 unless the float is.
 * @param {number} slope
 * @param {number} places 3, 2 or, where there is room for a sign only, 0
 */
function slopeText(slope, places) {
  const sign = slope === 0 ? '' : slope > 0 ? '+' : '−';
  if (places === 0) return sign || '0';
  const text = signed(slope, places);
  const kept = /[1-9]/.test(text) ? text : `${sign}${fixed(0, places)}`;
  return places === 2 ? kept.replace('0.', '.') : kept;
}

/**
 * @param {HTMLTableElement} table
 * @param {number} count
 * @param {(chosen: number) => void} choose
 */
function build(table, count, choose) {
  const classes = Array.from({ length: count }, (_, i) => i);
  const head = html('tr', {}, html('td'), ...classes.map((j) => heading(symbol('z', j), 'col', j, choose)), html('td'));
  const rows = classes.map((i) => {
    const slopes = classes.map((j) => html('td', { 'data-row': i + 1, 'data-column': j + 1 }));
    const sum = html('td', { class: 'rowsum' });
    const row = html('tr', { 'data-class': i + 1 }, html('th', { scope: 'row' }, symbol('a', i)), ...slopes, sum);
    return { row, slopes, sum };
  });
  const caption = html('caption', { class: 'unseen' }, t('softmax.jacobian.caption'));
  table.replaceChildren(caption, html('thead', {}, head), html('tbody', {}, ...rows.map(({ row }) => row)));
  return rows;
}

/**
 * @param {Node} content
 * @param {string} scope
 * @param {number} j
 * @param {(chosen: number) => void} choose
 */
function heading(content, scope, j, choose) {
  const button = html(
    'button',
    { type: 'button', class: 'plain', title: t('softmax.jacobian.choose', { i: j + 1 }) },
    content,
  );
  button.addEventListener('click', () => choose(j));
  return html('th', { scope }, button);
}

/** The Jacobian with all its digits, for saving. @param {Layer} layer @returns {string[][]} */
export function jacobianRows({ z, temperature }) {
  const head = ['', ...z.map((_, j) => `z${j + 1}`)];
  return [head, ...jacobian(z, temperature).map((row, i) => [`a${i + 1}`, ...row.map(String)])];
}
