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
 * A change, whose sign is a shape as well: "▲ +0.117", "▼ −0.030", and "＝" where it is exactly nothing. A change too small
 * for the places keeps its direction: "▲ +0.000".
 * @param {number} value
 * @param {number} [places]
 */
export function change(value, places = 3) {
  if (Number.isNaN(value)) return '';
  if (value === 0) return '＝';
  const size = fixed(Math.abs(value), places);
  return value > 0 ? `▲ +${size}` : `▼ ${MINUS}${size}`;
}

/**
 * Fixed places for the usual, a power of ten for what these places would show as 0 or what is very large.
 * @param {number} value
 * @param {number} [places]
 */
export function short(value, places = 3) {
  if (value === 0 || !Number.isFinite(value)) return fixed(value, places);
  const size = Math.abs(value);
  return size < 0.5 * 10 ** -places || size >= LONGEST ? power(value, 1) : fixed(value, places);
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
 * A share as a whole per cent.
 * @param {number} share
 */
export function percent(share) {
  return Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : infinite(share);
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
