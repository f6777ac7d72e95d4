// @ts-check
/**
 * A table from text, as a spreadsheet, a file or a hand writes it: a row a sample, the class in the last column. All of it is
 * understood, or nothing is taken and each place that is not understood is named with its row and column.
 */

import { readNumber } from '../../kit/numbers.js';

/** @typedef {import('../../runs/datasets.js').DataTable} DataTable */
/** @typedef {{ low: number, high: number }} Ends */
/**
 * Why a table was not taken. `row`, `column`: from 1, as they stand in the text; `why`: "empty" and "unread" cells, "comma"
 * where a number has two meanings, "more" or "fewer" cells than the other rows, or what is wrong with all of it.
 * @typedef {{
 *   why: 'empty' | 'unread' | 'comma' | 'more' | 'fewer' | 'quote' | 'mixed' | 'either' | 'narrow' | 'rows' | 'columns' | 'classes' | 'alone',
 *   row?: number, column?: number, text?: string, count?: number, most?: number,
 * }} TableFault
 */
/** `heading`: whether the first row was one of names. @typedef {{ table: DataTable, heading: boolean }} Taken */

/** More columns than this are no table to edit by hand. */
export const MOST_COLUMNS = 20;
/** What may stand between two cells, the surest sign first. */
const BETWEEN = ['\t', ';', '；', ',', '，'];
const BLANKS = /[ \u00a0\u3000]+/g;

/** Whether a text is more than one cell, so that it is a table and no number. @param {string} text */
export function isTableText(text) {
  const whole = text.trim();
  return /[\n\r\t;；]/.test(whole) || (BETWEEN.some((sign) => whole.includes(sign)) && !('value' in readNumber(whole)));
}

/**
 * @param {string} text
 * @param {Record<string, Ends>} limits
 * @param {{ parse: (text: string, options: any) => { data: string[][], errors: { row?: number }[] } }} papa Papa Parse
 * @returns {Taken | { faults: TableFault[] }}
 */
export function readTable(text, limits, papa) {
  const lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const bare = lines.replace(/"[^"]*"/g, '');
  const sign = BETWEEN.find((one) => bare.includes(one)) ?? ' ';
  if (sign === ',' && bare.includes('，')) return { faults: [{ why: 'mixed' }] };
  const even = sign === ' ' ? lines.replace(BLANKS, ' ') : lines;
  const { data, errors } = papa.parse(even, { delimiter: sign, newline: '\n' });
  const torn = errors.find(({ row }) => row !== undefined);
  if (torn) return { faults: [{ why: 'quote', row: Number(torn.row) + 1 }] };
  // A column of numbers with decimal commas looks the same as two columns.
  const numbers =
    /[,，]/.test(sign) &&
    lines
      .trim()
      .split('\n')
      .every((line) => 'value' in readNumber(line));
  if (numbers) return { faults: [{ why: 'either' }] };
  return ofRows(rowsOf(data), limits);
}

/** A row as it stands in the text, from 1, without what is empty at its end. @typedef {{ row: number, cells: string[] }} Row */

/** @param {string[][]} data @returns {Row[]} without blank ones */
function rowsOf(data) {
  const rows = data.map((cells, at) => ({ row: at + 1, cells: cells.map((cell) => cell.trim()) }));
  for (const { cells } of rows) while (cells.at(-1) === '') cells.pop();
  return rows.filter(({ cells }) => cells.length > 0);
}

/** @param {Row[]} rows @param {Record<string, Ends>} limits @returns {Taken | { faults: TableFault[] }} */
function ofRows(rows, limits) {
  const width = usual(rows.map(({ cells }) => cells.length));
  if (width < 2) return { faults: [{ why: 'narrow' }] };
  if (width - 1 > MOST_COLUMNS) return { faults: [{ why: 'columns', count: width - 1, most: MOST_COLUMNS }] };
  const heading = isHeading(rows, width);
  const samples = heading ? rows.slice(1) : rows;
  const most = limits['table rows'].high;
  if (samples.length > most) return { faults: [{ why: 'rows', count: samples.length, most }] };
  const faults = samples.flatMap((row) => faultsOf(row, width));
  if (faults.length > 0) return { faults };
  const x = samples.map(({ cells }) => cells.slice(0, -1).map(numberIn));
  const { y, names } = labelled(samples.map(({ cells }) => cells[width - 1]));
  if (names.length < 2) return { faults: [{ why: 'alone', text: names[0] }] };
  if (names.length > limits.classes.high) {
    return { faults: [{ why: 'classes', count: names.length, most: limits.classes.high }] };
  }
  return { heading, table: { x, y, classes: names.length, class_names: names } };
}

/** The width that most rows have. @param {readonly number[]} widths */
function usual(widths) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/** A first row of names: no input in it is a number, and in the next one all are. @param {Row[]} rows @param {number} width */
function isHeading([first, second], width) {
  if (second === undefined || first.cells.length > width) return false;
  const inputs = first.cells.slice(0, width - 1);
  const named = inputs.every((cell) => cell === '' || ('fault' in readNumber(cell) && /\p{L}/u.test(cell)));
  return named && inputs.some((cell) => cell !== '') && faultsOf(second, width).length === 0;
}

/** @param {Row} row @param {number} width @returns {TableFault[]} */
function faultsOf({ row, cells }, width) {
  if (cells.length > width) return [{ why: 'more', row, count: cells.length, most: width }];
  if (cells.length < width) return [{ why: 'fewer', row, count: cells.length, most: width }];
  return cells.flatMap((text, at) => {
    const why = faultOfCell(text, at === width - 1);
    return why === null ? [] : [{ why, row, column: at + 1, ...(text && { text }) }];
  });
}

/** @param {string} text @param {boolean} isClass @returns {'empty' | 'comma' | 'unread' | null} null where it is sound */
function faultOfCell(text, isClass) {
  if (text === '') return 'empty';
  if (isClass) return null;
  const reading = readNumber(text);
  if ('value' in reading) return null;
  return reading.fault === 'comma' ? 'comma' : 'unread';
}

/** @param {string} cell one that can be read */
function numberIn(cell) {
  const reading = readNumber(cell);
  return 'value' in reading ? reading.value : Number.NaN;
}

/**
 * Classes by number in their order, by name in the order in which they come.
 * @param {readonly string[]} cells
 * @returns {{ y: number[], names: string[] }}
 */
function labelled(cells) {
  const values = cells.map(numberIn);
  if (values.some(Number.isNaN)) {
    const names = [...new Set(cells)];
    return { names, y: cells.map((cell) => names.indexOf(cell)) };
  }
  const order = [...new Set(values)].sort((left, right) => left - right);
  return { names: order.map(String), y: values.map((value) => order.indexOf(value)) };
}
