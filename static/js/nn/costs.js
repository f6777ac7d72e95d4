// @ts-check
/** The three costs of one sample and δ = ∂C/∂z, as app/nn/costs.py has them; what a pair is stands in pairs.js. */
import { sigmoid, softmax } from './layers.js';
import { pairOf } from './pairs.js';

/** @typedef {import('./pairs.js').Output} Output */
/** @typedef {import('./pairs.js').Cost} Cost */

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
 * @returns {number[]}
 */
export function termsOf(z, y, output, cost) {
  return pairOf(output, cost).terms(z, y);
}

/**
 * @param {readonly number[]} z
 * @param {readonly number[]} y one-hot, soft or multi-hot
 * @param {Output} output
 * @param {Cost} cost
 * @returns {number} in nats where the cost is a logarithm
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
  return pairOf(output, cost).delta(z, y);
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

const total = (/** @type {readonly number[]} */ values) => values.reduce((sum, value) => sum + value, 0);
