// @ts-check
/**
 * What `/softmax` and the home page are about: one softmax layer's logits, its classes and what is shown of it. States are
 * values; every function here takes one and returns another.
 */

import { choice, flag, number, numbers, texts } from '../../kit/address.js';
import { saying } from '../../kit/saying.js';
import { logSoftmax, sigmoid, softmax } from '../../nn/layers.js';

export const FEWEST = 2;
export const MOST = 12;
export const LONGEST_NAME = 24;
export const LARGEST = 1e308;
export const TEMPERATURE = { low: 0.05, high: 20 };

/** An a that is asked for stays this far from 0 and 1, where z would be infinite. */
const EDGE = 1e-6;
/** What an a may be asked to be. */
export const SHARE = { low: EDGE, high: 1 - EDGE };

/**
 * `z`: logits, one per class. `names`: what the user called the classes, '' where he did not. `chosen`: the class (from 0)
 * that was moved last, whose column and curve are shown. `sigmoid`: the second layer is drawn. `naive`: e^z is computed
 * without the shift. `tab`: which explanation is open.
 * @typedef {{
 *   z: readonly number[], names: readonly string[], temperature: number, chosen: number,
 *   sigmoid: boolean, naive: boolean, tab: 'slopes' | 'triangle' | 'numbers' | 'falsify' | 'overflow' | 'question'
 * }} Layer
 */

/** @type {import('../../kit/address.js').Table} */
export const TABLE = {
  z: numbers([1.2, -0.6, 2.4, 0.3], { low: -LARGEST, high: LARGEST, fewest: FEWEST, most: MOST }),
  names: texts([], { longest: LONGEST_NAME, most: MOST }),
  temperature: number(1, TEMPERATURE),
  chosen: number(3, { low: 1, high: MOST, whole: true }),
  sigmoid: flag(true),
  naive: flag(false),
  tab: choice('slopes', ['slopes', 'triangle', 'numbers', 'falsify', 'overflow', 'question']),
};

/**
 * The layer that an address describes. In an address classes count from 1.
 * @param {Record<string, any>} given as readUrl returns it
 * @returns {Layer}
 */
export function fromUrl(given) {
  const { z, names, chosen, ...rest } = /** @type {any} */ (given);
  return {
    ...rest,
    z,
    names: z.map((/** @type {number} */ _, /** @type {number} */ i) => names[i] ?? ''),
    chosen: Math.min(chosen, z.length) - 1,
  };
}

/**
 * @param {Layer} layer
 * @returns {Record<string, any>} as writeUrl takes it
 */
export function toUrl(layer) {
  const names = layer.names.some((name) => name !== '') ? layer.names : [];
  return { ...layer, names, chosen: layer.chosen + 1 };
}

/**
 * @param {Layer} layer
 * @param {number} i
 * @param {number} value
 * @returns {Layer}
 */
export function withZ(layer, i, value) {
  return { ...layer, chosen: i, z: layer.z.with(i, bounded(value)) };
}

/**
 * The layer in which a_i has the value asked for and the others keep their proportions. Then their z keep their
 * differences, so one z alone has to move: z_i = T·(ln(a/(1 − a)) + ln Σ_{k≠i} e^{z_k/T}).
 * @param {Layer} layer
 * @param {number} i
 * @param {number} a
 * @returns {Layer}
 */
export function withA(layer, i, a) {
  const wanted = Math.min(Math.max(a, SHARE.low), SHARE.high);
  return withZ(layer, i, layer.temperature * Math.log(wanted / (1 - wanted)) + halfway(layer, i));
}

/**
 * The z at which class i has as much as all others together: T·ln Σ_{k≠i} e^{z_k/T}.
 * @param {Layer} layer
 * @param {number} i
 */
export function halfway({ z, temperature }, i) {
  const others = z.filter((_, k) => k !== i);
  return others[0] - temperature * logSoftmax(others, temperature)[0];
}

/**
 * The layer whose outputs are a: z = T·ln a + C, with C such that the mean of z stays.
 * @param {Layer} layer
 * @param {readonly number[]} a
 * @returns {Layer}
 */
export function withAll(layer, a) {
  const free = a.map((value) => layer.temperature * Math.log(Math.max(value, EDGE)));
  const shift = mean(layer.z) - mean(free);
  return { ...layer, z: free.map((value) => value + shift) };
}

/**
 * The same layer with the same number added to every z, so that their mean is the one asked for.
 * @param {Layer} layer
 * @param {number} wanted
 * @returns {Layer}
 */
export function shiftedTo(layer, wanted) {
  const room = { down: -LARGEST - Math.min(...layer.z), up: LARGEST - Math.max(...layer.z) };
  const shift = Math.min(Math.max(wanted - mean(layer.z), room.down), room.up);
  return { ...layer, z: layer.z.map((value) => bounded(value + shift)) };
}

/**
 * @param {Layer} layer
 * @returns {Layer} with one class more, whose z is 0
 */
export function withClass(layer) {
  if (layer.z.length >= MOST) return layer;
  return { ...layer, z: [...layer.z, 0], names: [...layer.names, ''], chosen: layer.z.length };
}

/**
 * @param {Layer} layer
 * @param {number} i
 * @returns {Layer} without class i
 */
export function withoutClass(layer, i) {
  if (layer.z.length <= FEWEST) return layer;
  const z = layer.z.toSpliced(i, 1);
  return { ...layer, z, names: layer.names.toSpliced(i, 1), chosen: Math.min(layer.chosen, z.length - 1) };
}

/**
 * What the user calls class i, or its name in the page's language.
 * @param {Layer} layer
 * @param {number} i
 * @returns {import('../../kit/saying.js').Word}
 */
export function nameOf(layer, i) {
  return layer.names[i] || saying(`softmax.class.${i + 1}`);
}

/**
 * @param {Layer} layer
 * @param {number} i
 * @param {string} name
 * @returns {Layer}
 */
export function renamed(layer, i, name) {
  return { ...layer, names: layer.names.with(i, name.trim().slice(0, LONGEST_NAME)) };
}

/**
 * @param {Layer} layer
 * @param {number} value
 * @returns {Layer}
 */
export function withTemperature(layer, value) {
  return { ...layer, temperature: Math.min(Math.max(value, TEMPERATURE.low), TEMPERATURE.high) };
}

/**
 * The same screen with other logits at temperature 1; names go with their places.
 * @param {Layer} layer
 * @param {readonly number[]} z
 * @returns {Layer}
 */
export function withLogits(layer, z) {
  const names = z.map((_, i) => layer.names[i] ?? '');
  return { ...layer, z, names, temperature: 1, chosen: Math.min(layer.chosen, z.length - 1) };
}

/** Ready-made logits. The article's a = (0.1, 0.2, 0.3, 0.4) is reached by z = ln a + C, here with C = 2. */
export const PRESETS = Object.freeze({
  start: TABLE.z.initial,
  article: [0.1, 0.2, 0.3, 0.4].map((a) => Math.log(a) + 2),
  ties: [1, 1, 1, 1],
  pair: [2, 2, -1, -1],
  winner: [0, 0, 8, 0],
  thousand: [1000, -1000, 999, 0],
  two: [0.8, -0.4],
  three: [1, 0.2, -0.5],
  twelve: [2.1, -1.4, 0.6, 1.3, -0.2, 0.9, -2.2, 1.7, 0.1, -0.8, 0.4, -1.1],
});

/**
 * The end of the axis on which these z are drawn: 5, 10, 20, 50, 100 …
 * @param {readonly number[]} z
 */
export function axisEnd(z) {
  const largest = Math.max(5, ...z.map(Math.abs));
  const size = 10 ** Math.floor(Math.log10(largest));
  const end = [1, 2, 5, 10].map((step) => step * size).find((step) => step >= largest);
  return end !== undefined && Number.isFinite(end) ? end : LARGEST;
}

/** @param {readonly number[]} values */
export function mean(values) {
  return values.reduce((total, value) => total + value / values.length, 0);
}

/** Where e^z is shown as it is; beyond, e^{z − max z} is, which has the same shares and does not overflow. */
const SHOWABLE = 12;

/**
 * All numbers of the layer on the way from z to a. `shift` is what was taken from every z/T before the power; `powers` are
 * e^{z/T − shift}. With `naive` nothing is taken, and the powers and a may be infinite or NaN: `broken` says so.
 * @typedef {{
 *   z: readonly number[], scaled: number[], shift: number, powers: number[], sum: number, a: number[], total: number,
 *   sigmoid: number[], sigmoidTotal: number, broken: boolean
 * }} Trace
 */

/** States never change, so their traces need computing once. @type {WeakMap<Layer, Trace>} */
const traces = new WeakMap();

/**
 * @param {Layer} layer
 * @returns {Trace}
 */
export function traceOf(layer) {
  const known = traces.get(layer);
  if (known) return known;
  const trace = compute(layer);
  traces.set(layer, trace);
  return trace;
}

/** @param {Layer} layer @returns {Trace} */
function compute({ z, temperature, naive }) {
  const scaled = z.map((value) => value / temperature);
  const highest = Math.max(...scaled);
  const shift = naive || Math.abs(highest) <= SHOWABLE ? 0 : highest;
  const powers = scaled.map((value) => Math.exp(value - shift));
  const sum = total(powers);
  const a = naive ? powers.map((power) => power / sum) : softmax(z, temperature);
  const beside = z.map((value) => sigmoid(value));
  const broken = ![sum, ...a, ...powers].every(Number.isFinite);
  return { z, scaled, shift, powers, sum, a, total: total(a), sigmoid: beside, sigmoidTotal: total(beside), broken };
}

/** @param {readonly number[]} values */
function total(values) {
  return values.reduce((sum, value) => sum + value, 0);
}

/** @param {number} value */
function bounded(value) {
  return Math.min(Math.max(value, -LARGEST), LARGEST);
}
