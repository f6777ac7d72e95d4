// @ts-check
/** What is said of a gesture on /cost, recomputed from the definitions for every pair and kind of target. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costSaying } from '../../../../static/js/chapters/cost/said.js';
import * as cost from '../../../../static/js/chapters/cost/state.js';
import { readUrl } from '../../../../static/js/kit/address.js';
import { logits, one, target, uniform, whole } from '../../truth/random.js';
import { assertShows, parsed, spoken } from '../../truth/words.js';

const START = cost.fromUrl(readUrl(cost.TABLE, ''));
const STATES = 10_000;
/** @typedef {import('../../../../static/js/chapters/cost/state.js').Scene} Scene */

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** ln(1 + e^x). @param {number} x */
const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** C from its definition, in differences of z alone. @param {Scene} scene */
function costOf({ z, y, pair }) {
  const top = Math.max(...z);
  const logSum = top + Math.log(sum(z.map((value) => Math.exp(value - top))));
  const soft = z.map((value) => Math.exp(value - logSum));
  const sharp = z.map((value) => 1 / (1 + Math.exp(-value)));
  const squares = (/** @type {number[]} */ a) => sum(a.map((value, i) => (value - y[i]) ** 2)) / 2;
  if (pair === 'quadratic-softmax') return squares(soft);
  if (pair === 'quadratic-sigmoid') return squares(sharp);
  if (pair === 'cross-entropy') {
    return sum(z.map((value, i) => (y[i] && y[i] * softplus(-value)) + (1 - y[i] && (1 - y[i]) * softplus(value))));
  }
  return sum(z.map((value, i) => (y[i] === 0 ? 0 : y[i] * (logSum - value))));
}

/** @param {() => number} random @returns {Scene} */
function scene(random) {
  const z = logits(random);
  const { kind, y } = target(random, z.length);
  return { ...START, z, y, kind, names: z.map(() => ''), pair: one(random, cost.PAIR_NAMES), chosen: 0, second: 1 };
}

/** Nats stand only behind logarithms. @param {Scene} scene @param {{ en: string, zh: string }} texts */
function assertUnit({ pair }, { en, zh }) {
  const nats = pair === 'log-likelihood' || pair === 'cross-entropy';
  if (!nats) assert.doesNotMatch(`${en}${zh}`, /nats|奈特/);
  return nats;
}

/** How far a cost may be off by rounding: in units of what is added up. @param {Scene} scene */
const size = (scene) => 1e-13 * Math.max(1, costOf(scene), ...scene.z.map(Math.abs));

test('a moved z: the cost rose, fell, did not move, and why', () => {
  const random = uniform(21);
  /** @type {Record<string, number>} */
  const seen = {};
  for (let n = 0; n < STATES; n += 1) {
    const before = scene(random);
    const i = whole(random, 0, before.z.length - 1);
    const both = random() < 0.1;
    let now = cost.movedZ(before, i, before.z[i] + one(random, [1e-9, -1e-4, 0.5, -2, 30, -30]));
    if (both) now = { ...now, z: now.z.with((i + 1) % now.z.length, 1.25) };
    if (random() < 0.05) now = { ...now, z: before.z.map((value, k) => (k === i ? -value : value)) };
    // A question may have come from another pair and target: both ends are judged by those that are on screen.
    const start = { ...now, z: before.z };
    const from = one(random, [before, { ...before, pair: one(random, cost.PAIR_NAMES) }]);
    const said = costSaying({ kind: 'z', index: i, before: from }, now);
    const texts = spoken(said);
    const nats = assertUnit(now, texts);
    const kind = said.key.replace('cost.said.', '');
    seen[kind] = (seen[kind] ?? 0) + 1;
    const [was, is] = [costOf(start), costOf(now)];
    const { change, went, slope } = /** @type {any} */ (said.values);
    if (/^(raised|lowered|both)$/.test(kind)) {
      const fell = change.key === 'cost.said.fell';
      assert.ok(fell ? is <= was + size(start) : is >= was - size(start), `${was} → ${is}`);
      assert.match(texts.en, fell ? /cost fell from/ : /cost rose from/);
      assert.match(texts.zh, fell ? /降到/ : /升到/);
      assertShows(change.values.from, was, size(start));
      assertShows(change.values.to.values.value, is, size(start));
      const [high, low] = [parsed(change.values.from), parsed(change.values.to.values.value)];
      assert.ok(fell ? low < high : low > high);
      if (nats) assert.match(texts.en, /nats/);
      if (kind === 'both') continue;
      assert.equal(kind === 'raised', now.z[i] > before.z[i]);
      if (went.key === 'cost.said.went') assert.notEqual(went.values.from, went.values.to);
      const step = 1e-5;
      const at = (/** @type {number} */ by) => costOf({ ...start, z: start.z.with(i, start.z[i] + by) });
      if (Math.max(...start.z.map(Math.abs)) < 30) assertShows(slope, (at(step) - at(-step)) / (2 * step), 1e-6);
    } else if (kind === 'still.none') {
      assert.ok(sum(now.y) === 0 && is === 0);
    } else if (kind.startsWith('still')) {
      assert.ok(Math.abs(is - was) <= size(start), `${was} → ${is}`);
    } else {
      assert.equal(kind, 'same');
      assert.ok(now.z.every((value, k) => value === before.z[k]));
    }
  }
  for (const kind of ['same', 'still', 'still.none', 'still.level', 'raised', 'lowered', 'both'])
    assert.ok(seen[kind] > 0, `${kind}: ${JSON.stringify(seen)}`);
});

test('a new target or pair: what is asked for, what it costs and what follows for δ', () => {
  const random = uniform(22);
  const notes = new Set();
  for (let n = 0; n < STATES; n += 1) {
    const now = scene(random);
    const said = costSaying({ kind: one(random, ['y', 'kind']), index: 0, before: now }, now);
    const texts = spoken(said);
    assertUnit(now, texts);
    const { what, cost: costs, note } = /** @type {any} */ (said.values);
    notes.add(note.key);
    assertShows(costs.values.value, costOf(now), size(now));
    const all = sum(now.y);
    const most = Math.max(...now.y);
    if (now.kind === 'one-hot') {
      assert.ok(now.y.filter((y) => y === 1).length === 1);
      assert.match(texts.en, /The answer should have been/);
    } else if (now.kind === 'soft') {
      assert.ok(Math.abs(all - 1) < 1e-12);
      const tied = now.y.filter((y) => Math.abs(y - most) < 1e-9).length;
      assert.equal(what.key.endsWith('tied'), tied > 1);
      if (tied > 1) assert.match(texts.en, new RegExp(`${tied} classes have the largest`));
    } else assert.match(texts.en, new RegExp(`asked for: ${all}\\.`));
    // δ = a − y holds where the y sum to 1; the least cost is the entropy, reached by a = y.
    if (now.pair === 'log-likelihood') {
      const other = costOf({ ...now, z: now.z.map((value, i) => (now.y[i] === 0 ? 3 : value)) });
      const free = costOf(now);
      if (note.key.endsWith('vanish')) assert.ok(now.kind === 'one-hot');
      if (note.key.endsWith('none')) assert.ok(all === 0 && free === 0 && other === 0);
      if (note.key.endsWith('whole')) assert.ok(all > 1 && texts.en.includes(`Σy = ${all}`));
      if (note.key.endsWith('least')) {
        const z = now.y.map((y) => (y === 0 ? -2000 : Math.log(y)));
        assert.ok(Math.abs(all - 1) < 1e-9);
        assertShows(note.values.entropy.values.value, costOf({ ...now, z }));
        assert.ok(free >= costOf({ ...now, z }) - size(now));
      }
    }
    const pair = costSaying({ kind: 'pair', index: -1, before: now }, now);
    const words = spoken(pair);
    assertUnit(now, words);
    const { slope, z, formula } = /** @type {any} */ (pair.values);
    assert.equal(now.y[z.index], most);
    if (now.pair === 'log-likelihood') assert.equal(formula === 'δ = a − y', Math.abs(all - 1) < 1e-9);
    const at = (/** @type {number} */ by) => costOf({ ...now, z: now.z.with(z.index, now.z[z.index] + by) });
    if (Math.max(...now.z.map(Math.abs)) < 30) assertShows(slope, (at(1e-5) - at(-1e-5)) / 2e-5, 1e-6);
  }
  assert.equal(notes.size, 7, [...notes].join());
});

test('what is said of the examples is so, under the pair that they come with', () => {
  for (const pair of cost.PAIR_NAMES) {
    const load = (/** @type {keyof typeof cost.PRESETS} */ name) => {
      const now = cost.withPreset({ ...START, pair }, name);
      const said = costSaying({ kind: `preset.${name}`, index: -1, before: START }, now);
      assertUnit(now, spoken(said));
      assertShows(/** @type {any} */ (said.values.cost).values.value, costOf(now), size(now));
      return { now, a: cost.costTrace(now).a, delta: cost.costTrace(now).delta, right: cost.top(now.y) };
    };
    const start = load('start');
    assert.equal(start.right, start.a.indexOf(Math.min(...start.a)));
    const right = load('right');
    assert.ok(costOf(right.now) < 0.05 && right.delta.every((slope) => Math.abs(slope) < 0.02), pair);
    const wrong = load('wrong');
    assert.ok(wrong.a[wrong.right] < 0.02 && Math.max(...wrong.a) > 0.9);
    const example = load('example');
    assert.deepEqual(
      example.a.map((a) => a.toFixed(12)),
      ['0.1', '0.2', '0.3', '0.4'].map((a) => Number(a).toFixed(12)),
    );
    assert.equal(cost.costTrace(example.now).cost, 1.6094379124341003);
    const multi = load('multi');
    assert.ok(multi.delta.every((slope, i) => Math.abs(slope - (2 * multi.a[i] - multi.now.y[i])) < 1e-12));
    const soft = load('soft');
    const best = { ...soft.now, z: soft.now.y.map(Math.log) };
    assert.ok(costOf(best) > 0.5 && soft.now.pair === 'log-likelihood');
    assert.deepEqual([...soft.now.y].sort(), [0.05, 0.05, 0.05, 0.85]);
    assert.equal(load('certain').a[0], 1);
    assert.ok(costOf(load('underflow').now) === 746 && load('underflow').a[1] === 0);
    assert.equal(load('two').right, 1);
    load('thousand');
  }
});
