// @ts-check
/**
 * What a NaN does to training: a net of 2 inputs, 2 sigmoid units and 2 softmax outputs learns "or" for a few epochs, every
 * operation rounded to a format. A constant c in both output biases changes nothing in exact arithmetic, since only
 * differences of z count; it brings the naive softmax to the edge where e^z overflows.
 */
import { FORMATS, softmaxIn } from './floats.js';
import { logSoftmax } from './layers.js';

/** @typedef {import('./floats.js').Format} Format */
/** @typedef {{ w: number[][], b: number[] }} Weights */
/**
 * What an epoch saw, before its update: the largest ln Σe^z of the output layer, every sample's a, the cost, and the
 * parameters of both layers.
 * @typedef {{ highest: number, a: number[][], cost: number, second: Weights, third: Weights }} Epoch
 */

const X = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const Y = [0, 1, 1, 1];
const ETA = 0.5;
/** The epoch at which the naive form's sum of e^z passes the largest number of the format. */
const BREAK = 3;

/**
 * @param {Format} format
 * @param {'naive' | 'shifted'} form
 * @param {number} epochs
 * @returns {Epoch[]}
 */
export function spread(format, form, epochs) {
  return train(FORMATS[format].round, form, epochs, offsetOf(format));
}

/** The c that puts the largest sum beyond the format's reach at the epoch BREAK and not before. @param {Format} format */
function offsetOf(format) {
  const exact = train(FORMATS.float64.round, 'shifted', BREAK + 1, 0);
  return FORMATS[format].highest - (exact[BREAK - 1].highest + exact[BREAK].highest) / 2;
}

/**
 * @param {(x: number) => number} round
 * @param {'naive' | 'shifted'} form
 * @param {number} epochs
 * @param {number} offset
 */
function train(round, form, epochs, offset) {
  let second = rounded(
    {
      w: [
        [1, -1.5],
        [0.5, -1],
      ],
      b: [-0.25, 0.5],
    },
    round,
  );
  let third = rounded(
    {
      w: [
        [-0.5, 0.5],
        [0.75, -0.25],
      ],
      b: [offset, offset],
    },
    round,
  );
  /** @type {Epoch[]} */
  const all = [];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const hidden = X.map((x) => sums(x, second, round).map((z) => round(1 / (1 + Math.exp(-z)))));
    const z = hidden.map((a) => sums(a, third, round));
    const layers = z.map((row) => softmaxIn(row, form, round));
    const a = layers.map((layer) => layer.a);
    const costs = layers.map(({ logs }, s) => -logs[Y[s]]);
    all.push({
      highest: Math.max(...z.map((row) => row[0] - logSoftmax(row)[0])),
      a,
      cost: mean(costs, round),
      second,
      third,
    });
    const delta = a.map((row, s) => row.map((share, i) => round(share - (i === Y[s] ? 1 : 0))));
    const below = delta.map((row, s) => {
      return third.w.map((from, j) => round(dot(row, from, round) * round(hidden[s][j] * round(1 - hidden[s][j]))));
    });
    third = updated(third, hidden, delta, round);
    second = updated(second, X, below, round);
  }
  return all;
}

/** @param {Weights} weights @param {number[][]} a @param {number[][]} delta @param {(x: number) => number} round */
function updated({ w, b }, a, delta, round) {
  const step = (/** @type {number} */ value, /** @type {number[]} */ parts) =>
    round(value - round(ETA * mean(parts, round)));
  return {
    w: w.map((row, j) =>
      row.map((value, i) =>
        step(
          value,
          delta.map((d, s) => round(d[i] * a[s][j])),
        ),
      ),
    ),
    b: b.map((value, i) =>
      step(
        value,
        delta.map((d) => d[i]),
      ),
    ),
  };
}

/** z_i = Σ_j a_j w_ji + b_i. @param {readonly number[]} a @param {Weights} weights @param {(x: number) => number} round */
function sums(a, { w, b }, round) {
  return b.map((bias, i) =>
    round(
      dot(
        a,
        w.map((row) => row[i]),
        round,
      ) + bias,
    ),
  );
}

/** @param {readonly number[]} left @param {readonly number[]} right @param {(x: number) => number} round */
function dot(left, right, round) {
  return left.reduce((total, value, k) => round(total + round(value * right[k])), 0);
}

/** @param {readonly number[]} values @param {(x: number) => number} round */
function mean(values, round) {
  return round(values.reduce((total, value) => round(total + value), 0) / values.length);
}

/** @param {Weights} weights @param {(x: number) => number} round */
function rounded({ w, b }, round) {
  return { w: w.map((row) => row.map(round)), b: b.map(round) };
}
