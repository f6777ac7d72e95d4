// @ts-check
/**
 * Numbers as the pages write them: a real minus sign, a fixed number of places so that nothing jumps while it changes, and
 * all digits where they are asked for.
 */

const MINUS = '−';
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉';

/** Beyond this a fixed number of places takes too many digits and a power of ten is clearer. */
const LONGEST = 100_000;

/**
 * @param {number} value
 * @param {number} [places]
 * @returns {string} "−0.60", "1.2×10⁹", "∞", "NaN"
 */
export function fixed(value, places = 2) {
  if (!Number.isFinite(value)) return infinite(value);
  if (Math.abs(value) >= LONGEST) return power(value, 2);
  const text = value.toFixed(places);
  // −0.001 in two places is 0.00, not −0.00.
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', MINUS);
}

/**
 * @param {number} value
 * @param {number} [places]
 * @returns {string} with its sign: "+0.50", "−0.07", "0.00"
 */
export function signed(value, places = 2) {
  const text = fixed(value, places);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/**
 * A change, whose sign is a shape as well: "▲ +0.117", "▼ −0.030", "▲ +3×10⁻⁷", and "＝" where it is exactly nothing.
 * @param {number} value
 * @param {number} [places]
 */
export function change(value, places = 3) {
  if (Number.isNaN(value)) return '';
  if (value === 0) return '＝';
  const size = short(Math.abs(value), places, 0);
  return value > 0 ? `▲ +${size}` : `▼ ${MINUS}${size}`;
}

/**
 * A slope that keeps its sign however small it is: "+0.500", "−4.2×10⁻⁹", "0.000" where it is exactly nothing.
 * @param {number} value
 * @param {number} [places]
 */
export function leaning(value, places = 3) {
  return value > 0 ? `+${short(value, places)}` : short(value, places);
}

/**
 * Two numbers with as many digits as it takes to tell them apart: ["0.99940", "0.99941"].
 * @param {number} one
 * @param {number} other
 * @param {number} [places] at the least
 * @returns {[string, string]} the same text twice only where they are the same number
 */
export function apart(one, other, places = 3) {
  for (let more = 0; more <= 16; more += 1) {
    const texts = /** @type {[string, string]} */ ([one, other].map((value) => short(value, places + more, 1 + more)));
    if (texts[0] !== texts[1] || Object.is(one, other)) return texts;
  }
  return [full(one), full(other)];
}

/**
 * A limit from above, rounded towards the side on which it is still kept: 709.7827 in two places is "709.78", 11.0978 "11.09".
 * @param {number} limit
 * @param {number} [places]
 */
export function atMost(limit, places = 2) {
  const size = 10 ** places;
  return fixed(Math.floor(limit * size) / size, places);
}

/**
 * How far something went at the most, rounded towards the side on which that stays true: 0.341 in two places is "0.35".
 * @param {number} size
 * @param {number} [places]
 */
export function noMoreThan(size, places = 2) {
  const scale = 10 ** places;
  return fixed(Math.ceil(size * scale) / scale, places);
}

/**
 * Fixed places for the usual, a power of ten for what these places would show as 0 or what is very large.
 * @param {number} value
 * @param {number} [places]
 * @param {number} [digits] of the power of ten, after its point
 */
export function short(value, places = 3, digits = 1) {
  if (value === 0 || !Number.isFinite(value)) return fixed(value, places);
  const size = Math.abs(value);
  return size < 0.5 * 10 ** -places || size >= LONGEST ? power(value, digits) : fixed(value, places);
}

/**
 * @param {number} value
 * @returns {string} every digit that distinguishes this float64
 */
export function full(value) {
  if (Object.is(value, -0)) return `${MINUS}0`;
  return Number.isFinite(value) ? String(value).replaceAll('-', MINUS) : infinite(value);
}

/**
 * @param {number} value
 * @param {number} places
 * @returns {string} "3.3×10⁻⁷"
 */
export function power(value, places) {
  const [digits, exponent] = value.toExponential(places).split('e');
  return `${digits.replace('-', MINUS)}×10${raised(Number(exponent))}`;
}

/** @param {number} whole */
export function raised(whole) {
  return [...String(whole)].map((sign) => (sign === '-' ? '⁻' : RAISED[Number(sign)])).join('');
}

/** @param {number} whole */
export function lowered(whole) {
  return [...String(whole)].map((sign) => LOWERED[Number(sign)]).join('');
}

/**
 * A share as a whole per cent; with as many places as it takes where some are not yet all, or are not none.
 * @param {number} share
 */
export function percent(share) {
  if (!Number.isFinite(share)) return infinite(share);
  const exact = share === 0 || share === 1;
  const texts = [0, 1, 2, 3, 4, 5, 6].map((places) => (100 * share).toFixed(places));
  const text = exact ? texts[0] : (texts.find((one) => Number(one) !== 0 && Number(one) !== 100) ?? texts[6]);
  return `${text} %`;
}

/**
 * A whole number in groups of three: "10 000".
 * @param {number} whole
 */
export function grouped(whole) {
  return String(whole)
    .replace('-', MINUS)
    .replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
}

/** @param {number} value */
function infinite(value) {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : `${MINUS}∞`;
}
