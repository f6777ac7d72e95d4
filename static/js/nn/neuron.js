// @ts-check
/**
 * One sigmoid neuron with one input, trained by gradient descent on one sample: the smallest thing that learns slowly. Pure.
 */
import { costOf } from './costs.js';
import { sigmoid } from './layers.js';

/**
 * What the neuron was before each update, epoch by epoch: entry e belongs to the parameters before update e, the last entry
 * to the final ones. `gradient` is |∂C/∂w| = |∂C/∂b| (the input is 1), `factor` is a(1 − a).
 * @typedef {{
 *   w: number[], b: number[], z: number[], a: number[], cost: number[], gradient: number[], factor: number[],
 * }} NeuronRun
 */

/**
 * z = w·1 + b, a = σ(z), target 0; w and b both go down by eta·∂C/∂z: a·a(1 − a) with the quadratic cost, a with
 * cross-entropy.
 * @param {{ w: number, b: number, eta: number, epochs: number, cost: 'quadratic' | 'cross-entropy' }} start
 * @returns {NeuronRun} epochs + 1 entries in each list
 */
export function trainNeuron({ w, b, eta, epochs, cost }) {
  /** @type {NeuronRun} */
  const run = { w: [], b: [], z: [], a: [], cost: [], gradient: [], factor: [] };
  let [weight, bias] = [w, b];
  for (let epoch = 0; epoch <= epochs; epoch += 1) {
    const z = weight + bias;
    const a = sigmoid(z);
    // 1 − a would lose the digits that a saturated neuron lives on; σ(−z) has them.
    const factor = a * sigmoid(-z);
    const delta = cost === 'quadratic' ? a * factor : a;
    run.w.push(weight);
    run.b.push(bias);
    run.z.push(z);
    run.a.push(a);
    run.cost.push(costOf([z], [0], 'sigmoid', cost));
    run.gradient.push(delta);
    run.factor.push(factor);
    weight -= eta * delta;
    bias -= eta * delta;
  }
  return run;
}

/**
 * The first epoch whose cost is at most half of the first one's; null where there is none yet.
 * @param {readonly number[]} costs
 * @param {readonly number[]} [epochs] the costs' epochs; 0, 1, 2, … without
 * @returns {number | null}
 */
export function epochsToHalf(costs, epochs) {
  const place = costs.findIndex((cost) => cost <= costs[0] / 2);
  if (place === -1 || costs[0] === 0) return null;
  return epochs ? epochs[place] : place;
}
