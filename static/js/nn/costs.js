// @ts-check
/** The three costs of one sample, in nats, and δ = ∂C/∂z, as app/nn/costs.py has them. */
import { logSigmoid, logSoftmax, sigmoid, softmax } from './layers.js';

/** @typedef {'softmax' | 'sigmoid'} Output */
/** @typedef {'log-likelihood' | 'cross-entropy' | 'quadratic'} Cost */

/**
 * @param {readonly number[]} z
 * @param {Output} output
 * @returns {number[]} a
 */
export function activate(z, output) {
  return output === 'softmax' ? softmax(z) : z.map(sigmoid);
}

/**
 * What each class adds to the cost. With the log-likelihood a class whose y is 0 adds nothing, whatever its a.
 * @param {readonly number[]} z
 * @param {readonly number[]} y one-hot, soft or multi-hot
 * @param {Output} output
 * @param {Cost} cost
 * @returns {number[]} nats
 */
export function termsOf(z, y, output, cost) {
  if (cost === 'log-likelihood') return logSoftmax(z).map((logarithm, i) => term(-y[i], logarithm));
  if (cost === 'cross-entropy') {
    return z.map((value, i) => term(-y[i], logSigmoid(value)) + term(y[i] - 1, logSigmoid(-value)));
  }
  return activate(z, output).map((value, i) => (value - y[i]) ** 2 / 2);
}

/**
 * @param {readonly number[]} z
 * @param {readonly number[]} y one-hot, soft or multi-hot
 * @param {Output} output
 * @param {Cost} cost
 * @returns {number} nats
 */
export function costOf(z, y, output, cost) {
  return total(termsOf(z, y, output, cost));
}

/**
 * @param {readonly number[]} z
 * @param {readonly number[]} y
 * @param {Output} output
 * @param {Cost} cost
 * @returns {number[]} δ
 */
export function deltaOf(z, y, output, cost) {
  const a = activate(z, output);
  if (cost === 'log-likelihood') {
    const all = total(y);
    return a.map((value, i) => value * all - y[i]);
  }
  const gap = a.map((value, i) => value - y[i]);
  if (cost === 'cross-entropy') return gap;
  if (output === 'sigmoid') return gap.map((value, i) => value * a[i] * (1 - a[i]));
  const mean = total(gap.map((value, i) => value * a[i]));
  return gap.map((value, i) => a[i] * (value - mean));
}

/**
 * What one class adds to the cost, as a function of its a alone: the curve −ln a and its likes.
 * @param {number} a
 * @param {number} y
 * @param {Cost} cost
 * @returns {number} nats, Infinity where ln 0 is met
 */
export function termAt(a, y, cost) {
  if (cost === 'log-likelihood') return term(-y, Math.log(a));
  if (cost === 'cross-entropy') return term(-y, Math.log(a)) + term(y - 1, Math.log1p(-a));
  return (a - y) ** 2 / 2;
}

/**
 * The slope of that curve, ∂C/∂a. It grows without bound exactly where the layer's own slope ∂a/∂z vanishes.
 * @param {number} a
 * @param {number} y
 * @param {Cost} cost
 * @returns {number}
 */
export function slopeAt(a, y, cost) {
  if (cost === 'quadratic') return a - y;
  const rising = y === 0 ? 0 : -y / a;
  return cost === 'log-likelihood' || y === 1 ? rising : rising + (1 - y) / (1 - a);
}

/**
 * The log-likelihood as the formula stands: the logarithm of an a that has been rounded, and every product taken. It is
 * infinite where the target's a has underflowed, and NaN where any other has: 0 · ln 0. To be looked at.
 * @param {readonly number[]} z
 * @param {readonly number[]} y
 * @returns {number}
 */
export function costNaive(z, y) {
  return -total(softmax(z).map((value, i) => y[i] * Math.log(value)));
}

/**
 * δ of the log-likelihood by the chain rule as it stands: Σ_i (−y_i ∕ a_i) · ∂a_i/∂z_j. Where a_i is 0 this is ∞ · 0. To be
 * looked at.
 * @param {readonly number[]} z
 * @param {readonly number[]} y
 * @returns {number[]}
 */
export function deltaNaive(z, y) {
  const a = softmax(z);
  return a.map((aj, j) => total(a.map((ai, i) => (-y[i] / ai) * (i === j ? ai * (1 - ai) : -ai * aj))));
}

/** weight · logarithm, with 0 · anything = 0. */
const term = (/** @type {number} */ weight, /** @type {number} */ logarithm) => (weight === 0 ? 0 : weight * logarithm);

const total = (/** @type {readonly number[]} */ values) => values.reduce((sum, value) => sum + value, 0);
