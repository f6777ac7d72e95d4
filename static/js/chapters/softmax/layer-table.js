// @ts-check

import { html, say, set } from '../../figures/dom.js';
import { className } from '../../figures/layer/controls.js';
import { exponentText } from '../../figures/layer/row-labels.js';
import { SHARE, traceOf, withA } from '../../figures/layer/state.js';
import { symbol } from '../../figures/layer/words.js';
import { numberField, numberInput } from '../../figures/number-field.js';
import { whileSeen } from '../../figures/sight.js';
import { fixed, full, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { logSoftmax } from '../../nn/layers.js';

/** @typedef {import('../../figures/layer/state.js').Layer} Layer */

const COLUMNS = ['power', 'share', 'log', 'sigmoid'];

/**
 * Every number of the layer, one row a class. The outputs can be typed: then the z that gives them is found.
 * @param {HTMLTableElement} table
 * @param {import('../../figures/layer/controls.js').Model} model
 * @returns {() => void} dispose
 */
export function layerTable(table, model) {
  let built = build(table, model);
  const draw = () => {
    if (model.layer.value.tab === 'numbers') paint(table, built, model.layer.value);
  };
  const follow = whileSeen(table, draw);
  return model.layer.link((_, before) => {
    if (before && before.z.length !== model.layer.value.z.length) built = build(table, model);
    follow();
  });
}

/**
 * @param {HTMLTableElement} table
 * @param {import('../../figures/layer/controls.js').Model} model
 */
function build(table, model) {
  const heads = [t('softmax.table.class'), 'z', 'e', 'a', 'ln a', 'σ(z)'].map((name) =>
    html('th', { scope: 'col' }, name),
  );
  const exponent = html('sup');
  heads[2].append(exponent);
  const rows = model.layer.value.z.map((_, i) => row(model, i));
  const sums = html('tr', { class: 'sums' }, html('th', { scope: 'row' }, 'Σ'), html('td'));
  for (const name of COLUMNS) sums.append(html('td', { 'data-sum': name }));
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('softmax.table.caption')),
    html('thead', {}, html('tr', {}, ...heads)),
    html('tbody', {}, ...rows.map(({ root }) => root)),
    html('tfoot', {}, sums),
  );
  return { rows, exponent };
}

/**
 * @param {import('../../figures/layer/controls.js').Model} model
 * @param {number} i
 */
function row({ layer, gesture }, i) {
  const name = html('th', { scope: 'row', class: 'hue' });
  const z = html('td');
  const field = numberInput({ 'data-share': i + 1, 'aria-label': t('softmax.table.ask', { i: i + 1 }) });
  const show = numberField(field, {
    limit: SHARE,
    value: () => {
      const { a } = traceOf(layer.value);
      return Number.isFinite(a[i]) ? a[i] : null;
    },
    enter: (a) => gesture.once('a', i, withA({ ...layer.value, naive: false }, i, a)),
    step: 0.01,
    shown: (a) => a.toFixed(4),
  });
  const [power, log, sigmoid] = [html('td'), html('td'), html('td')];
  const root = html('tr', { 'data-class': i + 1 }, name, z, power, html('td', {}, field), log, sigmoid);
  return { root, name, z, power, field, show, log, sigmoid };
}

/**
 * @param {HTMLTableElement} table
 * @param {ReturnType<typeof build>} built
 * @param {Layer} layer
 */
function paint(table, { rows, exponent }, layer) {
  const trace = traceOf(layer);
  const logs = logSoftmax(layer.z, layer.temperature);
  rows.forEach((cells, i) => {
    cells.name.replaceChildren(symbol('a', i), ` ${className(layer, i)}`);
    put(cells.z, layer.z[i], fixed(layer.z[i]));
    put(cells.power, trace.powers[i], short(trace.powers[i], 2));
    put(cells.log, logs[i], fixed(logs[i], 3));
    put(cells.sigmoid, trace.sigmoid[i], fixed(trace.sigmoid[i], 3));
    cells.show();
    cells.field.placeholder = Number.isFinite(trace.a[i]) ? '' : 'NaN';
    cells.field.title = full(trace.a[i]);
  });
  const sums = { power: trace.sum, share: trace.total, sigmoid: trace.sigmoidTotal };
  for (const [name, value] of Object.entries(sums)) {
    const cell = table.querySelector(`[data-sum="${name}"]`);
    if (cell instanceof HTMLElement) put(cell, value, short(value, name === 'power' ? 2 : 3));
  }
  exponent.textContent = exponentText(trace);
}

/** @param {HTMLElement} cell @param {number} value @param {string} text */
function put(cell, value, text) {
  say(cell, text);
  set(cell, { 'data-value': String(value) });
}

/** The same numbers with all their digits, for saving. @param {Layer} layer @returns {string[][]} */
export function tableRows(layer) {
  const trace = traceOf(layer);
  const logs = logSoftmax(layer.z, layer.temperature);
  const head = ['class', 'z', 'power', 'a', 'log_a', 'sigmoid'];
  return [
    head,
    ...layer.z.map((z, i) =>
      [className(layer, i), z, trace.powers[i], trace.a[i], logs[i], trace.sigmoid[i]].map(String),
    ),
  ];
}
