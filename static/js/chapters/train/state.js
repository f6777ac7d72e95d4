// @ts-check
/** What `/train` shows, as one value that fits into its address: the run spec and the way it is looked at. */
import { choice, flag, number, valueWithin } from '../../kit/address.js';
import { kept, keptEntry } from '../../kit/kept.js';

/** @typedef {import('../../runs/datasets.js').DataTable} DataTable */
/** @typedef {import('../../nn/network.js').Parameters} Parameters */

/**
 * @typedef {{
 *   dataset: string, table: DataTable | null, hidden: readonly number[], output: string, cost: string,
 *   rule: 'exact' | 'article' | 'both', start: string, given: Parameters | null, list: 'spread' | 'worst', bias: boolean, epochs: number, eta: number,
 *   batch: number | null, seed: number, pace: number | null, log: boolean, sample: number, show: 'exact' | 'article',
 *   at: number, go: boolean, held: number, tab: 'auto' | 'samples' | 'plane' | 'weights' | 'costs' | 'rule',
 * }} Experiment `show`: whose network is drawn where both rules run; `at`: the epoch looked at, −1 for the newest;
 * `go`: training was begun, so opening the address begins it again; `held`: the epoch where it was paused, −1 for nowhere;
 * `tab`: what stands beside the costs, "auto" for what suits the data
 */

/** Longer tables and parameters are kept beside the address: browsers and servers cut addresses off. */
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

/** Whether these are the weights and biases of layers. @param {any} w @param {any} b */
export function isNetwork(w, b) {
  const numbers = (/** @type {any} */ row) => Array.isArray(row) && row.length > 0 && row.every(Number.isFinite);
  const rows = (/** @type {any} */ value) => Array.isArray(value) && value.length > 0 && value.every(numbers);
  return Array.isArray(w) && w.length > 0 && w.every(rows) && rows(b) && b.length === w.length;
}

/** Parameters by hand. @returns {import('../../kit/address.js').Entry<Parameters | null>} */
function parameters() {
  return {
    initial: null,
    read: (text) => {
      try {
        const { w, b } = JSON.parse(text);
        return isNetwork(w, b) ? { w, b } : undefined;
      } catch {
        return undefined;
      }
    },
    write: (value) => (value === null ? '' : JSON.stringify(value)),
  };
}

/** Whether these are samples with their classes. @param {any} x @param {any} y @param {any} classes */
function isTable(x, y, classes) {
  if (!Array.isArray(x) || !Array.isArray(y) || x.length === 0 || x.length !== y.length) return false;
  const width = x[0]?.length;
  const rows = x.every((row) => Array.isArray(row) && row.length === width && row.every(Number.isFinite));
  const isClass = (/** @type {any} */ label) => Number.isInteger(label) && label >= 0 && label < classes;
  return rows && width > 0 && Number.isInteger(classes) && classes >= 2 && y.every(isClass);
}

/** @param {any} names @param {number} classes */
function areNames(names, classes) {
  return Array.isArray(names) && names.length === classes && names.every((name) => typeof name === 'string');
}

/** What the server takes of a table. @param {DataTable} table */
function samplesIn({ x, y, classes }) {
  return { x, y, classes };
}

/** @returns {import('../../kit/address.js').Entry<DataTable | null>} */
function table() {
  return {
    initial: null,
    read: (text) => {
      try {
        const { x, y, classes, class_names: names } = JSON.parse(text);
        if (!isTable(x, y, classes)) return undefined;
        return areNames(names, classes) ? { x, y, classes, class_names: names } : { x, y, classes };
      } catch {
        return undefined;
      }
    },
    write: (value) => (value === null ? '' : JSON.stringify(value)),
  };
}

const STORE = kept();
export const TABLE_ENTRY = keptEntry(table(), LONGEST_TABLE, STORE);
export const GIVEN_ENTRY = keptEntry(parameters(), LONGEST_TABLE, STORE);

/** @param {readonly string[]} datasets the names that there are */
export function experimentTable(datasets) {
  return {
    dataset: choice('iris-versicolor-virginica', [...datasets, 'table']),
    table: TABLE_ENTRY,
    hidden: units(),
    output: choice('softmax', ['softmax', 'sigmoid']),
    cost: choice('log-likelihood', ['log-likelihood', 'cross-entropy', 'quadratic']),
    rule: choice('exact', ['exact', 'article', 'both']),
    start: choice('article', ['article', 'scaled', 'given']),
    given: GIVEN_ENTRY,
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
    held: number(-1, { low: -1, whole: true }),
    tab: choice('auto', ['auto', 'samples', 'plane', 'weights', 'costs', 'rule']),
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
    dataset: dataset === 'table' ? samplesIn(own ?? FIRST_TABLE) : dataset,
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
  const { log: _log, sample: _sample, list: _list, show: _show, tab: _tab, ...runs } = e;
  const { at: _at, go: _go, held: _held, pace: _pace, ...rest } = runs;
  return JSON.stringify(rest);
}

/**
 * The experiment that an address describes: an own table is there, the cost goes with the output, and nothing stands at an
 * epoch without a run.
 * @param {any} given as readUrl returns it
 * @param {Record<string, readonly string[]>} pairs the costs that go with each output
 * @returns {Experiment}
 */
export function fromUrl(given, pairs) {
  const table = given.dataset === 'table' ? (given.table ?? FIRST_TABLE) : given.table;
  const cost = pairs[given.output].includes(given.cost) ? given.cost : pairs[given.output][0];
  return { ...given, table, cost, ...(given.go ? {} : { at: -1, held: -1 }) };
}

/** Back leads from one data set to another, and from a setting to the run of the one before. @param {Experiment} before @param {Experiment} now */
export function isStep(before, now) {
  return before.dataset !== now.dataset || (before.go && specKey(before) !== specKey(now));
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
