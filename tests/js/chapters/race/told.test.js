// @ts-check
/** What is said of a race, recounted for ten thousand of them, ties and the hopeless among them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neurons, neuronTracks, RACERS } from '../../../../static/js/chapters/race/state.js';
import { halfText } from '../../../../static/js/chapters/race/table.js';
import { raceSaying } from '../../../../static/js/chapters/race/told.js';
import { one, uniform, whole } from '../../truth/random.js';
import { assertShows, CATALOGUES, spoken } from '../../truth/words.js';

const NOW = {
  epoch: 0,
  trouble: /** @type {const} */ (''),
  delivery: /** @type {const} */ (''),
  problem: '',
  pinned: false,
  hidden: 1,
  failed: [],
};

test('who halved first, who last and who not: all of them, and at which epoch', () => {
  const random = uniform(111);
  const seen = new Set();
  for (let n = 0; n < 10_000; n += 1) {
    const mode = one(random, /** @type {const} */ (['neuron', 'networks']));
    const racers = mode === 'neuron' ? RACERS.slice(0, 2) : RACERS;
    const length = whole(random, 10, 3000);
    const pool = [null, whole(random, 0, length), whole(random, 0, length)];
    const tracks = racers.map((racer) => /** @type {any} */ ({ racer, half: one(random, pool) }));
    const hidden = one(random, [1, 5, 10]);
    const { mood, said } = raceSaying({ ...NOW, mode, phase: 'finished', tracks, length, hidden });
    assert.equal(mood, 'finished');
    const { en, zh } = spoken(said[0]);
    const kind = said[0].key.split('.').at(-1);
    seen.add(kind);
    const names = (/** @type {number | null} */ half) =>
      tracks.filter((track) => track.half === half).map(({ racer }) => CATALOGUES.en[`common.pair.${racer.pair}`]);
    const halves = tracks.map((track) => track.half).filter((half) => half !== null);
    const [first, last] = [Math.min(...halves), Math.max(...halves)];
    const text = (/** @type {number} */ epoch) => String(epoch).replace(/\B(?=(\d{3})+$)/, ' ');
    if (halves.length === 0) assert.equal(en, `No cost has halved by epoch ${text(length)}.`);
    else if (halves.length < tracks.length) {
      assert.ok(en.includes(`first with ${names(first).join(', ')}, at epoch ${text(first)};`), en);
      assert.ok(en.endsWith(`not halved by epoch ${text(length)}: ${names(null).join(', ')}.`), en);
      assert.match(zh, /仍未减半/);
    } else if (first === last) assert.equal(en, `Every cost halved at epoch ${text(first)}.`);
    else {
      assert.ok(en.includes(`first with ${names(first).join(', ')}, at epoch ${text(first)};`), en);
      assert.ok(en.endsWith(`last with ${names(last).join(', ')}, at ${text(last)}.`), en);
    }
    assert.equal(said.length, mode === 'networks' && hidden >= 5 ? 2 : 1);
    for (const other of said.slice(1)) assert.doesNotMatch(spoken(other).en, /cure|help/);
  }
  assert.deepEqual([...seen].sort(), ['all', 'level', 'none', 'some']);
});

test('how the neurons stand: by the recurrence, worked out here', () => {
  const random = uniform(112);
  for (let n = 0; n < 300; n += 1) {
    const race = /** @type {any} */ ({
      w: 4 * random() - 2,
      b: 4 * random() - 2,
      eta: random(),
      epochs: 60,
      mode: 'neuron',
    });
    const epoch = whole(random, 1, 59);
    const all = neurons(race);
    const tracks = neuronTracks(all, epoch).map((track, i) => ({ ...track, a: all[i].run.a }));
    const { said } = raceSaying({ ...NOW, mode: 'neuron', phase: 'paused', tracks, epoch, length: 60 });
    const after = (/** @type {(a: number) => number} */ slope) => {
      let z = race.w + race.b;
      for (let e = 0; e < epoch; e += 1) z -= 2 * race.eta * slope(1 / (1 + Math.exp(-z)));
      return 1 / (1 + Math.exp(-z));
    };
    const [quadratic, entropy] = [after((a) => a * a * (1 - a)), after((a) => a)];
    assertShows(said[1].values.quadratic, quadratic);
    assertShows(said[1].values.entropy, entropy);
    assertShows(said[1].values.factor, quadratic * (1 - quadratic), 1e-9);
    const { en } = spoken(said[1]);
    assert.match(en, /^Quadratic: a = .* Cross-entropy: a = /);
    // The first epoch at which the cost is at most half of the first one.
    const costs = all.map(({ run }) => run.cost);
    costs.forEach((list, i) => {
      const half = list.findIndex((cost) => cost <= list[0] / 2);
      assert.equal(all[i].half, half < 0 ? null : half);
    });
  }
});

test('every stage of both races has its words', () => {
  for (const mode of /** @type {const} */ (['neuron', 'networks'])) {
    for (const phase of ['empty', 'starting', 'running', 'paused']) {
      const { mood, said } = raceSaying({ ...NOW, mode, phase, tracks: [], length: 10 });
      assert.equal(mood, phase);
      for (const one of said) spoken(one);
    }
    assert.equal(raceSaying({ ...NOW, mode, phase: 'empty', tracks: [], length: 1, trouble: 'gone' }).mood, 'offline');
  }
  const failed = RACERS.slice(0, 2).map((racer) => ({ racer, run: { detail: null, epoch: 3 } }));
  const { said } = raceSaying({ ...NOW, mode: 'networks', phase: 'failed', tracks: [], length: 10, failed });
  assert.match(spoken(said[0]).zh, /sigmoid \+ 二次代价、sigmoid \+ 交叉熵/);
});

test('a half that is read off a thinned curve is said to be no later than that', () => {
  assert.equal(halfText({ half: 40, x: [0, 20, 40] }, false, 100), '≤ 40');
  assert.equal(halfText({ half: 2, x: [0, 1, 2, 3] }, false, 100), '2');
  assert.equal(halfText({ half: 33, x: [0, 20, 40] }, true, 100), '33');
  assert.equal(halfText({ half: null, x: [0] }, true, 2000), '> 2 000');
  assert.equal(halfText({ half: null, x: [0] }, false, 2000), '…');
});
