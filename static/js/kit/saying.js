// @ts-check
/** What there is to say, apart from the language: a key of the catalogue and what fills its blanks. Pure. */
import { lowered } from './format.js';
import { t } from './i18n.js';

/** The symbol of a class such as z₃; its index counts from 0. @typedef {{ symbol: string, index: number }} Sign */
/** Text, a number, a sign, or a phrase inside the sentence. @typedef {string | number | Sign | Saying} Word */
/** @typedef {{ key: string, values: Record<string, Word> }} Saying */

/** @param {string} key @param {Record<string, Word>} [values] @returns {Saying} */
export function saying(key, values = {}) {
  return { key, values };
}

/**
 * A word as plain text: "z₃", or the phrase in the page's language.
 * @param {Word} word
 * @param {typeof t} [translate]
 * @returns {string}
 */
export function textOf(word, translate = t) {
  if (typeof word !== 'object') return String(word);
  if ('symbol' in word) return `${word.symbol}${lowered(word.index + 1)}`;
  const values = Object.entries(word.values).map(([name, value]) => [name, textOf(value, translate)]);
  return translate(word.key, Object.fromEntries(values));
}

/**
 * What of a sentence does not change as its numbers do: which keys it is made of, and its signs.
 * @param {Saying} said
 * @returns {string}
 */
export function shapeOf({ key, values }) {
  const parts = Object.values(values).map((word) => {
    if (typeof word !== 'object') return '';
    return 'symbol' in word ? `${word.symbol}${word.index}` : shapeOf(word);
  });
  return `${key}(${parts.join()})`;
}

/**
 * A cost with its unit, where it has one: a logarithm is in nats, a squared difference in nothing.
 * @param {{ nats: boolean }} pair
 * @param {string} value
 */
export function amount({ nats }, value) {
  return saying(nats ? 'common.amount.nats' : 'common.amount.bare', { value });
}
