// @ts-check
/**
 * A search for counter-examples to what the article claims of softmax: random z, in float64 and float32. The claims are
 * true of real numbers, so whatever it finds is the floats' doing.
 */
import { FORMATS, softmaxIn, sumIn } from './floats.js';
import { softmax } from './layers.js';

/**
 * `inside`: every a lies between 0 and 1. `whole`: they sum to 1. `monotone`: a higher z_i raises a_i and lowers every other
 * a. `everyone`: it changes every a.
 * @typedef {'inside' | 'whole' | 'monotone' | 'everyone'} Claim
 */
/** @typedef {'float64' | 'float32'} Searched */
/**
 * `z`: the logits; `i`: the class whose z is raised by `by`; `j`: the class that breaks the claim; `a` before, `after` the raise;
 * `kind`: how it breaks.
 * @typedef {{
 *   claim: Claim, format: Searched, kind: 'zero' | 'one' | 'sum' | 'stuck' | 'backwards', z: number[], i: number, by: number,
 *   j: number, a: number[], after: number[]
 * }} Found
 */
/** @typedef {Record<Claim, Record<Searched, { count: number, best: Found | null }>>} Tally */

export const CLAIMS = /** @type {const} */ (['inside', 'whole', 'monotone', 'everyone']);
export const SEARCHED = /** @type {const} */ (['float64', 'float32']);
const MOST_CLASSES = 5;

/** The layer in each format; in float64 it is the page's own. */
const LAYERS = {
  float64: softmax,
  float32: (/** @type {readonly number[]} */ z) => softmaxIn(z, 'shifted', Math.fround).a,
};

/**
 * A search that can be done piece by piece. The same seed and width find the same.
 * @param {number} seed
 * @param {number} width z lie within ± this, with two decimals
 */
export function search(seed, width) {
  const random = uniform(seed);
  const tally = /** @type {Tally} */ (
    Object.fromEntries(CLAIMS.map((claim) => [claim, { float64: empty(), float32: empty() }]))
  );
  let done = 0;
  const trial = () => {
    const count = 2 + Math.floor(random() * (MOST_CLASSES - 1));
    const z = Array.from({ length: count }, () => hundredths((2 * random() - 1) * width));
    const i = Math.floor(random() * count);
    const by = hundredths(0.01 + random());
    for (const format of SEARCHED) {
      for (const found of broken(z, i, by, format)) keep(tally[found.claim][format], found);
    }
  };
  return {
    tally,
    get done() {
      return done;
    },
    /** @param {number} trials */
    advance(trials) {
      for (let k = 0; k < trials; k += 1) trial();
      done += trials;
    },
  };
}

/**
 * Every claim that these z break, at most once each.
 * @param {number[]} z
 * @param {number} i
 * @param {number} by
 * @param {Searched} format
 * @returns {Found[]}
 */
export function broken(z, i, by, format) {
  const a = LAYERS[format](z);
  const after = LAYERS[format](z.with(i, z[i] + by));
  const all = { format, z, i, by, a, after };
  /** @type {Found[]} */
  const found = [];
  const edge = a.findIndex((share) => !(share > 0 && share < 1));
  if (edge >= 0) found.push({ ...all, claim: 'inside', kind: a[edge] === 0 ? 'zero' : 'one', j: edge });
  if (sumIn(a, FORMATS[format].round) !== 1) found.push({ ...all, claim: 'whole', kind: 'sum', j: i });
  const wrong = a.findIndex((share, j) => (j === i ? after[j] <= share : after[j] >= share));
  if (wrong >= 0) {
    found.push({ ...all, claim: 'monotone', kind: a[wrong] === after[wrong] ? 'stuck' : 'backwards', j: wrong });
  }
  const deaf = a.findIndex((share, j) => after[j] === share);
  if (deaf >= 0) found.push({ ...all, claim: 'everyone', kind: 'stuck', j: deaf });
  return found;
}

/** @returns {{ count: number, best: Found | null }} */
function empty() {
  return { count: 0, best: null };
}

/** Counts it, and keeps it where it is the plainest so far: few classes, then z close together. @param {ReturnType<typeof empty>} tally @param {Found} found */
function keep(tally, found) {
  tally.count += 1;
  if (tally.best === null || plainness(found) < plainness(tally.best)) tally.best = found;
}

/** @param {Found} found */
function plainness({ z }) {
  return z.length * 1e6 + Math.max(...z) - Math.min(...z);
}

/** @param {number} value */
function hundredths(value) {
  return Math.round(value * 100) / 100;
}

/** A small generator of uniform numbers in [0, 1): a Weyl sequence and two rounds of mixing. @param {number} seed */
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
