// @ts-check
/**
 * Every page's scene as an address can hold it, and random addresses for them. `node tests/js/addresses.js PAGE COUNT SEED`
 * prints some, one a line.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as cost from '../../static/js/chapters/cost/state.js';
import * as derivation from '../../static/js/chapters/derivation/state.js';
import * as digits from '../../static/js/chapters/digits/state.js';
import * as network from '../../static/js/chapters/network/state.js';
import * as race from '../../static/js/chapters/race/state.js';
import * as softmax from '../../static/js/chapters/softmax/state.js';
import * as train from '../../static/js/chapters/train/state.js';
import * as layer from '../../static/js/figures/layer/state.js';
import { uniform } from './random.js';

/** @typedef {import('../../static/js/kit/address.js').Table} Table */
/** @typedef {{ table: Table, from: (given: any) => any, to: (state: any) => Record<string, any> }} Kept */

/** Data sets that are small and in every installation. */
const DATASETS = ['four-bit-majority', 'iris-versicolor-virginica', 'iris'];
const PAIRS = { softmax: ['log-likelihood', 'quadratic'], sigmoid: ['cross-entropy', 'quadratic'] };
const LESSONS = JSON.parse(readFileSync(new URL('../../app/lessons/derivations.json', import.meta.url), 'utf8'));
const same = (/** @type {any} */ state) => state;

/** @type {Record<string, Kept>} */
export const PAGES = {
  home: {
    table: { ...layer.TABLE, sigmoid: { ...layer.TABLE.sigmoid, initial: false } },
    from: layer.fromUrl,
    to: layer.toUrl,
  },
  softmax: { table: softmax.TABLE, from: layer.fromUrl, to: layer.toUrl },
  cost: { table: cost.TABLE, from: cost.fromUrl, to: cost.toUrl },
  derivation: { table: derivation.TABLE, from: (given) => derivation.fromUrl(given, stepsOf), to: derivation.toUrl },
  network: { table: network.walkTable(DATASETS), from: network.fromUrl, to: network.toUrl },
  train: { table: train.experimentTable(DATASETS), from: (given) => train.fromUrl(given, PAIRS), to: same },
  race: { table: race.raceTable(DATASETS), from: race.fromUrl, to: same },
  digits: { table: digits.digitsTable(['8x8']), from: digits.fromUrl, to: same },
};

/** @param {string} lesson */
function stepsOf(lesson) {
  return LESSONS.find((/** @type {any} */ one) => one.name === lesson).steps.length;
}

/** What entries without a limit or choices may be. @type {Record<string, (random: () => number) => string>} */
const TEXTS = {
  names: (random) => ['猫,,a%2Cb', '<b>,x', ',,c'][Math.floor(3 * random())],
  hidden: (random) => ['', '5', '3-4', '2-2-2'][Math.floor(4 * random())],
  given: () => '',
  batch: (random) => ['null', '2'][Math.floor(2 * random())],
  pace: (random) => ['null', '50'][Math.floor(2 * random())],
  table: (random) =>
    JSON.stringify({
      x: [
        [random(), 1],
        [2, -3],
      ],
      y: [0, 1],
      classes: 2,
    }),
  eta: (random) => (0.01 + random()).toPrecision(3),
  epochs: (random) => String(10 + Math.floor(500 * random())),
  drawing: (random) => ['', 'IBABAfff', 'JEAEAzzzz.IDADAAA00'][Math.floor(3 * random())],
  nudges: (random) => ['', '3', '47'][Math.floor(3 * random())],
  // Runs are another test's: a server trains for them.
  go: () => '0',
  hunt: () => '0',
};

/** A value within a limit, not too far out. @param {import('../../static/js/kit/numbers.js').Limit} limit @param {() => number} random */
function within({ low = -1, high = 1e6, whole = false }, random) {
  const [from, to] = [Math.max(low, -12), Math.min(high, 12)];
  const value = from + random() * (to - from);
  return String(whole ? Math.round(value) : Number(value.toPrecision(3)));
}

/** @param {string} page @param {() => number} random @returns {string} such as "?z=1,2" */
export function randomAddress(page, random) {
  const query = new URLSearchParams();
  for (const [name, entry] of Object.entries(PAGES[page].table)) {
    if (random() < 0.4) continue;
    const { limit, count, choices } = entry;
    if (name in TEXTS && !(count && name === 'hidden')) query.set(name, TEXTS[name](random));
    else if (choices) query.set(name, choices[Math.floor(choices.length * random())]);
    else if (limit && count) {
      const length = count.fewest + Math.floor(random() * (Math.min(count.most, 6) - count.fewest + 1));
      query.set(name, Array.from({ length }, () => within(limit, random)).join(','));
    } else if (limit) query.set(name, within(limit, random));
  }
  return `?${query}`;
}

if (import.meta.url === pathToFileURL(String(process.argv[1])).href) {
  const [page, count, seed] = process.argv.slice(2);
  const random = uniform(Number(seed));
  for (let n = 0; n < Number(count); n++) console.log(randomAddress(page, random));
}
