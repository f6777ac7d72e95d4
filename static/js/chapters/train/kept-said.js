// @ts-check
/** Says where something stays that the page's link cannot carry. */

import { html, say } from '../../figures/dom.js';
import { t } from '../../kit/i18n.js';

/**
 * @template T
 * @param {{ isSafe: (value: T) => boolean | null }} entry
 */
export function keptSaid(entry) {
  const line = html('p', { class: 'quiet', role: 'status', 'data-view': 'kept' });
  return {
    line,
    /** @param {T} value */
    show(value) {
      const safe = entry.isSafe(value);
      line.hidden = safe === null;
      say(line, safe === null ? '' : safe ? t('train.kept.here') : t('train.kept.not'));
    },
  };
}
