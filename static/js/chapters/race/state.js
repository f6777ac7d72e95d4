// @ts-check
/** What `/race` shows, as one value that fits into its address; who races; and where each racer stands. */

import { choice, flag, number } from '../../kit/address.js';
import { epochsToHalf, trainNeuron } from '../../nn/neuron.js';
import { PAIRS } from '../../nn/pairs.js';

/** @typedef {import('../../nn/pairs.js').PairName} PairName */
/** @typedef {'' | 'dash' | 'dot' | 'long'} Dash */
/**
 * @typedef {{
 *   name: string, pair: PairName, shade: number, dash: Dash, output: import('../../nn/costs.js').Output,
 *   cost: import('../../nn/costs.js').Cost,
 * }} Racer `shade`: the number of the class colour it wears; `dash`: of its lines, which differ by more than colour
 */
/**
 * @typedef {{
 *   mode: 'neuron' | 'networks', w: number, b: number, eta: number, epochs: number, to: number, at: number,
 *   dataset: string, seed: number, hidden: number, out: number, rate: number, length: number, log: boolean,
 *   layer: 'output' | 'hidden', go: boolean, held: number,
 * }} Race `to`: how far the neurons have raced; `at`: the epoch looked at, −1 for the newest; `hidden`, `out`: what the start
 * of the hidden and of the output layer is multiplied by; `rate`, `length`: eta and epochs of the networks; `go`: whether the
 * networks have begun, so that opening the address begins it again; `held`: the epoch where they were paused, −1 for nowhere
 */
/**
 * A racer's lists, which begin at epoch 0. `x` belongs to `cost`; `points` to `gradient` and `factor`.
 * @typedef {{
 *   racer: Racer, x: readonly number[], cost: readonly number[], points: readonly number[], gradient: readonly number[],
 *   factor: readonly number[], half: number | null,
 * }} Track
 */

/** @param {PairName} pair @param {number} shade @param {Dash} dash @returns {Racer} */
function racer(pair, shade, dash) {
  const { output, cost } = PAIRS[pair];
  return { name: `${output}-${cost}`, pair, shade, dash, output, cost };
}

export const RACERS = /** @type {readonly Racer[]} */ ([
  racer('quadratic-sigmoid', 5, ''),
  racer('cross-entropy', 1, 'long'),
  racer('log-likelihood', 3, 'dot'),
  racer('quadratic-softmax', 4, 'dash'),
]);

/** The neuron's two starts: a poor one, and one that is wrong and sure of it. */
export const STARTS = { poor: { w: 0.6, b: 0.9 }, sure: { w: 2, b: 2 } };

/** The networks' starts: as drawn; outputs sure of what is wrong; a hidden layer that lets no slope through. */
export const NETWORK_STARTS = {
  plain: { out: 1, hidden: 1 },
  outputs: { out: 4, hidden: 1 },
  hidden: { out: 1, hidden: 10 },
};

/** @param {readonly string[]} datasets the names that there are */
export function raceTable(datasets) {
  return {
    mode: choice('neuron', ['neuron', 'networks']),
    w: number(STARTS.sure.w, { low: -50, high: 50 }),
    b: number(STARTS.sure.b, { low: -50, high: 50 }),
    eta: number(0.15, { low: 1e-6, high: 1000 }),
    epochs: number(300, { low: 1, high: 5000, whole: true }),
    to: number(0, { low: 0, high: 5000, whole: true }),
    at: number(-1, { low: -1, whole: true }),
    dataset: choice('four-bit-majority', datasets),
    seed: number(0, { low: 0, high: 4294967295, whole: true }),
    hidden: number(1, { low: 0.01, high: 100 }),
    out: number(4, { low: 0.01, high: 100 }),
    rate: number(0.5, { low: 1e-6, high: 1e308 }),
    length: number(2000, { low: 10, high: 20_000, whole: true }),
    log: flag(false),
    layer: choice('output', ['output', 'hidden']),
    go: flag(false),
    held: number(-1, { low: -1, high: 20_000, whole: true }),
  };
}

/** The race that an address describes: no one stands beyond its end. @param {any} given as readUrl returns it @returns {Race} */
export function fromUrl(given) {
  const to = Math.min(given.to, given.epochs);
  const held = given.go ? Math.min(given.held, given.length) : -1;
  return { ...given, to, held, at: Math.min(given.at, given.mode === 'neuron' ? to : given.length) };
}

/** What a race of neurons depends on. @param {Race} race */
export const neuronKey = ({ w, b, eta, epochs }) => JSON.stringify([w, b, eta, epochs]);

/** What a race of networks depends on. @param {Race} race */
export const networksKey = ({ dataset, seed, hidden, out, rate, length }) =>
  JSON.stringify([dataset, seed, hidden, out, rate, length]);

/** The same race, run anew where a change means another one. @param {Race} before @param {Partial<Race>} changes @returns {Race} */
export function changed(before, changes) {
  const next = { ...before, ...changes };
  if (neuronKey(next) !== neuronKey(before)) return { ...next, to: 0, at: -1, ...changes };
  if (networksKey(next) !== networksKey(before)) return { ...next, go: false, held: -1, at: -1, ...changes };
  // The networks' costs are of different sizes: on a linear axis the largest would hide the rest.
  if (next.mode !== before.mode) return { ...next, at: -1, log: next.mode === 'networks', ...changes };
  return next;
}

/**
 * A race from the past, seen as the present one is. A half that is the same as now stands as it does now.
 * @param {Race} now
 * @param {Race} past
 * @returns {Race}
 */
export function returned(now, past) {
  const { w, b, eta, epochs, to, dataset, seed, hidden, out, rate, length, go, held, at } = past;
  const neuron = neuronKey(past) === neuronKey(now) ? {} : { w, b, eta, epochs, to };
  const networks = networksKey(past) === networksKey(now) ? {} : { dataset, seed, hidden, out, rate, length, go, held };
  const seen = now.mode === 'neuron' ? neuron : networks;
  return { ...now, ...neuron, ...networks, ...(Object.keys(seen).length > 0 ? { at } : {}) };
}

/** How many epochs the race has. @param {Race} race */
export const lengthOf = (race) => (race.mode === 'neuron' ? race.epochs : race.length);

/**
 * Both neurons' whole races.
 * @param {Race} race
 * @returns {{ racer: Racer, run: import('../../nn/neuron.js').NeuronRun, half: number | null }[]}
 */
export function neurons({ w, b, eta, epochs }) {
  return RACERS.filter(({ output }) => output === 'sigmoid').map((racer) => {
    const run = trainNeuron({ w, b, eta, epochs, cost: /** @type {any} */ (racer.cost) });
    return { racer, run, half: epochsToHalf(run.cost) };
  });
}

/**
 * As much of the neurons' races as has been run.
 * @param {ReturnType<typeof neurons>} all
 * @param {number} to
 * @returns {Track[]}
 */
export function neuronTracks(all, to) {
  return all.map(({ racer, run, half }) => {
    const x = Array.from({ length: Math.min(to + 1, run.a.length) }, (_, epoch) => epoch);
    const upTo = (/** @type {number[]} */ list) => list.slice(0, x.length);
    return {
      racer,
      x,
      cost: upTo(run.cost),
      points: x,
      gradient: upTo(run.gradient),
      factor: upTo(run.factor),
      half: half !== null && half <= to ? half : null,
    };
  });
}

/**
 * A list's value at the last place that is not after an epoch.
 * @param {readonly number[]} x ascending
 * @param {readonly number[]} values
 * @param {number} epoch
 * @returns {number | null}
 */
export function valueAt(x, values, epoch) {
  const after = x.findIndex((place) => place > epoch);
  const place = after === -1 ? x.length - 1 : after - 1;
  return place < 0 ? null : values[place];
}

/**
 * The start that all networks share: the seed's, its hidden layers and its outputs multiplied.
 * @param {import('../../nn/network.js').Parameters} drawn
 * @param {Race} race
 * @returns {import('../../nn/network.js').Parameters}
 */
export function scaledStart({ w, b }, { hidden, out }) {
  const by = (/** @type {number} */ l) => (l === w.length - 1 ? out : hidden);
  return {
    w: w.map((rows, l) => rows.map((row) => row.map((value) => value * by(l)))),
    b: b.map((row, l) => row.map((value) => value * by(l))),
  };
}

/** How large the factor and the gradient of the chosen layer are. @param {import('../../nn/slopes.js').Slopes} slopes @param {Race['layer']} layer */
const ofLayer = ({ layers }, layer) => (layer === 'output' ? layers[layers.length - 1] : layers[0]);

/** A racer that has not begun. @type {Omit<Track, 'racer'> & { accuracy: number[] }} */
const NOWHERE = { x: [], cost: [], points: [], gradient: [], factor: [], accuracy: [], half: null };

/**
 * The networks' races as far as they have been told; before the start, all racers at none.
 * @param {readonly { racer: Racer, run: { x: readonly number[], y: readonly number[] }, points: readonly number[], slopes: readonly import('../../nn/slopes.js').Slopes[], half: number | null }[]} lanes
 * @param {Race['layer']} layer
 * @returns {(Track & { accuracy: number[] })[]}
 */
export function networkTracks(lanes, layer) {
  if (lanes.length === 0) return RACERS.map((racer) => ({ racer, ...NOWHERE }));
  return lanes.map(({ racer, run, points, slopes, half }) => ({
    racer,
    x: run.x,
    cost: run.y,
    points,
    gradient: slopes.map((one) => ofLayer(one, layer).gradient),
    factor: slopes.map((one) => ofLayer(one, layer).factor),
    accuracy: slopes.map(({ accuracy }) => accuracy),
    half,
  }));
}
