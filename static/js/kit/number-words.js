// @ts-check
/** What a number may be, and why one that was written is not taken, in the page's words. */

import { full, grouped } from './format.js';
import { t } from './i18n.js';

/** @typedef {import('./numbers.js').Limit} Limit */

/** Beyond this an end is there for the arithmetic alone and is not said where the other end says more. */
const ENDLESS = Number.MAX_VALUE;

/** @param {number} value a limit's end, or a value that holds */
export function spelled(value) {
  return Number.isInteger(value) ? grouped(value) : full(value);
}

/** @param {Limit} limit @param {typeof t} [say] */
export function allowedWords({ low = -ENDLESS, high = ENDLESS, whole = false, above = false }, say = t) {
  const ends = { low: spelled(low), high: spelled(high) };
  if (low === -ENDLESS && high === ENDLESS) return say(whole ? 'common.allowed.any-whole' : 'common.allowed.any');
  if (high === ENDLESS) return say(whole ? 'common.allowed.least-whole' : 'common.allowed.least', ends);
  return say(`common.allowed.${above ? 'above' : whole ? 'whole' : 'number'}`, ends);
}

/**
 * Why a text is not taken, what would be, and what holds meanwhile.
 * @param {string} text
 * @param {import('./numbers.js').Fault} fault
 * @param {Limit} limit
 * @param {number | null} kept
 * @param {typeof t} [say]
 */
export function refusedWords(text, fault, limit, kept, say = t) {
  const written = text.trim();
  const words =
    fault === 'comma'
      ? say('common.number.comma', { text: written, ...bothReadings(written) })
      : say(`common.number.${fault}`, { text: written, allowed: allowedWords(limit, say) });
  return kept === null ? words : words + say('common.number.kept', { value: spelled(kept) });
}

/** @param {string} text such as "1,000" */
function bothReadings(text) {
  const [before, after] = text.split(/[,，]/);
  return { thousands: `${before}${after}`, places: `${before}.${after}` };
}
