// @ts-check
/** The server's refusals, and why a run failed, in the page's language. The server speaks English; what it says follows a few patterns. */
import { language, t } from './i18n.js';

/** @typedef {{ status: number, detail: string, field?: string, allowed?: string, retry?: string | null }} Problem */

/**
 * Patterns of what a field may be, as the server words them, and the words of the page. The rest stays as it is.
 * @type {readonly [RegExp, string][]}
 */
const ALLOWED = [
  [/^a whole number from (?<low>\S+) to (?<high>[^\s,]+)( [^,]+)?(?<or>, or null)?$/, 'common.allowed.whole'],
  [/^a number from (?<low>\S+) to (?<high>[^\s,]+)( [^,]+)?(?<or>, or null)?$/, 'common.allowed.number'],
  [/^a number above (?<low>\S+) up to (?<high>[^\s,]+)( [^,]+)?(?<or>, or null)?$/, 'common.allowed.above'],
  [/^a list of (?<low>\S+) to (?<high>\S+) \p{L}+$/u, 'common.allowed.list'],
  [/^one of (?<list>.+)$/u, 'common.allowed.one'],
  [/^with (?<output>\S+) outputs one of (?<list>.+)$/u, 'common.allowed.pair'],
];

/**
 * A refusal in words for the page.
 * @param {Problem} problem
 * @param {string} [to] the language
 * @param {typeof t} [say] its words
 */
export function inWords(problem, to = language, say = t) {
  if (to === 'en') return problem.detail;
  if (problem.field && problem.allowed !== undefined) {
    return say('common.refusal.field', { field: problem.field, allowed: allowed(problem.allowed, say) });
  }
  const seconds = problem.retry ?? '10';
  if (problem.status === 409) return say('common.refusal.state');
  if (problem.status === 413) return say('common.refusal.large');
  if (problem.status === 429) return say('common.refusal.full', { seconds });
  if (problem.status === 503) return say('common.refusal.away', { seconds });
  return problem.detail;
}

/**
 * Whether a failed run failed because its cost left the finite numbers.
 * @param {{ detail: string | null }} run
 */
export function diverged(run) {
  return run.detail === null || run.detail.includes('stopped being a finite number');
}

/**
 * Why a run failed, in words for the page.
 * @param {{ detail: string | null, epoch: number }} run
 * @param {typeof t} [say]
 */
export function whyFailed(run, say = t) {
  if (diverged(run)) return say('common.run.diverged', { epoch: run.epoch + 1 });
  if (run.detail?.includes('arithmetic differs')) return say('common.run.arithmetic');
  return say('common.run.lost', { epoch: run.epoch, detail: String(run.detail) });
}

/** @param {string} words @param {typeof t} say */
function allowed(words, say) {
  for (const [pattern, key] of ALLOWED) {
    const found = pattern.exec(words)?.groups;
    if (found) return say(key, found) + (found.or ? say('common.allowed.null') : '');
  }
  return words;
}
