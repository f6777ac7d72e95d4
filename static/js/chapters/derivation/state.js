// @ts-check
/**
 * What `/derivation` is about: one sample at the output layer, the claim that is derived, and how far. States are values;
 * every function here takes one and returns another.
 */
import { choice, number, numbers } from '../../kit/address.js';

export const LESSONS = Object.freeze(['sigmoid', 'same', 'other', 'signs', 'delta', 'weight', 'bias']);
export const FEWEST = 2;
export const MOST = 12;
/** Beyond this e^z, and so the steps that write it out, would need more digits than a screen has. */
export const LARGEST = 20;
/** As far as a slider reaches. */
export const REACH = 5;
export const UNITS = 3;

/**
 * `lesson`: the claim that is derived; `step`: how many of its steps are shown, from 1. `z`, `y`: one per class; `h`: the
 * activations before. `i`, `j`: the classes in the formulas, from 0, never the same; `unit`: the unit before, from 0.
 * `convention`: how a weight is written.
 * @typedef {{
 *   lesson: string, step: number, z: readonly number[], y: readonly number[], h: readonly number[],
 *   i: number, j: number, unit: number, convention: 'article' | 'code'
 * }} State
 */

const Z = { low: -LARGEST, high: LARGEST, fewest: FEWEST, most: MOST };
const index = (/** @type {number} */ initial, /** @type {number} */ high) =>
  number(initial, { low: 1, high, whole: true });

/** @type {import('../../kit/address.js').Table} */
export const TABLE = {
  lesson: choice('same', LESSONS),
  step: number(1, { low: 1, high: 20, whole: true }),
  z: numbers([1.2, -0.6, 2.4, 0.3], Z),
  y: numbers([0, 0, 1, 0], { low: 0, high: 1, fewest: FEWEST, most: MOST }),
  h: numbers([0.9, 0.2, 0.6], { low: 0, high: 1, fewest: UNITS, most: UNITS }),
  i: index(3, MOST),
  j: index(1, MOST),
  unit: index(1, UNITS),
  convention: choice('article', ['article', 'code']),
};

/**
 * The state that an address describes. In an address classes count from 1; what does not fit the number of classes is put
 * right.
 * @param {Record<string, any>} given as readUrl returns it
 * @param {(lesson: string) => number} stepsOf how many steps a lesson has
 * @returns {State}
 */
export function fromUrl(given, stepsOf) {
  const { z, y, i, j, unit, step, ...rest } = /** @type {any} */ (given);
  const state = { ...rest, z, y: fitted(y, z.length), i: Math.min(i, z.length) - 1, j: j - 1, unit: unit - 1 };
  return { ...apart(state), step: Math.min(step, stepsOf(rest.lesson)) };
}

/** @param {State} state @returns {Record<string, any>} as writeUrl takes it */
export function toUrl(state) {
  return { ...state, i: state.i + 1, j: state.j + 1, unit: state.unit + 1 };
}

/** @param {State} state @param {number} i @param {number} value @returns {State} */
export function withZ(state, i, value) {
  return { ...state, z: state.z.with(i, Math.min(Math.max(value, -LARGEST), LARGEST)) };
}

/** @param {State} state @param {number} i @param {number} value @returns {State} with y_i = value, and the other y left alone */
export function withY(state, i, value) {
  return { ...state, y: state.y.with(i, Math.min(Math.max(value, 0), 1)) };
}

/** @param {State} state @param {number} i @returns {State} with class i as the one right answer */
export function withTarget(state, i) {
  return { ...state, y: oneHot(i, state.z.length) };
}

/** @param {State} state @param {number} j @param {number} value @returns {State} */
export function withH(state, j, value) {
  return { ...state, h: state.h.with(j, Math.min(Math.max(value, 0), 1)) };
}

/** @param {State} state @param {number} i @returns {State} */
export function withI(state, i) {
  return apart({ ...state, i });
}

/** @param {State} state @param {number} j @returns {State}; where j is i already the two change places */
export function withJ(state, j) {
  return j === state.i ? { ...state, i: state.j, j } : { ...state, j };
}

/** @param {State} state @returns {State} with one class more, whose z and y are 0 */
export function withClass(state) {
  return state.z.length >= MOST ? state : { ...state, z: [...state.z, 0], y: [...state.y, 0] };
}

/** @param {State} state @returns {State} without its last class */
export function withoutClass(state) {
  if (state.z.length <= FEWEST) return state;
  const count = state.z.length - 1;
  const y = state.y.slice(0, count);
  return apart({
    ...state,
    z: state.z.slice(0, count),
    y: y.some((value) => value > 0) ? y : oneHot(count - 1, count),
    i: Math.min(state.i, count - 1),
  });
}

/** @param {State} state @param {string} lesson @returns {State} at the beginning of another claim */
export function withLesson(state, lesson) {
  return lesson === state.lesson ? state : { ...state, lesson, step: 1 };
}

/** What stands for i and j in the formulas of this lesson. @param {State} state @param {readonly string[]} picks @returns {{ i: number, j: number }} */
export function bindingOf({ i, j, unit }, picks) {
  return { i, j: picks.includes('unit') ? unit : j };
}

/**
 * The numbers that the formulas are about. The weights stay as they are, so that a hand that moves z_i moves its bias b_i.
 * @param {State} state
 * @returns {import('./formulas/evaluate.js').Sample}
 */
export function sampleOf({ z, y, h }) {
  const w = z.map((_, i) => h.map((_, j) => weight(i, j)));
  const b = z.map((value, i) => value - w[i].reduce((sum, one, j) => sum + one * h[j], 0));
  return { z, y, h, w, b };
}

/** A weight between −¾ and ¾, not the same for neighbours. @param {number} i @param {number} j */
function weight(i, j) {
  return (((5 * i + 3 * j + 2) % 7) - 3) / 4;
}

/** @param {number} i @param {number} count @returns {number[]} */
function oneHot(i, count) {
  return Array.from({ length: count }, (_, k) => (k === i ? 1 : 0));
}

/** @param {readonly number[]} y @param {number} count @returns {readonly number[]} */
function fitted(y, count) {
  if (y.length === count) return y;
  const right = y.indexOf(1);
  return oneHot(right >= 0 && right < count ? right : 0, count);
}

/** j, moved on where it is i or not a class. @param {State} state @returns {State} */
function apart(state) {
  const { i, j, z } = state;
  if (j < z.length && j !== i) return state;
  return { ...state, j: (i + 1) % z.length };
}
