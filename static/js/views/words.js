// @ts-check
import { t } from '../i18n.js';

/**
 * A sentence of the catalogue as nodes: each `{name}` becomes the node or text given for it, never markup.
 * @param {string} key
 * @param {Record<string, Node | string | number>} values
 * @returns {(Node | string)[]}
 */
export function sentence(key, values) {
  return t(key)
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const value = /^\{\w+\}$/.test(part) ? values[part.slice(1, -1)] : undefined;
      if (value === undefined) return part;
      return value instanceof Node ? value.cloneNode(true) : String(value);
    });
}

/**
 * A symbol with its index in the colour of its class: z₃.
 * @param {string} symbol
 * @param {number} index from 0
 */
export function symbol(symbol, index) {
  const element = html('span', { class: 'hue maths', 'data-class': index + 1 });
  element.append(html('i', {}, symbol), html('sub', {}, String(index + 1)));
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[N]}
 */
export function html(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  element.append(...children);
  return element;
}
