// @ts-check
/** Softmax in floats of 16, 32 and 64 bits: every operation is rounded to the format, as a machine with that format does. */

/** @typedef {'float16' | 'float32' | 'float64'} Format */
/** @typedef {'naive' | 'shifted' | 'log'} Form */

/** How a format rounds, its largest z whose e^z is finite, its smallest number above 0, and the step below 1. */
export const FORMATS = {
  float16: { round: round16, highest: Math.log(65504), least: 2 ** -24, step: 2 ** -11 },
  float32: { round: Math.fround, highest: Math.log((2 - 2 ** -23) * 2 ** 127), least: 2 ** -149, step: 2 ** -24 },
  float64: {
    round: (/** @type {number} */ x) => x,
    highest: Math.log(Number.MAX_VALUE),
    least: Number.MIN_VALUE,
    step: 2 ** -53,
  },
};

/** From here on a float16 is rounded up to infinity. */
const OVERFLOW_16 = 65520;

/**
 * The nearest float16, ties to even.
 * @param {number} x
 * @returns {number}
 */
export function round16(x) {
  const size = Math.abs(x);
  if (!(size > 0) || size === Number.POSITIVE_INFINITY) return x;
  if (size >= OVERFLOW_16) return Math.sign(x) * Number.POSITIVE_INFINITY;
  // Ten digits after the first, down to the subnormals, which share the last exponent. A power of two divides exactly.
  let exponent = Math.max(Math.floor(Math.log2(size)), -14);
  if (exponent > -14 && 2 ** exponent > size) exponent -= 1;
  const quantum = 2 ** (exponent - 10);
  return Math.sign(x) * even(size / quantum) * quantum;
}

/** The nearest whole number, ties to even. @param {number} x */
function even(x) {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/**
 * Softmax and its logarithm, each operation rounded. `naive`: e^z as the formula stands; `shifted`: the largest z is taken
 * off first; `log`: ln a from z, and a from ln a.
 * @param {readonly number[]} z
 * @param {Form} form
 * @param {(x: number) => number} round
 * @returns {{ a: number[], logs: number[], powers: number[], sum: number }}
 */
export function softmaxIn(z, form, round) {
  const given = z.map(round);
  const highest = form === 'naive' ? 0 : Math.max(...given);
  const gaps = form === 'naive' ? given : given.map((value) => round(value - highest));
  const powers = gaps.map((gap) => round(Math.exp(gap)));
  const sum = sumIn(powers, round);
  if (form === 'log') {
    const logarithm = round(Math.log(sum));
    const logs = gaps.map((gap) => round(gap - logarithm));
    return { a: logs.map((value) => round(Math.exp(value))), logs, powers, sum };
  }
  const a = powers.map((power) => round(power / sum));
  return { a, logs: a.map((value) => round(Math.log(value))), powers, sum };
}

/**
 * A sum from left to right, rounded after each addition.
 * @param {readonly number[]} values
 * @param {(x: number) => number} round
 */
export function sumIn(values, round) {
  return values.reduce((total, value) => round(total + value), 0);
}
