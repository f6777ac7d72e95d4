// @ts-check
/** What the server refuses, and why a run failed, in the page's language: the server sends a code and its facts, never only words. */
import { ALLOWED, FAILURES, NAMES, REFUSALS } from './declared.js';
import { full, grouped } from './format.js';
import { t } from './i18n.js';

/**
 * A refusal as the server sends it. `code` says which sentence it is, `field` and `value` what it is about; the other facts
 * fill the sentence.
 * @typedef {{ detail: string, code?: string | null, field?: string, value?: unknown, [fact: string]: unknown }} Problem
 */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

/**
 * A refusal in words for the page. What has no code of ours comes from elsewhere, a proxy perhaps, and is quoted.
 * @param {Problem} problem
 * @param {Say} [say] the page's words
 */
export function inWords(problem, say = t) {
  const code = problem.code ?? '';
  if (ALLOWED.includes(code)) {
    const about = { field: named(String(problem.field), say), value: given(problem.value, say) };
    return say('common.refusal.field', { ...about, allowed: allowed(code, problem, say) });
  }
  if (REFUSALS.includes(code)) return say(`common.refusal.${code}`, filled(problem, say));
  return problem.detail;
}

/**
 * Whether a failed run failed because its cost left the finite numbers.
 * @param {{ detail: string | null, code?: string | null }} run
 */
export function diverged(run) {
  return run.code === 'diverged' || run.detail === null;
}

/**
 * Why a run failed, in words for the page.
 * @param {{ detail: string | null, code?: string | null, epoch: number }} run
 * @param {Say} [say]
 */
export function whyFailed(run, say = t) {
  if (diverged(run)) return say('common.run.diverged', { epoch: amount(run.epoch + 1) });
  const code = FAILURES.includes(run.code ?? '') ? run.code : 'lost';
  return say(`common.run.${code}`, { epoch: amount(run.epoch), detail: String(run.detail) });
}

/** What the field may be. @param {string} code @param {Problem} problem @param {Say} say */
function allowed(code, problem, say) {
  const facts = filled(problem, say);
  const sentence = say(`common.allowed.${code}`, facts);
  const counted = facts.unit && !['length', 'list'].includes(code);
  const whole = counted ? say('common.allowed.counted', { allowed: sentence, unit: facts.unit }) : sentence;
  return problem.null ? whole + say('common.allowed.null') : whole;
}

/** The facts as sentences have them. @param {Problem} problem @param {Say} say @returns {Record<string, string>} */
function filled(problem, say) {
  const { detail, code, field, value, unit, object, ...facts } = problem;
  const words = Object.entries(facts).map(([name, fact]) => [name, worded(fact)]);
  const about = object === undefined ? {} : { object: named(String(object), say) };
  return { ...Object.fromEntries(words), ...about, unit: unit ? say(`common.unit.${unit}`) : '' };
}

/** @param {unknown} fact */
function worded(fact) {
  if (Array.isArray(fact)) return fact.join(', ');
  return typeof fact === 'number' ? amount(fact) : String(fact);
}

/** A number with all its digits. @param {number} value */
function amount(value) {
  return Number.isSafeInteger(value) ? grouped(value) : full(value);
}

/** A field as the page names it: the path in the spec, or what stands for all of it. @param {string} field @param {Say} say */
function named(field, say) {
  const [head, ...rest] = field.split('.');
  return [NAMES.includes(head) ? say(`common.name.${head}`) : head, ...rest].join('.');
}

/** What was given, short. @param {unknown} value @param {Say} say */
function given(value, say) {
  if (typeof value === 'number') return amount(value);
  if (typeof value === 'string') return say('common.value.text', { text: value });
  const length = /** @type {{ length?: number } | null | undefined} */ (value)?.length;
  return length === undefined ? String(value) : say('common.value.list', { length });
}
