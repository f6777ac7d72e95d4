// @ts-check
/** Where the parameters start, by hand: every w and b as JSON, or those of the network that is drawn. */

import { html, say, set } from '../../figures/dom.js';
import { t } from '../../kit/i18n.js';
import { keptSaid } from './kept-said.js';
import { GIVEN_ENTRY, isNetwork } from './state.js';

/** @typedef {import('../../nn/network.js').Parameters} Parameters */

/**
 * @param {HTMLElement} element
 * @param {() => Parameters | null} drawn the network on screen
 * @param {(given: Parameters) => void} change
 */
export function givenEditor(element, drawn, change) {
  const text = html('textarea', {
    rows: 5,
    spellcheck: 'false',
    id: 'given',
    'aria-describedby': 'note-given error-given',
  });
  const take = html('button', { type: 'button', 'data-action': 'take' }, t('spec.given.take'));
  const note = html('small', { class: 'quiet', id: 'note-given' }, t('spec.given.note'));
  const error = html('span', { class: 'error', id: 'error-given', role: 'alert' });
  const kept = keptSaid(GIVEN_ENTRY);
  element.replaceChildren(
    html('label', { class: 'name', for: 'given' }, t('spec.given')),
    text,
    take,
    note,
    error,
    kept.line,
  );
  text.addEventListener('change', () => {
    const given = parsed(text.value);
    say(error, given ? '' : t('spec.given.broken'));
    set(text, { 'aria-invalid': String(!given) });
    if (given) change(given);
  });
  take.addEventListener('click', () => {
    const parameters = drawn();
    if (parameters) change({ w: parameters.w, b: parameters.b });
  });
  return {
    /** @param {Parameters | null} given */
    show(given) {
      kept.show(given);
      if (document.activeElement !== text) text.value = given ? JSON.stringify(given) : '';
    },
  };
}

/**
 * @param {string} text
 * @returns {Parameters | null} null where it is not JSON of numbers in the right depths
 */
export function parsed(text) {
  try {
    const { w, b } = JSON.parse(text);
    return isNetwork(w, b) ? { w, b } : null;
  } catch {
    return null;
  }
}
