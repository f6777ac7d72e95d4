// @ts-check
/** What of a page's address is not shown, in words: fetched when there is something to say. */

import { t } from '../kit/i18n.js';
import { isReference } from '../kit/kept.js';
import { allowedWords } from '../kit/number-words.js';
import { readNumber } from '../kit/numbers.js';

/** @typedef {import('../kit/address.js').Misread} Misread */

/** So much of an entry is repeated. */
const LONGEST = 48;

/** The entry as it stands in the address. @param {Misread} fault */
export function written({ name, text }) {
  const whole = `${name}=${text}`;
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}

/**
 * @param {Misread} fault
 * @param {typeof t} [say]
 */
export function faultWords({ entry, text, shown, known }, say = t) {
  const instead = shown === '' ? say('address.nothing') : say('address.shown', { shown: shown.slice(0, LONGEST) });
  if (known) return say('address.unfit') + instead;
  if (entry.keeps && isReference(text)) return say('address.elsewhere');
  const allowed = entryWords(entry, say);
  const outside = entry.limit !== undefined && entry.count === undefined && 'value' in readNumber(text);
  return (
    say(outside ? 'address.outside' : 'address.unread') +
    instead +
    (allowed === '' ? '' : say('address.allowed', { allowed }))
  );
}

/** What an entry may be; '' where that takes more than a line. @param {Misread['entry']} entry @param {typeof t} say */
function entryWords({ limit, count, choices }, say) {
  if (choices) return say('common.allowed.one', { list: choices.join(', ') });
  if (limit === undefined) return '';
  if (count === undefined) return allowedWords(limit, say);
  const { fewest, most } = count;
  const each = allowedWords(limit, say);
  return fewest === most
    ? say('address.numbers.exactly', { most, each })
    : say('address.numbers', { fewest, most, each });
}
