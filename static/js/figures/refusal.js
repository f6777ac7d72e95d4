// @ts-check
/** Words beside a field for what was written there and not taken. The text stays, marked, until it is mended or taken back. */

import { html, say, set } from './dom.js';

/** The least distance of the words from the window's edge, and from their field, in pixels. */
const GAP = 4;

/** Fields whose text is not taken, and where that is said. @type {Map<HTMLElement, HTMLElement>} */
const refused = new Map();
/** Words that stand beside a field over the page. @type {WeakSet<HTMLElement>} */
const floating = new WeakSet();
let named = 0;

/**
 * @param {HTMLElement} field
 * @param {string} words
 * @param {HTMLElement | null} [place] where it is said; else beside the field
 */
export function refuse(field, words, place = null) {
  const said = place ?? refused.get(field) ?? beside(field);
  refused.set(field, said);
  set(field, { 'aria-invalid': 'true', 'data-refused': 'true', 'aria-errormessage': said.id });
  say(said, words);
  if (floating.has(said)) put(field, said);
}

/** What stands in the field is right again. @param {HTMLElement} field */
export function pardon(field) {
  const said = refused.get(field);
  if (said === undefined) return;
  refused.delete(field);
  set(field, { 'aria-invalid': 'false' });
  field.removeAttribute('data-refused');
  field.removeAttribute('aria-errormessage');
  if (floating.has(said)) said.remove();
  else say(said, '');
}

/** Takes every refusal back; each field is told so by `pardoned`, to show again what holds. */
export function pardonAll() {
  for (const field of [...refused.keys()]) {
    pardon(field);
    field.dispatchEvent(new Event('pardoned'));
  }
}

/** Whether what stands in the field was not taken. @param {HTMLElement} field */
export function isRefused(field) {
  return refused.has(field);
}

/** The first field in here whose text was not taken. @param {ParentNode} [root] @returns {HTMLElement | null} */
export function firstRefused(root = document) {
  return root.querySelector('[data-refused]');
}

/** Brings the reader to a field, also one that is folded away. @param {HTMLElement} field */
export function backTo(field) {
  const folded = field.closest('details');
  if (folded) folded.open = true;
  field.focus();
}

/** @param {HTMLElement} field */
function beside(field) {
  named += 1;
  const words = html('span', { class: 'refusal', role: 'alert', id: `refusal-${named}`, popover: 'manual' });
  floating.add(words);
  field.after(words);
  return words;
}

/** Under the field, or over it where there is no room; always within the window. @param {HTMLElement} field @param {HTMLElement} words */
function put(field, words) {
  if (!words.isConnected) field.after(words);
  // Over the page, whatever clips its parts; a browser that cannot do that shows them where they stand.
  if (words.showPopover && !words.matches(':popover-open')) words.showPopover();
  const at = field.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = words;
  const left = Math.max(GAP, Math.min(at.left, innerWidth - width - GAP));
  const below = at.bottom + GAP;
  words.style.left = `${left}px`;
  words.style.top = `${below + height <= innerHeight ? below : Math.max(GAP, at.top - height - GAP)}px`;
}

function follow() {
  for (const [field, words] of refused) {
    if (!field.isConnected) refused.delete(field);
    else if (floating.has(words)) put(field, words);
  }
}

globalThis.addEventListener?.('scroll', follow, true);
globalThis.addEventListener?.('resize', follow);
