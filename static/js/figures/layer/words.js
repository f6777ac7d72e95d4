// @ts-check
import { t } from '../../kit/i18n.js';
import { html } from '../dom.js';

/** @typedef {import('../../kit/saying.js').Word} Word */
/** @typedef {Record<string, Word>} Words */
/** A text node and how its words are found among the values. @typedef {{ text: Text, of: (values: Words) => Word }} Slot */

/**
 * A sentence of the catalogue as nodes: each `{name}` becomes the text, symbol or phrase given for it, never markup. `update`
 * gives its texts new values without building anything; the phrases in it have to be the same.
 * @param {string} key
 * @param {Words} values
 */
export function phrase(key, values) {
  /** @type {Slot[]} */
  const slots = [];
  const nodes = nodesOf(key, values, (now) => now, slots);
  return {
    nodes,
    /** @param {Words} now */
    update(now) {
      for (const { text, of } of slots) {
        const word = String(of(now));
        if (text.data !== word) text.data = word;
      }
    },
  };
}

/** @param {string} key @param {Words} values @param {(all: Words) => Words} within @param {Slot[]} slots @returns {Node[]} */
function nodesOf(key, values, within, slots) {
  const parts = t(key)
    .split(/(\{\w+\})/)
    .filter((part) => part !== '');
  return parts.flatMap((part) => {
    const name = /^\{\w+\}$/.test(part) ? part.slice(1, -1) : '';
    const value = values[name];
    if (value === undefined) return document.createTextNode(part);
    if (typeof value !== 'object') {
      const text = document.createTextNode(String(value));
      slots.push({ text, of: (all) => within(all)[name] });
      return text;
    }
    if ('symbol' in value) return symbol(value.symbol, value.index);
    const inner = (/** @type {Words} */ all) =>
      /** @type {import('../../kit/saying.js').Saying} */ (within(all)[name]).values;
    return nodesOf(value.key, value.values, inner, slots);
  });
}

/**
 * The same where nothing will change.
 * @param {string} key
 * @param {Words} values
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
