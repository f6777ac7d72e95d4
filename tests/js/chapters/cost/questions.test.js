// @ts-check
/** Every question's answer on /cost, recomputed for all pairs and targets: each option was right and was wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COST_QUESTIONS } from '../../../../static/js/chapters/cost/questions.js';
import * as cost from '../../../../static/js/chapters/cost/state.js';
import { readUrl } from '../../../../static/js/kit/address.js';
import { logits, one, target, uniform } from '../../truth/random.js';
import { spoken } from '../../truth/words.js';

const START = cost.fromUrl(readUrl(cost.TABLE, ''));
const STATES = 10_000;
const [bystander, halved, stalled, both] = COST_QUESTIONS;
/** @typedef {import('../../../../static/js/chapters/cost/state.js').Scene} Scene */

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** −Σ y ln a from differences of z, each class by itself. @param {readonly number[]} z @param {readonly number[]} y */
function nats(z, y) {
  return sum(
    z.map((value, i) => {
      const gaps = z.map((other) => other - value);
      const top = Math.max(...gaps);
      return y[i] === 0 ? 0 : y[i] * (top + Math.log(sum(gaps.map((gap) => Math.exp(gap - top)))));
    }),
  );
}

/** @param {number} seed @returns {Generator<Scene>} */
function* scenes(seed) {
  const random = uniform(seed);
  for (const name of /** @type {(keyof typeof cost.PRESETS)[]} */ (Object.keys(cost.PRESETS)))
    for (const pair of cost.PAIR_NAMES) yield cost.withPreset({ ...START, pair }, name);
  for (let n = 0; n < STATES; n += 1) {
    const z = logits(random);
    const { kind, y } = target(random, z.length);
    yield { ...START, z, y, kind, names: z.map(() => ''), pair: one(random, cost.PAIR_NAMES), chosen: 0, second: 1 };
  }
}

test('a class whose term is struck out, or that is asked for least, is raised: rises, falls or stays', () => {
  /** @type {Map<string, Set<boolean>>} */
  const marks = new Map();
  const whys = new Set();
  for (const scene of scenes(31)) {
    const asked = bystander(scene);
    const { en } = spoken(asked);
    spoken(asked.why);
    whys.add(asked.why.key.replace('cost.question.', ''));
    for (const { id } of asked.options) marks.set(id, (marks.get(id) ?? new Set()).add(asked.right.includes(id)));
    assert.equal(/whose term is struck out/.test(en), scene.y[asked.index] === 0, `${en} ${scene.y}`);
    assert.equal(/no term is struck out/.test(en), !scene.y.includes(0));
    assert.equal(scene.y[asked.index], Math.min(...scene.y));
    const after = asked.act(scene);
    const by = nats(after.z, scene.y) - nats(scene.z, scene.y);
    const slack = 1e-13 * Math.max(1, nats(scene.z, scene.y), ...scene.z.map(Math.abs));
    // Convex in every z: with nothing asked of the class itself, more for it is never for less.
    if (scene.y[asked.index] === 0 && sum(scene.y) > 0) assert.ok(asked.right.includes('rises') && by >= -slack);
    else if (sum(scene.y) === 0) assert.deepEqual(asked.right, ['stays']);
    if (by > slack) assert.deepEqual(asked.right, ['rises'], `${scene.z} ${scene.y}`);
    if (by < -slack) assert.deepEqual(asked.right, ['falls'], `${scene.z} ${scene.y}`);
  }
  for (const seen of marks.values()) assert.deepEqual([...seen].sort(), [false, true]);
  for (const why of [
    'bystander.why.rises',
    'bystander.why.rises.floats',
    'bystander.why.stays',
    'least.why.rises',
    'least.why.falls',
  ])
    assert.ok(whys.has(why), why);
});

test('an example: no term of a soft target is struck out, and its cost falls', () => {
  const asked = bystander(cost.fromUrl(readUrl(cost.TABLE, '?kind=soft&y=0.85,0.05,0.05,0.05')));
  assert.match(spoken(asked).en, /^no term is struck out/);
  assert.equal(asked.right.length, 1);
});

test('half of a costs ln 2 more, wherever a was', () => {
  for (const scene of scenes(32)) {
    const asked = halved(scene);
    spoken(asked);
    assert.deepEqual(asked.right, ['ln2']);
    const one = scene.y.map((_, i) => Number(i === asked.index));
    const after = asked.act(scene);
    assert.deepEqual(after.y, one);
    if (Math.max(...scene.z.map(Math.abs)) > 1e4) continue;
    assert.ok(Math.abs(nats(after.z, one) - nats(scene.z, one) - Math.log(2)) < 1e-9, `${scene.z}`);
  }
});

test('a network that is sure and wrong is pulled least by the quadratic costs', () => {
  for (const scene of [START, cost.withPreset(START, 'soft')]) {
    const asked = stalled(scene);
    spoken(asked.why);
    assert.deepEqual(asked.right, ['quadratic']);
    const { z, y } = asked.act(scene);
    const right = y.indexOf(1);
    const slopes = cost.compared({ ...scene, z, y });
    const pull = (/** @type {string} */ pair) => Math.abs(slopes.find((one) => one.pair === pair)?.delta[right] ?? 0);
    const quadratic = Math.max(pull('quadratic-softmax'), pull('quadratic-sigmoid'));
    assert.ok(Math.min(pull('log-likelihood'), pull('cross-entropy')) > 10 * quadratic);
  }
});

test('two classes asked for at once: the δ still sum to nothing', () => {
  for (const scene of scenes(33)) {
    const asked = both(scene);
    assert.deepEqual(asked.right, ['nothing']);
    const { z, y, pair, kind } = asked.act(scene);
    assert.ok(pair === 'log-likelihood' && kind === 'multi-hot' && sum(y) === 2, `${y}`);
    const top = Math.max(...z);
    const powers = z.map((/** @type {number} */ value) => Math.exp(value - top));
    const delta = powers.map(
      (/** @type {number} */ power, /** @type {number} */ i) => (2 * power) / sum(powers) - y[i],
    );
    assert.ok(Math.abs(sum(delta)) < 1e-12);
  }
});
