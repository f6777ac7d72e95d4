// @ts-check
import { full } from '../kit/format.js';

/**
 * All digits of a number on hover and on copy. A number on the page carries them in `data-value`; what is shown has fixed
 * places.
 * @param {HTMLElement} root
 * @returns {() => void} dispose
 */
export function precise(root) {
  const hover = (/** @type {Event} */ event) => {
    const number = event.target instanceof Element ? event.target.closest('[data-value]') : null;
    if (number instanceof SVGElement) titled(number, full(Number(number.dataset.value)));
    else if (number instanceof HTMLElement) number.title = full(Number(number.dataset.value));
  };
  const copy = (/** @type {ClipboardEvent} */ event) => {
    const selection = getSelection();
    const node = selection?.anchorNode;
    const element = node instanceof Element ? node : node?.parentElement;
    const number = element?.closest('[data-value]');
    const whole = selection?.toString().trim() === number?.textContent?.trim();
    const value = number instanceof HTMLElement || number instanceof SVGElement ? number.dataset.value : undefined;
    if (!whole || value === undefined) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', value);
  };
  root.addEventListener('pointerover', hover);
  document.addEventListener('copy', copy);
  return () => {
    root.removeEventListener('pointerover', hover);
    document.removeEventListener('copy', copy);
  };
}

/**
 * An SVG text cannot carry a title attribute; its group gets a title element, which browsers show in the same way.
 * @param {SVGElement} element
 * @param {string} words
 */
function titled(element, words) {
  const parent = element.parentElement;
  if (!parent) return;
  let title = parent.querySelector(':scope > title');
  if (!title) {
    title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    parent.prepend(title);
  }
  title.textContent = words;
}
