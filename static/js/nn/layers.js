// @ts-check
/**
 * The two output layers in the page: the same mathematics as the server's, checked against the same vectors of 50 digits.
 * Pure: arrays of numbers in, new arrays out. Stable for every finite z.
 */

/** 2²⁷ + 1: Dekker's constant, which cuts a float64 into two halves of 26 bits. */
const SPLITTER = 134217729;
/** Beyond this many nats below the maximum e^gap is 0 in float64, and a gap needs no more digits than it has. */
const FARTHEST = 800;
/** Beyond this Dekker's split would overflow; below its inverse the products of the halves would underflow. */
const LARGEST_SPLIT = 1e290;

/**
 * a_i = e^{z_i/T} / Σ e^{z_k/T}.
 * @param {readonly number[]} z
 * @param {number} [temperature]
 * @returns {number[]}
 */
export function softmax(z, temperature = 1) {
  const powers = shiftedPowers(z, temperature);
  const total = sum(powers);
  return powers.map((power) => power / total);
}

/**
 * ln a_i, finite where a_i itself underflows to 0.
 * @param {readonly number[]} z
 * @param {number} [temperature]
 * @returns {number[]}
 */
export function logSoftmax(z, temperature = 1) {
  const highest = Math.max(...z);
  const powers = shiftedPowers(z, temperature);
  powers[z.indexOf(highest)] = 0;
  const logarithm = Math.log1p(sum(powers));
  return z.map((value) => (value - highest) / temperature - logarithm);
}

/**
 * e^{z_i} / Σ e^{z_k} as one would first write it: it overflows above z = 709.78 and then gives NaN. To be looked at.
 * @param {readonly number[]} z
 * @param {number} [temperature]
 * @returns {number[]}
 */
export function softmaxNaive(z, temperature = 1) {
  const powers = z.map((value) => Math.exp(value / temperature));
  const total = sum(powers);
  return powers.map((power) => power / total);
}

/**
 * The z that give these a: ln a_i + shift, at T = 1.
 * @param {readonly number[]} a positive
 * @param {number} [shift]
 * @returns {number[]}
 */
export function inverse(a, shift = 0) {
  return a.map((value) => Math.log(value) + shift);
}

/**
 * ∂a_i/∂z_j, rows are outputs i: a_i(1 − a_i)/T on the diagonal, −a_i a_j/T off it. 1 − a_i is the sum of the others.
 * @param {readonly number[]} z
 * @param {number} [temperature]
 * @returns {number[][]}
 */
export function jacobian(z, temperature = 1) {
  const a = softmax(z, temperature);
  return a.map((ai, i) => {
    const row = a.map((aj, j) => (i === j ? 0 : (-ai * aj) / temperature));
    row[i] = -sum(row);
    return row;
  });
}

/**
 * 1 / (1 + e^{−z}) without overflow.
 * @param {number} z
 * @returns {number}
 */
export function sigmoid(z) {
  const power = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : power) / (1 + power);
}

/**
 * ln σ(z); ln(1 − σ(z)) is logSigmoid(−z).
 * @param {number} z
 * @returns {number}
 */
export function logSigmoid(z) {
  return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
}

/**
 * e^{(z − max z)/T}, to a few units in the last place: what the subtraction and the division round away is put back.
 * @param {readonly number[]} z
 * @param {number} temperature
 * @returns {number[]}
 */
function shiftedPowers(z, temperature) {
  const highest = Math.max(...z);
  const splits = temperature < LARGEST_SPLIT && temperature > 1 / LARGEST_SPLIT;
  return z.map((value) => {
    const gap = (value - highest) / temperature;
    if (gap < -FARTHEST) return 0;
    const rest = splits && Math.abs(value) < LARGEST_SPLIT ? divisionRest(value, highest, gap, temperature) : 0;
    return Math.exp(gap) * (1 + rest);
  });
}

/**
 * What (z − highest)/T lost to rounding, given its rounded quotient.
 * @param {number} z
 * @param {number} highest
 * @param {number} quotient
 * @param {number} temperature
 */
function divisionRest(z, highest, quotient, temperature) {
  const difference = z - highest;
  if (difference === 0) return 0;
  const back = difference + highest;
  const lost = z - back - (highest - (back - difference));
  const product = quotient * temperature;
  const quotientHigh = upperHalf(quotient);
  const quotientLow = quotient - quotientHigh;
  const high = upperHalf(temperature);
  const low = temperature - high;
  const productError = quotientLow * low - (product - quotientHigh * high - quotientLow * high - quotientHigh * low);
  return (difference - product - productError + lost) / temperature;
}

/** @param {number} value */
function upperHalf(value) {
  const scaled = SPLITTER * value;
  return scaled - (scaled - value);
}

/** @param {readonly number[]} values */
function sum(values) {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
