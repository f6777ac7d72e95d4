// @ts-check
/** The numbers of the line at hand: the chosen sample's, or an array's beside its central differences. */

import { html } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { fixed, power, short, signed } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { amount, textOf } from '../../kit/saying.js';
import { pairOf } from '../../nn/pairs.js';
import { figuresOf } from './figures-of.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./walks.js').Answer} Answer */
/** @typedef {import('./walks.js').Walk} Walk */
/** @typedef {import('./figures-of.js').Rows} Rows */
/** @typedef {import('./figures-of.js').Entries} Entries */

/**
 * @param {HTMLElement} element
 * @param {{ state: import('../../kit/observable.js').Watched<State>, answer: import('../../kit/observable.js').Watched<Answer | null> }} model
 */
export function walkFigures(element, { state, answer }) {
  const paint = () => {
    const now = answer.value;
    if (now === null) return;
    const panes = [pane(now.walk, state.value, now.data.class_names, now.other ? 'softmax' : '')];
    if (now.other) panes.push(pane(now.other, state.value, now.data.class_names, 'sigmoid'));
    element.replaceChildren(...panes);
  };
  const follow = whileSeen(element, paint, nextFrame);
  for (const source of [state, answer]) source.link(follow);
}

/** @param {Walk} walk @param {State} state @param {readonly string[]} classes @param {string} name of the pane, where there are two */
function pane(walk, { line, sample }, classes, name) {
  const row = Math.min(sample, walk.samples - 1);
  const figures = figuresOf(walk, line, row);
  const tables = figures.map((one) => (one.kind === 'rows' ? rowTable(one, walk, classes) : entryTable(one)));
  const head = name === '' ? [] : [html('h3', {}, t(`network.pane.${name}`))];
  const cost = walk.lines[line - 1].kind === 'cost' ? [html('p', { class: 'quiet' }, costWords(walk, figures))] : [];
  return html('div', { class: 'pane', 'data-kind': walk.lines[line - 1].kind }, ...head, ...tables, ...cost);
}

/** @param {Walk} walk @param {(Rows | Entries)[]} figures */
function costWords(walk, [figure]) {
  const terms = figure.kind === 'rows' ? (figure.rows.at(-1)?.values ?? []) : [];
  const mine = terms.reduce((sum, value) => sum + value, 0);
  const pair = pairOf(walk.spec.output, walk.spec.cost);
  const [one, all] = [mine, walk.cost].map((value) => textOf(amount(pair, short(value, 4))));
  return t('network.cost.words', { mine: one, mean: all, n: walk.samples });
}

/** @param {Rows} rows @param {Walk} walk @param {readonly string[]} classes */
function rowTable({ rows, layer }, walk, classes) {
  const last = layer === walk.sizes.length;
  const heads = rows[0].values.map((_, i) => unitHead(i, last ? classes[i] : ''));
  const body = rows.map(({ name, values, result }) =>
    html(
      'tr',
      { 'data-result': String(result === true) },
      html('th', { scope: 'row' }, name),
      ...values.map((value) => html('td', { 'data-value': value }, short(value, 3))),
    ),
  );
  const caption = html('caption', { class: 'unseen' }, t('network.figures'));
  return html(
    'table',
    { class: 'rows' },
    caption,
    html('thead', {}, html('tr', {}, html('td'), ...heads)),
    html('tbody', {}, ...body),
  );
}

/** @param {number} i @param {string} name */
function unitHead(i, name) {
  const head = html('th', { scope: 'col' }, name === '' ? String(i + 1) : name);
  if (name !== '') head.dataset.class = String(i + 1);
  return head;
}

/** @param {Entries} figure */
function entryTable({ entries, name, layer, moved }) {
  const largest = Math.max(...entries.flat().map(({ value }) => Math.abs(value)), 1e-300);
  const rows = entries.map((row, j) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, entries.length > 1 ? `j = ${j + 1}` : ''),
      ...row.map((entry) => cell(entry, largest)),
    ),
  );
  const heads = entries[0].map((_, i) => html('th', { scope: 'col' }, `i = ${i + 1}`));
  const words = t(moved ? 'network.moved' : 'network.slopes', {
    name,
    shape: `${entries.length}×${entries[0].length}`,
  });
  const table = html(
    'table',
    { class: 'heat entries', 'data-layer': layer },
    html('caption', { class: 'unseen' }, words),
    html('thead', {}, html('tr', {}, html('td'), ...heads)),
    html('tbody', {}, ...rows),
  );
  return html('div', { class: 'array' }, html('p', { class: 'quiet' }, words), table);
}

/** @param {import('./figures-of.js').Entry} entry @param {number} largest */
function cell({ value, beside, error }, largest) {
  const [main, under] =
    error === null
      ? [fixed(value, 3), `${t('network.was')} ${fixed(beside, 3)}`]
      : [slopeText(value), `≈ ${slopeText(beside)} · ${error === 0 ? '0' : power(error, 0)}`];
  const made = html('td', { 'data-sign': value < 0 ? '-' : '+', 'data-value': value }, html('b', {}, main));
  made.append(html('small', {}, under));
  made.style.setProperty('--share', Math.min(1, Math.abs(value) / largest).toFixed(2));
  return made;
}

/** @param {number} value */
function slopeText(value) {
  return Math.abs(value) >= 5e-4 || value === 0 ? signed(value, 3) : power(value, 1);
}
