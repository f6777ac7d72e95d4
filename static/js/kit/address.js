// @ts-check
/**
 * A page's whole state in its address. One table (name, type, default) drives reading and writing: what cannot be read is
 * left at its default, what is at its default is not written, and parameters of others (lang, theme) are kept.
 */

import { readWithin } from './numbers.js';

/** @typedef {import('./numbers.js').Limit} Limit */

/**
 * @template T
 * @typedef {{
 *   initial: T, read: (text: string) => T | undefined, write: (value: T) => string,
 *   limit?: Limit, count?: { fewest: number, most: number }, choices?: readonly string[], keeps?: boolean,
 * }} Entry `limit`: of its number or numbers; `count`: how many numbers; `choices`: the words it may be;
 * `keeps`: whether a long text may be kept in the browser, with a reference to it in the address
 */

/** @typedef {Record<string, Entry<any>>} Table */
/**
 * An entry of an address that the page does not show as it is written. `shown`: what it shows; `known`: whether the entry
 * could be read by itself, and does not fit to the others.
 * @typedef {{ name: string, text: string, entry: Entry<any>, shown: string, known: boolean }} Misread
 */

/**
 * @param {Table} table
 * @param {string} search such as "?z=1,2&t=0.5"
 * @returns {Record<string, any>}
 */
export function readUrl(table, search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(
    Object.entries(table).map(([name, entry]) => {
      const text = given.get(name);
      const value = text === null ? undefined : entry.read(text);
      return [name, value === undefined ? entry.initial : value];
    }),
  );
}

/**
 * @param {Table} table
 * @param {Record<string, any>} state
 * @param {string} search the present query, whose other parameters stay
 * @returns {string} "" or "?…"
 */
export function writeUrl(table, state, search) {
  const query = new URLSearchParams(search);
  for (const [name, entry] of Object.entries(table)) {
    const text = entry.write(state[name]);
    if (text === entry.write(entry.initial)) query.delete(name);
    else query.set(name, text);
  }
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3B', ';');
  return text === '' ? '' : `?${text}`;
}

/**
 * What of an address does not show on the page: entries that cannot be read, and those that do not fit to the others, so that
 * the state made of them says something else.
 * @param {Table} table
 * @param {string} search
 * @param {Record<string, any>} shown the state that was made of it, as writeUrl takes it
 * @returns {Misread[]}
 */
export function misread(table, search, shown) {
  const given = new URLSearchParams(search);
  return Object.entries(table).flatMap(([name, entry]) => {
    const text = given.get(name);
    if (text === null) return [];
    const value = entry.read(text);
    if (value !== undefined && entry.write(value) === entry.write(shown[name])) return [];
    return [{ name, text, entry, shown: entry.write(shown[name]), known: value !== undefined }];
  });
}

/**
 * @param {number} initial
 * @param {Limit} [range]
 * @returns {Entry<number>}
 */
export function number(initial, range = {}) {
  return { initial, limit: range, read: (text) => valueWithin(text, range), write: String };
}

/**
 * @param {readonly number[]} initial
 * @param {Limit & { fewest?: number, most?: number }} [range]
 * @returns {Entry<readonly number[]>}
 */
export function numbers(initial, { fewest = 1, most = Number.POSITIVE_INFINITY, ...range } = {}) {
  return {
    initial,
    limit: range,
    count: { fewest, most },
    read: (text) => {
      const values = text.split(/[,，]/).map((part) => valueWithin(part, range));
      if (values.length < fewest || values.length > most) return undefined;
      return values.every((value) => value !== undefined) ? /** @type {number[]} */ (values) : undefined;
    },
    write: (values) => values.join(','),
  };
}

/**
 * @template {string} C
 * @param {C} initial
 * @param {readonly C[]} choices
 * @returns {Entry<C>}
 */
export function choice(initial, choices) {
  return { initial, choices, read: (text) => choices.find((one) => one === text), write: (value) => value };
}

/**
 * @param {boolean} initial
 * @returns {Entry<boolean>}
 */
export function flag(initial) {
  return {
    initial,
    choices: ['0', '1'],
    read: (text) => (text === '1' ? true : text === '0' ? false : undefined),
    write: (value) => (value ? '1' : '0'),
  };
}

/**
 * A list of short texts; commas inside them are written as "%2C".
 * @param {readonly string[]} initial
 * @param {{ longest: number, most: number }} limits
 * @returns {Entry<readonly string[]>}
 */
export function texts(initial, { longest, most }) {
  return {
    initial,
    read: (text) => {
      const parts = text.split(',').map((part) => part.replaceAll('%2C', ',').replaceAll('%25', '%').slice(0, longest));
      return parts.length <= most ? parts : undefined;
    },
    write: (parts) => parts.map((part) => part.replaceAll('%', '%25').replaceAll(',', '%2C')).join(','),
  };
}

/**
 * @param {string} text
 * @param {Limit} [limit]
 * @returns {number | undefined}
 */
export function valueWithin(text, limit) {
  const reading = readWithin(text, limit);
  return 'value' in reading ? reading.value : undefined;
}
