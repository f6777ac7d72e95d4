// @ts-check
/** Names what a page's address says and the page does not show, and what it shows instead. */

import { t } from '../kit/i18n.js';
import { html } from './dom.js';
import { pardonAll } from './refusal.js';

/** @typedef {import('../kit/address.js').Misread} Misread */

/**
 * @param {{ faults: import('../kit/observable.js').Watched<Misread[]> }} scene
 * @returns {() => void} dispose
 */
export function addressNotice({ faults }) {
  const close = html('button', { type: 'button', 'aria-label': t('address.close'), title: t('address.close') }, '×');
  const notice = html('div', { class: 'address-notice', role: 'alert', 'data-view': 'address' });
  close.addEventListener('click', () => notice.remove());
  return faults.link(async (found, before) => {
    // What was typed and not taken belonged to the scene before.
    if (before !== undefined) pardonAll();
    if (found.length === 0) return notice.remove();
    const { faultWords, written } = await import('./address-words.js');
    if (found !== faults.value) return;
    const items = found.map((one) => html('li', {}, html('code', {}, written(one)), ' ', faultWords(one)));
    notice.replaceChildren(html('p', {}, t('address.lead')), html('ul', {}, ...items), close);
    document.body.append(notice);
  });
}
