// @ts-check
/** What each sample adds to a gradient: its outer product of activations and δ, divided by the number of samples. */

/**
 * @param {readonly number[]} below a of the layer before, for one sample
 * @param {readonly number[]} delta δ of the layer, for the same sample
 * @param {number} samples
 * @returns {number[][]} (units before, units)
 */
export function tile(below, delta, samples) {
  return below.map((a) => delta.map((d) => (a * d) / samples));
}

/**
 * @param {readonly (readonly number[])[]} below a of the layer before, (samples, units before)
 * @param {readonly (readonly number[])[]} delta (samples, units)
 * @returns {number[][][]} a tile for each sample
 */
export function tilesOf(below, delta) {
  return below.map((a, sample) => tile(a, delta[sample], below.length));
}

/** @param {readonly number[][][]} tiles @returns {number[][]} their sum: the gradient */
export function sumOf(tiles) {
  return tiles[0].map((row, j) => row.map((_, i) => tiles.reduce((sum, one) => sum + one[j][i], 0)));
}

/**
 * How far two arrays are apart: the largest gap, beside the largest entry of the second: infinitely far where that is all 0.
 * @param {readonly (readonly number[])[]} one
 * @param {readonly (readonly number[])[]} other
 */
export function arrayError(one, other) {
  const gap = Math.max(...one.flatMap((row, j) => row.map((value, i) => Math.abs(value - other[j][i]))));
  const largest = Math.max(...other.flat().map(Math.abs));
  return gap === 0 ? 0 : gap / largest;
}

/**
 * How far two numbers are apart, beside the larger of them; 0 where both are 0.
 * @param {number} one
 * @param {number} other
 */
export function relativeError(one, other) {
  const largest = Math.max(Math.abs(one), Math.abs(other));
  return largest === 0 ? 0 : Math.abs(one - other) / largest;
}
