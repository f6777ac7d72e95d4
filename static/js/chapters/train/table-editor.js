// @ts-check
/** A data set by hand: a row a sample, a column an input, the class at the end; a spreadsheet's cells can be pasted in. */

import { html } from '../../figures/dom.js';
import { numberInput } from '../../figures/number-field.js';
import { isRefused, pardon, refuse } from '../../figures/refusal.js';
import { t } from '../../kit/i18n.js';
import { refusedWords } from '../../kit/number-words.js';
import { readNumber } from '../../kit/numbers.js';
import { classNames } from '../../runs/datasets.js';
import { keptSaid } from './kept-said.js';
import { FIRST_TABLE, TABLE_ENTRY } from './state.js';
import { pasting } from './table-paste.js';
import { MOST_COLUMNS } from './table-text.js';

/** @typedef {import('./state.js').DataTable} DataTable */

/**
 * @param {HTMLElement} element
 * @param {Record<string, { low: number, high: number }>} limits
 * @param {(table: DataTable) => void} change
 */
export function tableEditor(element, limits, change) {
  let table = FIRST_TABLE;
  const body = html('table', { class: 'cells' });
  const action = (/** @type {string} */ name, /** @type {() => DataTable | null} */ make) => {
    const button = html('button', { type: 'button', 'data-edit': name }, t(`train.table.${name}`));
    button.addEventListener('click', () => {
      const next = make();
      if (next) change(next);
    });
    return button;
  };
  const tools = html(
    'div',
    { class: 'tools' },
    action('row', () => (table.x.length < limits['table rows'].high ? addRow(table) : null)),
    action('column', () => (table.x[0].length < MOST_COLUMNS ? addColumn(table) : null)),
    action('less', () => (table.x[0].length > 1 ? dropColumn(table) : null)),
    action('class', () => (table.classes < limits.classes.high ? addClass(table) : null)),
    action('fewer', () => dropClass(table)),
  );
  const note = html('small', { class: 'quiet' }, t('train.table.note'));
  const said = html('p', { class: 'pasted', role: 'status', 'data-view': 'pasted' });
  const kept = keptSaid(TABLE_ENTRY);
  element.replaceChildren(
    html('h3', {}, t('spec.dataset.table')),
    note,
    said,
    kept.line,
    html('div', { class: 'scroller' }, body),
    tools,
  );

  body.addEventListener('change', (event) => {
    const cell = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    if (cell.dataset.column === 'class') change({ ...table, y: table.y.with(row, Number(cell.value)) });
    else {
      const reading = readNumber(cell.value);
      if ('fault' in reading) return refuse(cell, refusedWords(cell.value, reading.fault, {}, table.x[row][column]));
      pardon(cell);
      cell.value = String(reading.value);
      change({ ...table, x: table.x.with(row, table.x[row].with(column, reading.value)) });
    }
  });
  body.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-drop]') : null;
    if (button instanceof HTMLElement && table.x.length > 1) change(dropRow(table, Number(button.dataset.drop)));
  });
  pasting(body, said, limits, change);
  return {
    /** @param {DataTable | null} now */
    show(now) {
      table = now ?? FIRST_TABLE;
      kept.show(now);
      fill(body, table);
    },
  };
}

/** @param {HTMLTableElement} body @param {DataTable} table */
function fill(body, table) {
  const width = table.x[0].length;
  const rows = body.tBodies[0]?.rows;
  const shape = `${table.x.length} ${width} ${classNames(table).join()}`;
  if (body.dataset.shape !== shape || rows === undefined) {
    body.dataset.shape = shape;
    body.replaceChildren(heading(width), html('tbody', {}, ...table.x.map((_, row) => line(table, row))));
  }
  for (const cell of /** @type {NodeListOf<HTMLInputElement>} */ (body.querySelectorAll('[data-row]'))) {
    const row = Number(cell.dataset.row);
    const value = cell.dataset.column === 'class' ? table.y[row] : table.x[row][Number(cell.dataset.column)];
    if (document.activeElement !== cell && !isRefused(cell)) cell.value = String(value);
  }
}

/** @param {number} width */
function heading(width) {
  const names = Array.from({ length: width }, (_, column) => html('th', { scope: 'col' }, `x${column + 1}`));
  return html('thead', {}, html('tr', {}, ...names, html('th', { scope: 'col' }, t('spec.class')), html('td')));
}

/** @param {DataTable} table @param {number} row */
function line(table, row) {
  const cells = table.x[row].map((_, column) => {
    const name = t('train.table.cell', { row: row + 1, column: column + 1 });
    const input = numberInput({ 'data-row': row, 'data-column': column, 'aria-label': name });
    return html('td', {}, input);
  });
  const options = Array.from({ length: table.classes }, (_, label) =>
    html('option', { value: label }, classNames(table)[label]),
  );
  const name = t('train.table.label', { row: row + 1 });
  const select = html('select', { 'data-row': row, 'data-column': 'class', 'aria-label': name }, ...options);
  const drop = t('train.table.drop', { row: row + 1 });
  const button = html('button', { type: 'button', 'data-drop': row, title: drop, 'aria-label': drop }, '−');
  return html('tr', {}, ...cells, html('td', {}, select), html('td', {}, button));
}

/** @param {DataTable} table @returns {DataTable} */
function addRow(table) {
  const { x, y } = table;
  return { ...table, x: [...x, x[0].map(() => 0)], y: [...y, 0] };
}

/** @param {DataTable} table @returns {DataTable} */
function addColumn(table) {
  return { ...table, x: table.x.map((row) => [...row, 0]) };
}

/** @param {DataTable} table @returns {DataTable} */
function dropColumn(table) {
  return { ...table, x: table.x.map((row) => row.slice(0, -1)) };
}

/** @param {DataTable} table @param {number} at @returns {DataTable} */
function dropRow(table, at) {
  return { ...table, x: table.x.toSpliced(at, 1), y: table.y.toSpliced(at, 1) };
}

/** @param {DataTable} table @returns {DataTable} */
function addClass(table) {
  const { classes, class_names: names } = table;
  return { ...table, classes: classes + 1, ...(names && { class_names: [...names, nextName(names)] }) };
}

/** A number that is no class's name yet. @param {readonly string[]} names */
function nextName(names) {
  let next = names.length;
  while (names.includes(String(next))) next += 1;
  return String(next);
}

/** @param {DataTable} table @returns {DataTable | null} */
function dropClass(table) {
  const { y, classes, class_names: names } = table;
  if (classes <= 2) return null;
  const left = { y: y.map((label) => Math.min(label, classes - 2)), classes: classes - 1 };
  return { ...table, ...left, ...(names && { class_names: names.slice(0, -1) }) };
}
