// @ts-check
/** A data set by hand: a row a sample, a column an input, the class at the end; a spreadsheet's cells can be pasted in. */

import { html } from '../../figures/dom.js';
import { numberInput } from '../../figures/number-field.js';
import { isRefused, pardon, refuse } from '../../figures/refusal.js';
import { t } from '../../kit/i18n.js';
import { refusedWords } from '../../kit/number-words.js';
import { readNumber } from '../../kit/numbers.js';
import { FIRST_TABLE } from './state.js';

/** More columns than this are no table to edit by hand. */
const MOST_COLUMNS = 20;

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
    action('class', () => (table.classes < limits.classes.high ? { ...table, classes: table.classes + 1 } : null)),
    action('fewer', () => dropClass(table)),
  );
  const note = html('small', { class: 'quiet' }, t('train.table.note'));
  element.replaceChildren(
    html('h3', {}, t('spec.dataset.table')),
    note,
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
  body.addEventListener('paste', (event) => {
    const pasted = fromText(event.clipboardData?.getData('text') ?? '', limits);
    if (pasted === null) return;
    event.preventDefault();
    change(pasted);
  });
  return {
    /** @param {DataTable | null} now */
    show(now) {
      table = now ?? FIRST_TABLE;
      fill(body, table);
    },
  };
}

/** @param {HTMLTableElement} body @param {DataTable} table */
function fill(body, table) {
  const width = table.x[0].length;
  const rows = body.tBodies[0]?.rows;
  const shape = `${table.x.length} ${width} ${table.classes}`;
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
  const options = Array.from({ length: table.classes }, (_, label) => html('option', { value: label }, String(label)));
  const name = t('train.table.label', { row: row + 1 });
  const select = html('select', { 'data-row': row, 'data-column': 'class', 'aria-label': name }, ...options);
  const drop = t('train.table.drop', { row: row + 1 });
  const button = html('button', { type: 'button', 'data-drop': row, title: drop, 'aria-label': drop }, '−');
  return html('tr', {}, ...cells, html('td', {}, select), html('td', {}, button));
}

/** @param {DataTable} table @returns {DataTable} */
function addRow({ x, y, classes }) {
  return { x: [...x, x[0].map(() => 0)], y: [...y, 0], classes };
}

/** @param {DataTable} table @returns {DataTable} */
function addColumn({ x, y, classes }) {
  return { x: x.map((row) => [...row, 0]), y, classes };
}

/** @param {DataTable} table @returns {DataTable} */
function dropColumn({ x, y, classes }) {
  return { x: x.map((row) => row.slice(0, -1)), y, classes };
}

/** @param {DataTable} table @param {number} at @returns {DataTable} */
function dropRow({ x, y, classes }, at) {
  return { x: x.toSpliced(at, 1), y: y.toSpliced(at, 1), classes };
}

/** @param {DataTable} table @returns {DataTable | null} */
function dropClass({ x, y, classes }) {
  return classes > 2 ? { x, y: y.map((label) => Math.min(label, classes - 2)), classes: classes - 1 } : null;
}

/**
 * Rows of numbers with the class in the last column, as a spreadsheet copies them (tabs, commas or semicolons between).
 * @param {string} text
 * @param {Record<string, { low: number, high: number }>} limits
 * @returns {DataTable | null} null where it is not such a table
 */
export function fromText(text, limits) {
  const lines = text
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(/[\t,;]/).map((cell) => cell.trim()));
  if (lines.length > 1 && lines[0].some((cell) => !Number.isFinite(Number(cell)))) lines.shift();
  const width = lines[0].length;
  if (width < 2 || width - 1 > MOST_COLUMNS || lines.length > limits['table rows'].high) return null;
  const numbers = lines.map((row) => row.slice(0, -1).map((cell) => (cell === '' ? Number.NaN : Number(cell))));
  if (lines.some((row) => row.length !== width) || numbers.flat().some((value) => !Number.isFinite(value))) return null;
  const names = [...new Set(lines.map((row) => row[width - 1]))];
  const whole = names.every((name) => /^\d+$/.test(name) && Number(name) < limits.classes.high);
  const y = lines.map((row) => (whole ? Number(row[width - 1]) : names.indexOf(row[width - 1])));
  const classes = Math.max(2, ...y.map((label) => label + 1));
  return classes <= limits.classes.high ? { x: numbers, y, classes } : null;
}
