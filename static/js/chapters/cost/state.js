// @ts-check
/**
 * What `/cost` is about: one layer, the target that it should have given, and what that costs. A scene is a layer with a
 * target beside it, so everything that moves a layer moves a scene. Scenes are values; functions take one and return another.
 */

import {
  FEWEST,
  LARGEST,
  LONGEST_NAME,
  MOST,
  withA,
  withClass,
  withLogits,
  withoutClass,
  withZ,
} from '../../figures/layer/state.js';
import { choice, number, numbers, texts } from '../../kit/address.js';
import { activate } from '../../nn/costs.js';
import { PAIR_NAMES, PAIRS } from '../../nn/pairs.js';

export { PAIR_NAMES, PAIRS };

/** @typedef {import('../../nn/pairs.js').PairName} Pair */
/** @typedef {'one-hot' | 'soft' | 'multi-hot'} Kind */
/** @typedef {'terms' | 'compare' | 'one' | 'two' | 'zero'} Panel */

/**
 * `y`: the target, one number a class. `kind`: what y may be: one class; shares that sum to 1; any classes at once. `pair`:
 * which output layer with which cost. `chosen`: the class looked at; `second`: the other axis of the cost over two z.
 * @typedef {import('../../figures/layer/state.js').Layer & {
 *   y: readonly number[], kind: Kind, pair: Pair, second: number, panel: Panel, question: number
 * }} Scene
 */

/** How much of a target is spread over all classes when it turns from one-hot into soft. */
const SPREAD = 0.2;
/** A z stays this far out at the most when an output of 0 or 1 is asked for. */
const EDGE = 1e-6;
/** Shares whose sum is this near to 1 are left as they are. */
const ROUNDING = 1e-12;

/** @type {import('../../kit/address.js').Table} */
export const TABLE = {
  z: numbers([0.5, -1.2, 1.9, 0.1], { low: -LARGEST, high: LARGEST, fewest: FEWEST, most: MOST }),
  y: numbers([0, 1, 0, 0], { low: 0, high: 1, most: MOST }),
  kind: choice('one-hot', ['one-hot', 'soft', 'multi-hot']),
  pair: choice('log-likelihood', PAIR_NAMES),
  names: texts([], { longest: LONGEST_NAME, most: MOST }),
  chosen: number(2, { low: 1, high: MOST, whole: true }),
  second: number(3, { low: 1, high: MOST, whole: true }),
  panel: choice('terms', ['terms', 'compare', 'one', 'two', 'zero', 'question']),
  question: number(1, { low: 1, high: 99, whole: true }),
};

/** What a scene has of a layer and never changes. */
const STILL = /** @type {const} */ ({ temperature: 1, sigmoid: false, naive: false, tab: 'slopes' });

/**
 * The scene that an address describes; in an address classes count from 1. A target that does not fit is made to.
 * @param {Record<string, any>} given as readUrl returns it
 * @returns {Scene}
 */
export function fromUrl(given) {
  const { z, y, names, chosen, second, ...rest } = /** @type {any} */ (given);
  const all = /** @type {number[]} */ (z).map((_, i) => i);
  const scene = {
    ...STILL,
    ...rest,
    z,
    y: all.map((i) => y[i] ?? 0),
    names: all.map((i) => names[i] ?? ''),
    chosen: Math.min(chosen, z.length) - 1,
    second: Math.min(second, z.length) - 1,
  };
  return looking(fitted(scene), scene.chosen);
}

/**
 * @param {Scene} scene
 * @returns {Record<string, any>} as writeUrl takes it
 */
export function toUrl(scene) {
  const names = scene.names.some((name) => name !== '') ? scene.names : [];
  return { ...scene, names, chosen: scene.chosen + 1, second: scene.second + 1 };
}

/** @param {Scene} scene @param {number} i @param {number} value @returns {Scene} */
export function movedZ(scene, i, value) {
  return looking(/** @type {Scene} */ (withZ(scene, i, value)), i);
}

/**
 * The scene in which a_i is what was asked for; one z has to move.
 * @param {Scene} scene
 * @param {number} i
 * @param {number} a
 */
export function movedA(scene, i, a) {
  if (PAIRS[scene.pair].output === 'softmax') return looking(/** @type {Scene} */ (withA(scene, i, a)), i);
  const wanted = Math.min(Math.max(a, EDGE), 1 - EDGE);
  return movedZ(scene, i, Math.log(wanted / (1 - wanted)));
}

/** The same scene looked at from class i. The other axis is another class. @param {Scene} scene @param {number} i */
export function looking(scene, i) {
  const count = scene.z.length;
  const second = scene.second === i || scene.second >= count ? (i + 1) % count : scene.second;
  return { ...scene, chosen: i, second };
}

/**
 * The scene with y_i as asked for, and the other y as the kind of target then needs them.
 * @param {Scene} scene
 * @param {number} i
 * @param {number} value
 * @returns {Scene}
 */
export function withY(scene, i, value) {
  const wanted = Math.min(Math.max(value, 0), 1);
  if (scene.kind === 'one-hot') return looking({ ...scene, y: oneHot(scene.y.length, i) }, i);
  if (scene.kind === 'multi-hot') return looking({ ...scene, y: scene.y.with(i, wanted >= 0.5 ? 1 : 0) }, i);
  return looking({ ...scene, y: shared(scene.y, i, wanted) }, i);
}

/**
 * The scene with another kind of target, as near to the old one as that kind allows; a second class joins a multi-hot one.
 * @param {Scene} scene
 * @param {Kind} kind
 * @returns {Scene}
 */
export function withKind(scene, kind) {
  if (kind === scene.kind) return scene;
  const target = top(scene.y);
  const only = { ...scene, kind, y: oneHot(scene.y.length, target) };
  if (kind === 'one-hot') return only;
  if (kind === 'soft') return { ...only, y: only.y.map((y) => (1 - SPREAD) * y + SPREAD / only.y.length) };
  const { a } = costTrace(scene);
  return { ...only, y: only.y.with(top(a.map((value, i) => (i === target ? -1 : value))), 1) };
}

/** @param {Scene} scene @returns {Scene} with one class more, which is not the target */
export function withOneMore(scene) {
  const grown = withClass(scene);
  return grown === scene ? scene : fitted(looking({ ...scene, ...grown, y: [...scene.y, 0] }, grown.chosen));
}

/** @param {Scene} scene @returns {Scene} without its last class */
export function withOneLess(scene) {
  const last = scene.z.length - 1;
  const shrunk = withoutClass(scene, last);
  return shrunk === scene
    ? scene
    : fitted(looking({ ...scene, ...shrunk, y: scene.y.toSpliced(last, 1) }, shrunk.chosen));
}

/**
 * A scene that is worth seeing, loaded at one click.
 * @param {Scene} scene
 * @param {keyof typeof PRESETS} name
 * @returns {Scene}
 */
export function withPreset(scene, name) {
  const { z, y, kind = 'one-hot', pair = scene.pair, panel = scene.panel } = PRESETS[name];
  const loaded = { ...scene, ...withLogits(scene, z), y, kind: /** @type {Kind} */ (kind), pair, panel };
  return looking(/** @type {Scene} */ (loaded), top(y));
}

/** ln a − ln 0.4; the last digit of z₂ is such that C comes out as −ln 0.2 in all digits, however logarithms are rounded. */
const EXAMPLE = [-1.3862943611198906, -0.6931471805599452, -0.2876820724517809, 0];

/**
 * Ready-made scenes. `example` is the article's: a = (0.1, 0.2, 0.3, 0.4), y = (0, 1, 0, 0), so that C = −ln 0.2.
 * @type {Record<'start' | 'example' | 'wrong' | 'right' | 'soft' | 'multi' | 'two' | 'underflow' | 'certain' | 'thousand',
 *   { z: readonly number[], y: readonly number[], kind?: Kind, pair?: Pair, panel?: Panel }>}
 */
export const PRESETS = {
  start: { z: TABLE.z.initial, y: TABLE.y.initial },
  example: { z: EXAMPLE, y: [0, 1, 0, 0], pair: 'log-likelihood', panel: 'terms' },
  wrong: { z: [6, -4, 0, 1], y: [0, 1, 0, 0], panel: 'compare' },
  right: { z: [-4, 5, -5, -6], y: [0, 1, 0, 0] },
  soft: { z: [0.5, 2.3, 0.9, 0.1], y: [0.05, 0.85, 0.05, 0.05], kind: 'soft', pair: 'log-likelihood' },
  multi: { z: [0.5, -1.2, 1.9, 0.1], y: [0, 1, 1, 0], kind: 'multi-hot', pair: 'log-likelihood' },
  two: { z: [0.8, -0.4], y: [0, 1] },
  underflow: { z: [0, -746], y: [0, 1], pair: 'log-likelihood', panel: 'zero' },
  certain: { z: [37.5, 0], y: [1, 0], pair: 'log-likelihood', panel: 'zero' },
  thousand: { z: [1000, -1000, 999, 0], y: [1, 0, 0, 0], pair: 'log-likelihood', panel: 'zero' },
};

/**
 * All numbers of the scene: the outputs and δ of its pair, what each class adds to the cost, and the cost itself. The empty
 * `sigmoid` is the layer that is not drawn beside this one.
 * @typedef {{
 *   z: readonly number[], y: readonly number[], a: number[], delta: number[], terms: number[], cost: number, total: number,
 *   asked: number, sigmoid: number[]
 * }} CostTrace
 */

/** @type {WeakMap<Scene, CostTrace>} */
const traces = new WeakMap();

/**
 * @param {Scene} scene
 * @returns {CostTrace}
 */
export function costTrace(scene) {
  const known = traces.get(scene);
  if (known) return known;
  const { z, y, pair } = scene;
  const a = activate(z, PAIRS[pair].output);
  const terms = PAIRS[pair].terms(z, y);
  const delta = PAIRS[pair].delta(z, y);
  const trace = { z, y, a, delta, terms, cost: sum(terms), total: sum(a), asked: sum(y), sigmoid: [] };
  traces.set(scene, trace);
  return trace;
}

/**
 * Every pair at the same z and y.
 * @param {Scene} scene
 * @returns {{ pair: Pair, cost: number, delta: number[] }[]}
 */
export function compared({ z, y }) {
  return PAIR_NAMES.map((pair) => ({ pair, cost: sum(PAIRS[pair].terms(z, y)), delta: PAIRS[pair].delta(z, y) }));
}

/** The class whose y is the largest: the target's, where there is one. @param {readonly number[]} y */
export function top(y) {
  return y.indexOf(Math.max(...y));
}

/** @param {Scene} scene @returns {Scene} whose target is of its kind */
function fitted(scene) {
  const { y, kind } = scene;
  if (kind === 'one-hot') return { ...scene, y: oneHot(y.length, top(y)) };
  if (kind === 'multi-hot') return { ...scene, y: y.map((value) => (value >= 0.5 ? 1 : 0)) };
  const all = sum(y);
  if (Math.abs(all - 1) < ROUNDING) return scene;
  return { ...scene, y: all > 0 ? y.map((value) => value / all) : y.map(() => 1 / y.length) };
}

/** @param {number} count @param {number} target */
function oneHot(count, target) {
  return Array.from({ length: count }, (_, i) => (i === target ? 1 : 0));
}

/** Shares that sum to 1 with the one asked for; the others keep their proportions. @param {readonly number[]} y @param {number} i @param {number} value */
function shared(y, i, value) {
  const others = sum(y.toSpliced(i, 1));
  return y.map((one, k) => {
    if (k === i) return value;
    return (1 - value) * (others > 0 ? one / others : 1 / (y.length - 1));
  });
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
