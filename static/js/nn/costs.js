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
 * @param {readonly number[]} z
 * @param {readonly number[]} y one-hot, soft or multi-hot
 * @param {Output} output
 * @param {Cost} cost
 * @returns {number} nats
 */
export function costOf(z, y, output, cost) {
  if (cost === 'log-likelihood') return -total(logSoftmax(z).map((logarithm, i) => term(y[i], logarithm)));
  if (cost === 'cross-entropy') {
    return -total(z.map((value, i) => term(y[i], logSigmoid(value)) + term(1 - y[i], logSigmoid(-value))));
  }
  return total(activate(z, output).map((value, i) => (value - y[i]) ** 2)) / 2;
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

/** weight · logarithm, with 0 · anything = 0. */
const term = (/** @type {number} */ weight, /** @type {number} */ logarithm) => (weight === 0 ? 0 : weight * logarithm);

const total = (/** @type {readonly number[]} */ values) => values.reduce((sum, value) => sum + value, 0);
