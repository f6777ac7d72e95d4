// @ts-check
/** A network with one hidden layer that reads an image: forward, and what each pixel does to a logit. */
import { sigmoid } from './layers.js';

/**
 * `w1`: (pixels, hidden) and `w2`: (hidden, classes), row by row.
 * @typedef {{ pixels: number, hidden: number, classes: number, w1: Float32Array, b1: Float32Array, w2: Float32Array, b2: Float32Array }} Network
 */
/** @typedef {{ x: Float32Array, hidden: number[], z: number[] }} Sight */

/**
 * A network as scripts/starter.py writes it.
 * @param {ArrayBuffer} bytes
 * @returns {Network}
 */
export function readNetwork(bytes) {
  const view = new DataView(bytes);
  const [pixels, hidden, classes] = [1, 2, 3].map((index) => view.getUint32(4 * index, true));
  if (view.getUint32(0, true) !== 3) throw new Error('the network does not have one hidden layer');
  let at = 16;
  const take = (/** @type {number} */ count) => {
    const numbers = Float32Array.from({ length: count }, (_, index) => view.getFloat32(at + 4 * index, true));
    at += 4 * count;
    return numbers;
  };
  const [w1, b1] = [take(pixels * hidden), take(hidden)];
  return { pixels, hidden, classes, w1, b1, w2: take(hidden * classes), b2: take(classes) };
}

/**
 * A network from a run's parameters.
 * @param {import('./network.js').Parameters} parameters
 * @returns {Network}
 */
export function networkOf({ w, b }) {
  const flat = (/** @type {readonly (readonly number[])[]} */ rows) => Float32Array.from(rows.flat());
  const [pixels, hidden, classes] = [w[0].length, w[1].length, b[1].length];
  return {
    pixels,
    hidden,
    classes,
    w1: flat(w[0]),
    b1: Float32Array.from(b[0]),
    w2: flat(w[1]),
    b2: Float32Array.from(b[1]),
  };
}

/** @param {Network} network @param {Float32Array} x @returns {Sight} */
export function look({ pixels, hidden, classes, w1, b1, w2, b2 }, x) {
  const sums = Float64Array.from(b1);
  for (let p = 0; p < pixels; p += 1) {
    if (x[p] === 0) continue;
    for (let h = 0; h < hidden; h += 1) sums[h] += x[p] * w1[p * hidden + h];
  }
  const a = Array.from(sums, sigmoid);
  const z = Array.from(b2, (bias, k) => a.reduce((sum, value, h) => sum + value * w2[h * classes + k], bias));
  return { x, hidden: a, z };
}

/**
 * ∂(Σ_k weights_k z_k)/∂x for every pixel.
 * @param {Network} network
 * @param {readonly number[]} hidden its activations
 * @param {readonly number[]} weights of the logits
 * @returns {Float32Array}
 */
export function slope({ pixels, hidden: count, classes, w1, w2 }, hidden, weights) {
  const back = hidden.map((a, h) => {
    let sum = 0;
    for (let k = 0; k < classes; k += 1) sum += weights[k] * w2[h * classes + k];
    return sum * a * (1 - a);
  });
  const found = new Float32Array(pixels);
  for (let p = 0; p < pixels; p += 1) {
    let sum = 0;
    for (let h = 0; h < count; h += 1) sum += w1[p * count + h] * back[h];
    found[p] = sum;
  }
  return found;
}

/**
 * What each pixel's ink does to a logit: ink times slope, which is how much the logit would lose, to first order, without it.
 * @param {Network} network
 * @param {Sight} sight
 * @param {number} k
 */
export function contributions(network, { x, hidden }, k) {
  const found = slope(network, hidden, oneOf(network.classes, k, -1));
  return found.map((value, p) => value * x[p]);
}

/** The classes in the order of their logits, the largest first. @param {readonly number[]} z */
export function ranking(z) {
  return z.map((_, k) => k).sort((left, right) => z[right] - z[left]);
}

/** Nudges until it is fooled, and no more. */
const NUDGES = 200;
const NUDGE = 0.02;

/**
 * Changes an image a little, each pixel towards what favours another class, until that class wins.
 * @param {Network} network
 * @param {Float32Array} image
 * @param {number} target
 * @returns {{ x: Float32Array, fooled: boolean, changed: number }} `changed`: the largest change of a pixel
 */
export function fool(network, image, target) {
  const x = Float32Array.from(image);
  for (let step = 0; step <= NUDGES; step += 1) {
    const sight = look(network, x);
    const [best] = ranking(sight.z);
    const changed = x.reduce((most, value, p) => Math.max(most, Math.abs(value - image[p])), 0);
    if (best === target || step === NUDGES) return { x, fooled: best === target, changed };
    const way = slope(network, sight.hidden, oneOf(network.classes, target, best));
    const largest = way.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
    for (let p = 0; p < x.length; p += 1) x[p] = Math.min(1, Math.max(0, x[p] + (NUDGE * way[p]) / largest));
  }
  return { x, fooled: false, changed: 0 };
}

/** 1 for one class, −1 for another (−1: for none), 0 for the rest. @param {number} count @param {number} plus @param {number} minus */
function oneOf(count, plus, minus) {
  return Array.from({ length: count }, (_, k) => (k === plus ? 1 : k === minus ? -1 : 0));
}
