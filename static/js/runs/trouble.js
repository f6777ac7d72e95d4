// @ts-check
/** What stands between a page and its run. A browser hides why a socket was refused, so the same address is asked over HTTP. */
import { language } from '../kit/i18n.js';
import { saying, textOf } from '../kit/saying.js';
import { ask, Refusal, Unreachable } from './server.js';

/**
 * @typedef {'' | 'lost' | 'offline' | 'gone' | 'elsewhere' | 'upgrade' | 'origin' | 'full' | 'away'} Trouble
 * lost: the line broke off; offline: this device has no network; gone: the server does not answer; elsewhere: something else
 * answers for it; upgrade: it answers, and sockets do not get through; origin: it does not let this page's address watch;
 * full: too many are connected; away: a part of it is
 */

/** By the status of a refusal. @type {Record<number, Trouble>} */
const NAMES = { 403: 'origin', 426: 'upgrade', 429: 'full', 503: 'away' };
/** Milliseconds that the question is given. */
const PATIENCE = 5000;

/**
 * @param {string} id of a run whose socket did not open
 * @param {typeof ask} [question]
 * @returns {Promise<{ trouble: Trouble, retry: number }>} `retry`: seconds that the server wants to be left alone
 */
export async function whyUnopened(id, question = ask) {
  const origin = encodeURIComponent(globalThis.location?.origin ?? '');
  try {
    await question(`/api/runs/${id}/events?origin=${origin}`, { cache: 'no-store', patience: PATIENCE });
  } catch (error) {
    const retry = Number(/** @type {any} */ (error).retry ?? 0) || 0;
    if (error instanceof Refusal) return { trouble: NAMES[error.status] ?? 'lost', retry };
    if (error instanceof Unreachable) return { trouble: error.kind, retry };
    throw error;
  }
  return { trouble: 'elsewhere', retry: 0 };
}

/** @typedef {'' | 'waiting' | 'undelivered'} Delivery what has become of a command */

/**
 * What is in the way, and what that means for a command that was given; nothing where all is well.
 * @param {Trouble} trouble
 * @param {Delivery} [delivery]
 * @returns {import('../kit/saying.js').Saying[]}
 */
export function troubleSayings(trouble, delivery = '') {
  const way = trouble ? [saying(`common.trouble.${trouble}`, { origin: globalThis.location?.origin ?? '' })] : [];
  // On a line that works a command is on its way for no longer than an eye sees.
  const told = delivery === 'undelivered' || (trouble && delivery);
  return told ? [...way, saying(`common.command.${delivery}`)] : way;
}

/** The same in the page's words. @param {Trouble} trouble @param {Delivery} [delivery] */
export function troubleWords(trouble, delivery) {
  return troubleSayings(trouble, delivery)
    .map((said) => textOf(said))
    .join(language === 'zh' ? '' : ' ');
}
