// @ts-check
/**
 * The one way in which a number that somebody wrote is read, in fields, tables and addresses alike: what a person means by it,
 * or nothing. Every number that the pages print can be read back.
 */

/** @typedef {{ low?: number, high?: number, whole?: boolean, above?: boolean }} Limit `above`: the low end itself is not allowed */
/** Why a text was not taken. @typedef {'empty' | 'unread' | 'comma' | 'limit'} Fault */
/** @typedef {{ value: number } | { fault: Fault }} Reading */

/** Hyphens, dashes and minus signs, as keyboards, word processors and these pages write them. */
const DASHES = /[-‐‑‒–—−﹣－]/g;
/** Marks without a width that come along when text is copied. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
const PLUSES = /[＋﹢]/g;
/** Blanks between the groups of a large number: the usual, no-break, thin and full-width ones, and the Swiss apostrophe. */
const BETWEEN_GROUPS = /(?<=\d)['’\p{Zs}](?=\d{3}(?!\d))/gu;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** A power of ten as it is printed or typed: ×10⁻⁷, x10^-7, ·10^9. */
const POWER = /\s*[×x*·⋅]\s*10(?:\s*\^\s*([-+]?\d+)|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))$/iu;

const PLAIN = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
/** One comma before exactly three digits, with one to three before it: a thousand in one country, three places in another. */
const EITHER = /^[-+]?[1-9]\d{0,2},\d{3}(?:e[-+]?\d+)?$/i;
const DECIMAL_COMMA = /^([-+]?\d*),(\d+)((?:e[-+]?\d+)?)$/i;
const COMMA_GROUPS = /^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/;
const POINT_GROUPS = /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$/;
const BLANK_GROUPS = /^[-+]?[1-9]\d{0,2}(?:'\d{3})+(?:[.,]\d+)?$/;

/**
 * @param {string} text
 * @returns {Reading} a finite value, or why there is none
 */
export function readNumber(text) {
  const written = plainer(text);
  if (written === '') return { fault: 'empty' };
  if (EITHER.test(written)) return { fault: 'comma' };
  const form = standard(written);
  if (form === null) return { fault: 'unread' };
  const value = Number(form);
  const vanished = value === 0 && /[1-9]/.test(form.replace(/e.*$/i, ''));
  return Number.isFinite(value) && !vanished ? { value } : { fault: 'unread' };
}

/**
 * A number that keeps to a limit.
 * @param {string} text
 * @param {Limit} [limit]
 * @returns {Reading}
 */
export function readWithin(text, limit = {}) {
  const reading = readNumber(text);
  if ('value' in reading && !holds(limit, reading.value)) return { fault: 'limit' };
  return reading;
}

/** @param {Limit} limit @param {number} value */
export function holds({ low = -Infinity, high = Infinity, whole = false, above = false }, value) {
  if (!(value <= high) || (whole && !Number.isInteger(value))) return false;
  return above ? value > low : value >= low;
}

/** The same text with one kind of minus, digit, point and power of ten; blanks between groups become one sign. @param {string} text */
function plainer(text) {
  return text
    .replace(UNSEEN, '')
    .trim()
    .replace(DASHES, '-')
    .replace(PLUSES, '+')
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。｡](?=\d)/g, '.')
    .replace(/，(?=\d)/g, ',')
    .replace(/ｅ/gi, 'e')
    .replace(/^([-+])\s+/, '$1')
    .replace(POWER, (_, typed, printed) => `e${typed ?? fromRaised(printed)}`)
    .replace(/\s*[%％]$/, 'e-2')
    .replace(BETWEEN_GROUPS, "'");
}

/** @param {string} exponent such as "⁻⁷" */
function fromRaised(exponent) {
  return [...exponent].map((sign) => (sign === '⁻' ? '-' : sign === '⁺' ? '+' : RAISED.indexOf(sign))).join('');
}

/** @param {string} written @returns {string | null} as programs write it; null where it is no number, or more than one */
function standard(written) {
  if (PLAIN.test(written)) return written;
  if (BLANK_GROUPS.test(written)) return written.replaceAll("'", '').replace(',', '.');
  const decimal = DECIMAL_COMMA.exec(written);
  if (decimal) return `${decimal[1]}.${decimal[2]}${decimal[3]}`;
  if (COMMA_GROUPS.test(written)) return written.replaceAll(',', '');
  return POINT_GROUPS.test(written) ? written.replaceAll('.', '').replace(',', '.') : null;
}
