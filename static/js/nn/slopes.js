// @ts-check
/** How steep a network's cost is, layer by layer, and how much of a slope each layer's activations let through. Pure. */
import { costOf, deltaOf } from './costs.js';
import { forward } from './network.js';

/** @typedef {import('./network.js').Parameters} Parameters */
/** @typedef {{ gradient: number, factor: number }} Slope `gradient`: the length of (∂C/∂w, ∂C/∂b), `factor`: the mean a(1 − a) */
/** @typedef {{ cost: number, accuracy: number, layers: Slope[] }} Slopes `layers[l]` belongs to `w[l]`; the last are the outputs */

/**
 * The mean cost over all samples and its gradient, by back-propagation.
 * @param {Parameters} parameters
 * @param {{ x: readonly (readonly number[])[], y: readonly number[] }} data `y`: class indices
 * @param {import('./costs.js').Output} output
 * @param {import('./costs.js').Cost} cost
 * @returns {Slopes}
 */
export function slopesOf(parameters, { x, y }, output, cost) {
  const squares = parameters.w.map((w, l) => [...w, parameters.b[l]].map((row) => row.map(() => 0)));
  const factors = parameters.w.map(() => 0);
  let [total, right] = [0, 0];
  x.forEach((row, n) => {
    const { z, a } = forward(parameters, row, output);
    const last = z.length - 1;
    const target = z[last].map((_, i) => (i === y[n] ? 1 : 0));
    total += costOf(z[last], target, output, cost);
    if (a[last + 1].indexOf(Math.max(...a[last + 1])) === y[n]) right += 1;
    let delta = deltaOf(z[last], target, output, cost);
    for (let l = last; l >= 0; l -= 1) {
      addOuter(squares[l], a[l], delta);
      factors[l] += mean(a[l + 1].map((value) => value * (1 - value)));
      if (l > 0) delta = passedDown(parameters.w[l], delta, a[l]);
    }
  });
  const layers = squares.map((sums, l) => ({
    gradient: Math.hypot(...sums.flat()) / x.length,
    factor: factors[l] / x.length,
  }));
  return { cost: total / x.length, accuracy: right / x.length, layers };
}

/** Adds a·δ to the sums of a layer's weights, and δ to those of its biases, which are the last row. @param {number[][]} sums @param {number[]} a @param {number[]} delta */
function addOuter(sums, a, delta) {
  for (const [j, row] of sums.entries()) {
    const from = j < a.length ? a[j] : 1;
    for (let i = 0; i < row.length; i += 1) row[i] += from * delta[i];
  }
}

/** δ of the sigmoid layer below: (δ·wᵀ) ∘ a(1 − a). @param {readonly (readonly number[])[]} w @param {number[]} delta @param {number[]} a */
function passedDown(w, delta, a) {
  return a.map((value, j) => w[j].reduce((sum, weight, i) => sum + weight * delta[i], 0) * value * (1 - value));
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
