// @ts-check

import { html, say, set } from '../../figures/dom.js';
import { symbol } from '../../figures/layer/words.js';
import { whileSeen } from '../../figures/sight.js';
import { fixed, lowered, signed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { deltaOf } from '../../nn/costs.js';
import { classNumber } from './layer.js';
import { sampleOf, UNITS, withH } from './state.js';

/** @typedef {import('./state.js').State} State */

/**
 * ∂C/∂w as a table, every cell the product of a δ and an activation of the layer before, and ∂C/∂b beside it. The article
 * has a row for each class, the code a row for each unit before.
 * @param {HTMLTableElement} table
 * @param {import('./layer.js').Model} model
 * @param {(i: number, unit: number) => void} pick
 * @returns {() => void} dispose
 */
export function derivationWeights(table, { state, gesture }, pick) {
  const fields = Array.from({ length: UNITS }, (_, j) =>
    classNumber('h', j, { low: 0, high: 1 }, (value) => gesture.once('h', j, withH(state.value, j, value))),
  );
  /** @type {{ w: HTMLElement[][], b: HTMLElement[] }} */
  let cells = { w: [], b: [] };
  let built = '';
  const paint = () => {
    const { z, y, h, i, unit, lesson, convention } = state.value;
    if (built !== `${convention} ${z.length}`) cells = build(table, z.length, convention, fields, pick);
    built = `${convention} ${z.length}`;
    const { w } = sampleOf(state.value);
    const delta = deltaOf(z, y, 'softmax', 'log-likelihood');
    const scale = Math.max(...delta.map(Math.abs));
    cells.w.forEach((line, a) => {
      for (const [b, cell] of line.entries()) {
        paintCell(cell, delta[a] * h[b], scale, lesson === 'weight' && a === i && b === unit);
        cell.title = t('derivation.weights.cell', { w: fixed(w[a][b]), i: a + 1, j: b + 1 });
      }
      paintCell(cells.b[a], delta[a], scale, lesson === 'bias' && a === i);
    });
  };
  const follow = whileSeen(table, paint);
  return state.link((now) => {
    for (const [j, field] of fields.entries()) field.paint(now.h[j]);
    follow();
  });
}

/** @param {HTMLElement} cell @param {number} value @param {number} scale @param {boolean} chosen */
function paintCell(cell, value, scale, chosen) {
  say(/** @type {Element} */ (cell.firstElementChild ?? cell), signed(value, 3));
  const sign = value === 0 ? '0' : value > 0 ? '+' : '-';
  set(cell, { 'data-sign': sign, 'data-value': String(value), 'data-chosen': String(chosen) });
  cell.style.setProperty('--share', (scale > 0 ? Math.abs(value) / scale : 0).toFixed(2));
}

/**
 * @param {HTMLTableElement} table
 * @param {number} count of classes
 * @param {State['convention']} convention
 * @param {{ root: HTMLElement }[]} fields
 * @param {(i: number, unit: number) => void} pick
 */
function build(table, count, convention, fields, pick) {
  const w = Array.from({ length: count }, (_, i) => fields.map((_, j) => cellOf(i, j, pick)));
  const b = w.map((_, i) => html('td', { 'data-quantity': `db:${i + 1} b:${i + 1}` }));
  const units = fields.map((field, j) => {
    const name = html(
      'span',
      { class: 'maths' },
      html('i', {}, 'a'),
      html('sub', {}, String(j + 1)),
      html('sup', {}, 'L−1'),
    );
    const scope = convention === 'article' ? 'col' : 'row';
    return html('th', { scope, 'data-quantity': `h:${j + 1}` }, name, field.root);
  });
  const classes = w.map((_, i) => html('th', { scope: convention === 'article' ? 'row' : 'col' }, symbol('δ', i)));
  const bias = html('th', { scope: convention === 'article' ? 'col' : 'row' }, t('derivation.weights.bias'));
  const rows =
    convention === 'article'
      ? [[html('td'), ...units, bias], ...w.map((line, i) => [classes[i], ...line, b[i]])]
      : [[html('td'), ...classes], ...units.map((unit, j) => [unit, ...w.map((line) => line[j])]), [bias, ...b]];
  const [head, ...body] = rows.map((cells) => html('tr', {}, ...cells));
  table.dataset.crowd = count > 8 ? 'many' : count > 5 ? 'some' : 'few';
  table.dataset.convention = convention;
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('derivation.weights.caption')),
    html('thead', {}, head),
    html('tbody', {}, ...body),
  );
  return { w, b };
}

/** @param {number} i @param {number} j @param {(i: number, unit: number) => void} pick */
function cellOf(i, j, pick) {
  const label = t('derivation.weights.pick', { i: lowered(i + 1), j: lowered(j + 1) });
  const button = html('button', { type: 'button', class: 'plain', title: label });
  button.addEventListener('click', () => pick(i, j));
  return html('td', { 'data-quantity': `dw:${i + 1}:${j + 1} w:${i + 1}:${j + 1}` }, button);
}
