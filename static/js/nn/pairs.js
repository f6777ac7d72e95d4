// @ts-check
/**
 * Which output layer goes with which cost, and all that follows from the pair: what each class adds to the cost, δ = ∂C/∂z,
 * the two as functions of one a, their formulas. One sample's cost; as app/nn/pairs.py has it. Pure.
 */
import { logSigmoid, logSoftmax, sigmoid, softmax } from './layers.js';

/** @typedef {'softmax' | 'sigmoid'} Output */
/** @typedef {'log-likelihood' | 'cross-entropy' | 'quadratic'} Cost */
/** @typedef {'log-likelihood' | 'cross-entropy' | 'quadratic-softmax' | 'quadratic-sigmoid'} PairName */
/** @typedef {readonly number[]} Numbers */
/**
 * `nats`: whether the cost is a logarithm; a squared difference has no unit. `terms` and `delta` are of z and y; `term` and
 * `slope` of one class's a and y: what it adds, and ∂C/∂a. `formula`: of C, and of δᵢ after its equals sign.
 * @typedef {{
 *   name: PairName, output: Output, cost: Cost, nats: boolean, terms: (z: Numbers, y: Numbers) => number[],
 *   delta: (z: Numbers, y: Numbers) => number[], term: (a: number, y: number) => number,
 *   slope: (a: number, y: number) => number, formula: { cost: string, delta: string }
 * }} Pair
 */

/** weight · logarithm, with 0 · anything = 0. @param {number} weight @param {number} logarithm */
const term = (weight, logarithm) => (weight === 0 ? 0 : weight * logarithm);

/** @param {Numbers} values */
const total = (values) => values.reduce((sum, value) => sum + value, 0);

/** −y/a, nothing where nothing is asked. @param {number} a @param {number} y */
const rising = (a, y) => (y === 0 ? 0 : -y / a);

/** What both quadratic pairs have. */
const SQUARE = {
  nats: false,
  term: (/** @type {number} */ a, /** @type {number} */ y) => (a - y) ** 2 / 2,
  slope: (/** @type {number} */ a, /** @type {number} */ y) => a - y,
};
const HALF_SQUARES = 'C = ½ Σᵢ (aᵢ − yᵢ)²';

/** @type {Readonly<Record<PairName, Pair>>} */
export const PAIRS = Object.freeze({
  'log-likelihood': {
    name: 'log-likelihood',
    output: 'softmax',
    cost: 'log-likelihood',
    nats: true,
    terms: (z, y) => logSoftmax(z).map((logarithm, i) => term(-y[i], logarithm)),
    delta: (z, y) => {
      const all = total(y);
      return softmax(z).map((a, i) => a * all - y[i]);
    },
    term: (a, y) => term(-y, Math.log(a)),
    slope: rising,
    formula: { cost: 'C = −Σᵢ yᵢ ln aᵢ', delta: 'aᵢ − yᵢ' },
  },
  'cross-entropy': {
    name: 'cross-entropy',
    output: 'sigmoid',
    cost: 'cross-entropy',
    nats: true,
    terms: (z, y) => z.map((value, i) => term(-y[i], logSigmoid(value)) + term(y[i] - 1, logSigmoid(-value))),
    delta: (z, y) => z.map((value, i) => sigmoid(value) - y[i]),
    term: (a, y) => term(-y, Math.log(a)) + term(y - 1, Math.log1p(-a)),
    slope: (a, y) => rising(a, y) + (y === 1 ? 0 : (1 - y) / (1 - a)),
    formula: { cost: 'C = −Σᵢ [yᵢ ln aᵢ + (1 − yᵢ) ln(1 − aᵢ)]', delta: 'aᵢ − yᵢ' },
  },
  'quadratic-softmax': {
    ...SQUARE,
    name: 'quadratic-softmax',
    output: 'softmax',
    cost: 'quadratic',
    terms: (z, y) => softmax(z).map((a, i) => SQUARE.term(a, y[i])),
    delta: (z, y) => {
      const a = softmax(z);
      const mean = total(a.map((value, i) => (value - y[i]) * value));
      return a.map((value, i) => value * (value - y[i] - mean));
    },
    formula: { cost: HALF_SQUARES, delta: 'aᵢ ((aᵢ − yᵢ) − Σₖ (aₖ − yₖ) aₖ)' },
  },
  'quadratic-sigmoid': {
    ...SQUARE,
    name: 'quadratic-sigmoid',
    output: 'sigmoid',
    cost: 'quadratic',
    terms: (z, y) => z.map((value, i) => SQUARE.term(sigmoid(value), y[i])),
    delta: (z, y) => z.map((value, i) => (sigmoid(value) - y[i]) * sigmoid(value) * (1 - sigmoid(value))),
    formula: { cost: HALF_SQUARES, delta: '(aᵢ − yᵢ) aᵢ (1 − aᵢ)' },
  },
});

export const PAIR_NAMES = /** @type {PairName[]} */ (Object.keys(PAIRS));

/**
 * @param {Output} output
 * @param {Cost} cost
 * @returns {Pair}
 * @throws {RangeError} where they do not go together
 */
export function pairOf(output, cost) {
  const found = PAIR_NAMES.map((name) => PAIRS[name]).find((pair) => pair.output === output && pair.cost === cost);
  if (found === undefined) throw new RangeError(`no cost ${cost} goes with ${output} outputs`);
  return found;
}
