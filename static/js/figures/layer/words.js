// @ts-check
import { t } from '../../kit/i18n.js';
import { html } from '../dom.js';

/** Text, a number, or the symbol of a class such as z₃ (its index counts from 0). @typedef {string | number | { symbol: string, index: number }} Word */

/**
 * A sentence of the catalogue as nodes: each `{name}` becomes the text or symbol given for it, never markup. `update` gives
 * its texts new values without building anything.
 * @param {string} key
 * @param {Record<string, Word>} values
 */
export function phrase(key, values) {
  /** @type {[string, Text][]} */
  const slots = [];
  const nodes = t(key)
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const name = /^\{\w+\}$/.test(part) ? part.slice(1, -1) : '';
      const value = values[name];
      if (value === undefined) return document.createTextNode(part);
      if (typeof value === 'object') return symbol(value.symbol, value.index);
      const text = document.createTextNode(String(value));
      slots.push([name, text]);
      return text;
    });
  return {
    nodes,
    /** @param {Record<string, Word>} now */
    update(now) {
      for (const [name, text] of slots) if (text.data !== String(now[name])) text.data = String(now[name]);
    },
  };
}

/**
 * The same where nothing will change.
 * @param {string} key
 * @param {Record<string, Word>} values
 */
export function sentence(key, values) {
  return phrase(key, values).nodes;
}

/**
 * A symbol with its index in the colour of its class: z₃.
 * @param {string} name
 * @param {number} index from 0
 */
export function symbol(name, index) {
  const element = html('span', { class: 'hue maths', 'data-class': index + 1 });
  element.append(html('i', {}, name), html('sub', {}, String(index + 1)));
  return element;
}
