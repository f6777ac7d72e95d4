// @ts-check
/** Making and changing SVG elements. */

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
 * Sets attributes, leaving alone those that have the value already: a touched attribute costs layout, an equal one nothing.
 * @param {Element} element
 * @param {Record<string, string | number>} attributes
 */
export function set(element, attributes) {
  for (const [attribute, value] of Object.entries(attributes)) {
    const text = typeof value === 'number' ? value.toFixed(2) : value;
    if (element.getAttribute(attribute) !== text) element.setAttribute(attribute, text);
  }
}

/**
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {Element} element
 * @param {boolean} shown
 */
export function show(element, shown) {
  set(element, { visibility: shown ? 'visible' : 'hidden' });
}
