// @ts-check
/** Pasting a table: what was read is said, and what cannot be is named, and then nothing is taken over. */

import { say } from '../../figures/dom.js';
import { grouped } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { isTableText, readTable } from './table-text.js';

/** @typedef {import('./table-text.js').TableFault} TableFault */
/** @typedef {import('./table-text.js').Taken} Taken */

/** So many faults, and names of classes, are told one by one. */
const TOLD = 3;
const NAMED = 6;

/** The reader of separated values: loaded when the first table is pasted. */
const READER = new URL('../../../vendor/papaparse.js', import.meta.url).href;
/** @type {Promise<any> | undefined} */
let loading;

/** @returns {Promise<any>} a load that failed is tried again when it is needed next */
function reader() {
  loading ??= import(READER).then(
    (library) => library.default,
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/**
 * @param {HTMLElement} element where tables are pasted
 * @param {HTMLElement} said where it is told what came of it
 * @param {Record<string, { low: number, high: number }>} limits
 * @param {(table: import('./state.js').DataTable) => void} change
 */
export function pasting(element, said, limits, change) {
  element.addEventListener('paste', async (event) => {
    const text = event.clipboardData?.getData('text') ?? '';
    // A single number goes into the cell, as it does into any field.
    if (!isTableText(text)) return;
    event.preventDefault();
    const found = readTable(text, limits, await reader());
    say(said, 'faults' in found ? refusedTable(found.faults) : takenTable(found));
    said.dataset.fault = String('faults' in found);
    if (!('faults' in found)) change(found.table);
  });
}

/** @param {Taken} taken @param {typeof t} [to] */
export function takenTable({ table, heading }, to = t) {
  const names = table.class_names ?? [];
  const values = {
    rows: grouped(table.x.length),
    inputs: table.x[0].length,
    classes: table.classes,
    names: names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} …` : names.join(', '),
  };
  return to('train.paste.read', values) + (heading ? to('train.paste.heading') : '');
}

/** @param {readonly TableFault[]} faults @param {typeof t} [to] */
export function refusedTable(faults, to = t) {
  const told = faults.slice(0, TOLD).map(({ why, ...values }) => to(`train.paste.${why}`, values));
  const rest = faults.length > TOLD ? to('train.paste.others', { n: grouped(faults.length - TOLD) }) : '';
  return to('train.paste.refused') + told.join('') + rest;
}
