// @ts-check
/** Making SVG elements. */
import { set } from './dom.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]
 * @param {(SVGElement | string)[]} [children]
 * @returns {SVGElement}
 */
export function svg(name, attributes = {}, children = []) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  element.append(...children);
  return element;
}

/**
 * @param {Element} element
 * @param {boolean} shown
 */
export function show(element, shown) {
  set(element, { visibility: shown ? 'visible' : 'hidden' });
}

/**
 * As many children as there are things to show; those that are there stay.
 * @param {Element} parent
 * @param {number} count
 * @param {() => SVGElement} make
 */
export function fill(parent, count, make) {
  while (parent.childElementCount > count) parent.lastElementChild?.remove();
  while (parent.childElementCount < count) parent.append(make());
  return /** @type {SVGElement[]} */ ([...parent.children]);
}
