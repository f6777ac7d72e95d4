// @ts-check
/** Softmax with seventy-five digits after the point, in whole numbers: shares down to 10⁻⁶⁰ with fifteen, and no rounding of floats. */

const DIGITS = 75;
export const ONE = 10n ** BigInt(DIGITS);

/** A float64 exactly, as far as the digits go. @param {number} x */
export function big(x) {
  const [mantissa, exponent] = parts(x);
  return exponent >= 0 ? mantissa * 2n ** BigInt(exponent) * ONE : (mantissa * ONE) / 2n ** BigInt(-exponent);
}

/** x = mantissa · 2^exponent. @param {number} x @returns {[bigint, number]} */
function parts(x) {
  let exponent = 0;
  let value = x;
  while (!Number.isInteger(value)) {
    value *= 2;
    exponent -= 1;
  }
  return [BigInt(value), exponent];
}

/** @param {bigint} left @param {bigint} right */
const times = (left, right) => (left * right) / ONE;

/** e^x for x ≤ 0, by halving x until its series is short. @param {bigint} x */
export function exp(x) {
  let halvings = 0;
  let small = x;
  while (small < -ONE / 16n) {
    small /= 2n;
    halvings += 1;
  }
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n; n += 1n) {
    term = times(term, small) / n;
    sum += term;
  }
  for (; halvings > 0; halvings -= 1) sum = times(sum, sum);
  return sum;
}

/** The shares of these z. @param {readonly number[]} z @returns {bigint[]} */
export function shares(z) {
  const top = big(Math.max(...z));
  const powers = z.map((value) => exp(big(value) - top));
  const all = powers.reduce((sum, power) => sum + power, 0n);
  return powers.map((power) => (power * ONE) / all);
}

/** The nearest float64, to 17 digits. @param {bigint} x */
export function float(x) {
  return Number(x) / Number(ONE);
}
