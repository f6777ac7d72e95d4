// @ts-check
import { fixed, full, signed } from '../format.js';
import { t } from '../i18n.js';
import { jacobian } from '../nn/layers.js';
import { nextFrame } from '../state/frame.js';
import { html, symbol } from './words.js';

/** @typedef {import('../state/layer.js').Layer} Layer */

/**
 * How every output answers to every z: ∂a_i/∂z_j as a table of colours and signed numbers, with the sums of its rows,
 * which are 0. The column of the z that moved is outlined.
 * @param {HTMLTableElement} table
 * @param {{ layer: import('../state/observable.js').Watched<Layer> }} model
 * @param {(chosen: number) => void} choose called with the class whose column was pointed at
 * @returns {() => void} dispose
 */
export function jacobianTable(table, { layer }, choose) {
  let cells = build(table, layer.value.z.length, choose);
  const paint = () => {
    const { z, temperature, chosen } = layer.value;
    if (cells.length !== z.length) cells = build(table, z.length, choose);
    const slopes = jacobian(z, temperature);
    const places = z.length > 6 ? 2 : 3;
    table.dataset.crowd = z.length > 8 ? 'many' : z.length > 6 ? 'some' : 'few';
    const scale = Math.max(0.25 / temperature, ...slopes.flat().map(Math.abs));
    slopes.forEach((row, i) => {
      row.forEach((slope, j) => {
        paintCell(cells[i].slopes[j], slope, { scale, places, chosen: j === chosen });
      });
      const sum = row.reduce((total, slope) => total + slope, 0);
      cells[i].sum.textContent = `Σ ${fixed(sum, Math.min(places, 2))}`;
      cells[i].sum.dataset.value = String(sum);
      cells[i].sum.dataset.full = full(sum);
    });
  };
  return layer.link(() => nextFrame(paint));
}

/**
 * @param {HTMLElement} cell
 * @param {number} slope
 * @param {{ scale: number, places: number, chosen: boolean }} look
 */
function paintCell(cell, slope, { scale, places, chosen }) {
  const text = signed(slope, places);
  // A slope too small for the places keeps its sign: it is not 0 unless the float is.
  const plain = slope !== 0 && !/[1-9]/.test(text) ? `${slope > 0 ? '+' : '−'}${fixed(0, places)}` : text;
  cell.textContent = places === 2 ? plain.replace('0.', '.') : plain;
  cell.dataset.sign = slope === 0 ? '0' : slope > 0 ? '+' : '-';
  cell.dataset.value = String(slope);
  cell.dataset.full = full(slope);
  cell.dataset.chosen = String(chosen);
  cell.style.setProperty('--share', Math.min(Math.abs(slope) / scale, 1).toFixed(3));
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
