// @ts-check
/** Making elements, and changing them only where something changed. */

/** What kind of node a text is. */
const TEXT = 3;

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
 * Says a text. One that is there is changed in place: to put a new one in its stead costs a layout object each time.
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  const there = element.firstChild;
  if (there?.nodeType === TEXT && there === element.lastChild) {
    const only = /** @type {Text} */ (there);
    if (only.data !== text) only.data = text;
  } else if (element.textContent !== text) element.textContent = text;
}
