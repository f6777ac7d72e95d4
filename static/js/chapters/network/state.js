// @ts-check
/**
 * What `/network` is about: a network at one of its first epochs, the sample that walks through it, and the line of the
 * listing that it has come to. States are values; every function here takes one and returns another.
 */
import { choice, flag, number, numbers, valueWithin } from '../../kit/address.js';

export const MOST_LAYERS = 4;
export const MOST_UNITS = 8;
export const MOST_EPOCHS = 1000;
/** What the numbers of a network may be. */
export const LIMITS = {
  epoch: { low: 0, high: MOST_EPOCHS, whole: true },
  seed: { low: 0, high: 2 ** 32 - 1, whole: true },
  eta: { low: 0, high: 100, above: true },
};

/**
 * `data`: the data set's name; `hidden`: units of each hidden layer; `start`: how the parameters begin; `epoch`: the one
 * that is walked; `sample`: from 0; `line`: how many lines have been walked, from 1; `beside`: whether the all-sigmoid
 * network walks along.
 * @typedef {{
 *   data: string, hidden: readonly number[], start: 'article' | 'scaled', seed: number, eta: number, epoch: number,
 *   sample: number, line: number, beside: boolean
 * }} State
 */

/**
 * @param {readonly string[]} names of the data sets that are small enough
 * @returns {import('../../kit/address.js').Table}
 */
export function walkTable(names) {
  return {
    data: choice(names[0], names),
    hidden: numbers([5], { low: 1, high: MOST_UNITS, whole: true, fewest: 1, most: MOST_LAYERS }),
    start: choice('article', ['article', 'scaled']),
    seed: number(0, LIMITS.seed),
    eta: number(0.1, LIMITS.eta),
    epoch: number(0, LIMITS.epoch),
    sample: number(1, { low: 1, high: 1000, whole: true }),
    line: number(1, { low: 1, high: 50, whole: true }),
    beside: flag(false),
  };
}

/** @param {Record<string, any>} given as readUrl returns it; there samples count from 1 @returns {State} */
export function fromUrl(given) {
  const state = /** @type {State} */ (given);
  return { ...state, sample: state.sample - 1, line: Math.min(state.line, lineCount(state)) };
}

/** @param {State} state @returns {Record<string, any>} as writeUrl takes it */
export function toUrl(state) {
  return { ...state, sample: state.sample + 1 };
}

/** Lines of the listing: fourteen for one hidden layer, six more for each further one. @param {Pick<State, 'hidden'>} state */
export function lineCount({ hidden }) {
  return 8 + 6 * hidden.length;
}

/** @param {State} state @param {number} line @returns {State} */
export function withLine(state, line) {
  return { ...state, line: Math.min(Math.max(line, 1), lineCount(state)) };
}

/** The same walk through another network: from its first line. @param {State} state @param {Partial<State>} changes @returns {State} */
export function withNetwork(state, changes) {
  return { ...state, line: 1, ...changes };
}

/** The epoch after this one, from its first line. @param {State} state @returns {State} */
export function withNextEpoch(state) {
  return { ...state, epoch: Math.min(state.epoch + 1, MOST_EPOCHS), line: 1 };
}

/**
 * Units of hidden layers as they are typed: "5, 4".
 * @param {string} text
 * @returns {readonly number[] | null} null where that is no such list
 */
export function readHidden(text) {
  const units = text.split(/[\s,，、;；–-]+/).filter((part) => part !== '');
  const counts = units.map((part) => valueWithin(part, { low: 1, high: MOST_UNITS, whole: true }));
  if (counts.length < 1 || counts.length > MOST_LAYERS) return null;
  return counts.every((count) => count !== undefined) ? /** @type {number[]} */ (counts) : null;
}

/**
 * What the server is asked for.
 * @param {State} state
 * @param {boolean} sigmoid whether it is the all-sigmoid network that walks along
 */
export function wishOf({ data, hidden, start, seed, eta, epoch }, sigmoid) {
  const pair = sigmoid ? { output: 'sigmoid', cost: 'quadratic' } : { output: 'softmax', cost: 'log-likelihood' };
  return { spec: { dataset: data, hidden, initialisation: start, seed, eta, ...pair }, epoch };
}

/** What of a state the answer of the server depends on. @param {State} state */
export function wishKey(state) {
  return JSON.stringify([wishOf(state, false), state.beside]);
}
