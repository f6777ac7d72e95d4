// @ts-check
/** The way forward through a network of sigmoid hidden layers, as app/nn/network.py has it. */
import { activate } from './costs.js';
import { sigmoid } from './layers.js';

/**
 * Weights and biases of every layer after the inputs; `w[l][j][i]` leads from unit j to unit i.
 * @typedef {{ w: readonly (readonly (readonly number[])[])[], b: readonly (readonly number[])[] }} Parameters
 */

/**
 * All z and a of one sample: `a[0]` are the inputs, `z[l]` and `a[l + 1]` belong to `w[l]`.
 * @param {Parameters} parameters
 * @param {readonly number[]} x
 * @param {import('./costs.js').Output} output
 * @returns {{ z: number[][], a: number[][] }}
 */
export function forward(parameters, x, output) {
  /** @type {number[][]} */
  const z = [];
  const a = [[...x]];
  const last = parameters.w.length - 1;
  for (let layer = 0; layer <= last; layer += 1) {
    const sums = weightedSums(parameters.w[layer], parameters.b[layer], a[layer]);
    z.push(sums);
    a.push(layer === last ? activate(sums, output) : sums.map(sigmoid));
  }
  return { z, a };
}

/**
 * z_i = Σ_j a_j w_ji + b_i.
 * @param {readonly (readonly number[])[]} w
 * @param {readonly number[]} b
 * @param {readonly number[]} a
 * @returns {number[]}
 */
function weightedSums(w, b, a) {
  const sums = new Array(b.length).fill(0);
  for (let j = 0; j < a.length; j += 1) {
    for (let i = 0; i < sums.length; i += 1) sums[i] += a[j] * w[j][i];
  }
  return sums.map((sum, i) => sum + b[i]);
}
