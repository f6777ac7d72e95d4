// @ts-check
/** What `/train` shows, as one value that fits into its address: the run spec and the way it is looked at. */
import { choice, flag, number, valueWithin } from '../../kit/address.js';

/** @typedef {import('../../runs/datasets.js').DataTable} DataTable */
/** @typedef {import('../../nn/network.js').Parameters} Parameters */

/**
 * @typedef {{
 *   dataset: string, table: DataTable | null, hidden: readonly number[], output: string, cost: string,
 *   rule: 'exact' | 'article' | 'both', start: string, given: Parameters | null, list: 'spread' | 'worst', bias: boolean, epochs: number, eta: number,
 *   batch: number | null, seed: number, pace: number | null, log: boolean, sample: number, show: 'exact' | 'article',
 *   at: number, go: boolean,
 * }} Experiment `show`: whose network is drawn where both rules run; `at`: the epoch looked at, −1 for the newest;
 * `go`: training was begun, so opening the address begins it again
 */

/** Longer tables and parameters are left out of the address: browsers and servers cut addresses off. */
const LONGEST_TABLE = 4000;

/** The hand-made data set that an own table starts from. @type {DataTable} */
export const FIRST_TABLE = {
  x: [
    [0, 0, 0, 1],
    [0, 1, 0, 1],
    [1, 0, 0, 0],
    [0, 1, 1, 1],
    [1, 1, 0, 1],
    [1, 1, 1, 1],
  ],
  y: [0, 0, 0, 1, 1, 1],
  classes: 2,
};

/** A number or "null". @returns {import('../../kit/address.js').Entry<number | null>} */
function numberOrNull() {
  return {
    initial: null,
    read: (text) => (text === 'null' ? null : valueWithin(text, { low: 0, above: true })),
    write: String,
  };
}

/** @returns {import('../../kit/address.js').Entry<readonly number[]>} */
function units() {
  return {
    initial: [5],
    read: (text) => {
      const parts = text === '' ? [] : text.split('-').map((part) => valueWithin(part, { low: 1, whole: true }));
      const sound = parts.length <= 4 && parts.every((part) => part !== undefined);
      return sound ? /** @type {number[]} */ (parts) : undefined;
    },
    write: (parts) => parts.join('-'),
  };
}

/** Parameters by hand. @returns {import('../../kit/address.js').Entry<Parameters | null>} */
function parameters() {
  return {
    initial: null,
    read: (text) => {
      try {
        const { w, b } = JSON.parse(text);
        return Array.isArray(w) && Array.isArray(b) ? { w, b } : undefined;
      } catch {
        return undefined;
      }
    },
    write: (value) => {
      const text = value === null ? '' : JSON.stringify(value);
      return text.length > LONGEST_TABLE ? '' : text;
    },
  };
}

/** @returns {import('../../kit/address.js').Entry<DataTable | null>} */
function table() {
  return {
    initial: null,
    read: (text) => {
      try {
        const { x, y, classes } = JSON.parse(text);
        const good =
          Array.isArray(x) && Array.isArray(y) && x.every((row) => Array.isArray(row) && row.every(Number.isFinite));
        return good && y.every(Number.isInteger) && Number.isInteger(classes) ? { x, y, classes } : undefined;
      } catch {
        return undefined;
      }
    },
    write: (value) => {
      const text = value === null ? '' : JSON.stringify(value);
      return text.length > LONGEST_TABLE ? '' : text;
    },
  };
}

/** @param {readonly string[]} datasets the names that there are */
export function experimentTable(datasets) {
  return {
    dataset: choice('iris-versicolor-virginica', [...datasets, 'table']),
    table: table(),
    hidden: units(),
    output: choice('softmax', ['softmax', 'sigmoid']),
    cost: choice('log-likelihood', ['log-likelihood', 'cross-entropy', 'quadratic']),
    rule: choice('exact', ['exact', 'article', 'both']),
    start: choice('article', ['article', 'scaled', 'given']),
    given: parameters(),
    bias: flag(true),
    epochs: number(10_000, { low: 1, whole: true }),
    eta: number(0.1),
    batch: numberOrNull(),
    seed: number(0, { low: 0, whole: true }),
    pace: numberOrNull(),
    log: flag(true),
    sample: number(-1, { low: -1, whole: true }),
    list: choice('spread', ['spread', 'worst']),
    show: choice('exact', ['exact', 'article']),
    at: number(-1, { low: -1, whole: true }),
    go: flag(false),
  };
}

/**
 * @param {Experiment} experiment
 * @param {'exact' | 'article'} rule
 * @returns {Record<string, any> & { pace: number | null }} the run spec that the server takes
 */
export function specOf(experiment, rule) {
  const { dataset, table: own, hidden, output, cost, start, given, bias, epochs, eta, batch, seed, pace } = experiment;
  return {
    dataset: dataset === 'table' ? (own ?? FIRST_TABLE) : dataset,
    hidden,
    output,
    cost,
    rule,
    initialisation: start === 'given' ? (given ?? 'article') : start,
    output_bias: bias,
    epochs,
    eta,
    batch_size: batch,
    seed,
    pace,
  };
}

/** The rules that an experiment runs by. @param {Experiment} experiment @returns {('exact' | 'article')[]} */
export function rulesOf({ rule }) {
  return rule === 'both' ? ['exact', 'article'] : [rule];
}

/** What belongs to the spec: when it changes, a run of the old one is no longer this experiment's. @param {Experiment} e */
export function specKey(e) {
  const { log: _log, sample: _sample, list: _list, show: _show, at: _at, go: _go, pace: _pace, ...rest } = e;
  return JSON.stringify(rest);
}

/**
 * How far apart the lines of the thousand-table are: 1000 epochs, as the article prints, where that gives 3 to 21 lines;
 * else a round number that gives about ten.
 * @param {number} epochs
 */
export function markStep(epochs) {
  if (epochs >= 2000) return 1000 * Math.ceil(epochs / 20_000);
  const rough = epochs / 10;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? 1;
}

/** The epochs of that table: every so many, and the last. @param {number} epochs @returns {number[]} */
export function marksOf(epochs) {
  const step = markStep(epochs);
  const marks = Array.from({ length: Math.floor(epochs / step) + 1 }, (_, i) => i * step);
  return marks.at(-1) === epochs ? marks : [...marks, epochs];
}
