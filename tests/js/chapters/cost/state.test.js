// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COST_QUESTIONS } from '../../../../static/js/chapters/cost/questions.js';
import * as cost from '../../../../static/js/chapters/cost/state.js';
import { readUrl, writeUrl } from '../../../../static/js/kit/address.js';

const START = cost.fromUrl(readUrl(cost.TABLE, ''));
const sum = (/** @type {readonly number[]} */ values) => values.reduce((total, value) => total + value, 0);

test("the article's example costs −ln 0.2 and three of its terms vanish", () => {
  const { cost: value, terms } = cost.costTrace(cost.withPreset(START, 'example'));
  assert.ok(Math.abs(value - 1.6094379124341003) < 1e-14);
  assert.deepEqual([terms[0], terms[2], terms[3]], [0, 0, 0]);
});

test('a target stays of its kind, whatever is asked of it', () => {
  const soft = cost.withY(cost.withKind(START, 'soft'), 3, 0.4);
  assert.equal(soft.y[3], 0.4);
  assert.ok(Math.abs(sum(soft.y) - 1) < 1e-12);
  assert.deepEqual(cost.withY(START, 2, 1).y, [0, 0, 1, 0]);
  const multi = cost.withKind(START, 'multi-hot');
  assert.deepEqual(multi.y, [0, 1, 1, 0]);
  assert.deepEqual(cost.withY(multi, 1, 0).y, [0, 0, 1, 0]);
});

test('a soft target can ask for all of one class and for none of it', () => {
  const soft = cost.withKind(START, 'soft');
  const all = cost.withY(soft, 0, 1);
  assert.deepEqual(all.y, [1, 0, 0, 0]);
  assert.ok(Math.abs(sum(cost.withY(all, 0, 0).y) - 1) < 1e-12);
});

test('classes come and go with their targets, and one class is always asked for', () => {
  const grown = cost.withOneMore(START);
  assert.deepEqual(grown.y, [0, 1, 0, 0, 0]);
  let scene = cost.withY(grown, 4, 1);
  for (let k = 0; k < 9; k += 1) scene = cost.withOneLess(scene);
  assert.equal(scene.z.length, 2);
  assert.equal(sum(scene.y), 1);
  assert.ok(scene.chosen < 2 && scene.second < 2 && scene.chosen !== scene.second);
});

test('an output that is asked for is reached with either output layer', () => {
  for (const pair of cost.PAIR_NAMES) {
    const { a } = cost.costTrace(cost.movedA({ ...START, pair }, 0, 0.7));
    assert.ok(Math.abs(a[0] - 0.7) < 1e-12, pair);
  }
});

test('an address that makes no sense gives a scene that does', () => {
  const scene = cost.fromUrl(readUrl(cost.TABLE, '?z=1,2&y=0.2,0.9,1,1&kind=soft&chosen=9&second=2&pair=none'));
  assert.equal(scene.y.length, 2);
  assert.ok(Math.abs(sum(scene.y) - 1) < 1e-12);
  assert.equal(scene.pair, 'log-likelihood');
  assert.notEqual(scene.chosen, scene.second);
});

test('every example survives the address', () => {
  for (const name of /** @type {(keyof typeof cost.PRESETS)[]} */ (Object.keys(cost.PRESETS))) {
    const scene = cost.withPreset(START, name);
    const again = cost.fromUrl(readUrl(cost.TABLE, writeUrl(cost.TABLE, cost.toUrl(scene), '')));
    assert.deepEqual(again, scene, name);
  }
});

test('questions know the right answer by what their move does', () => {
  const [bystander, halved, , both] = COST_QUESTIONS.map((ask) => ask(START));
  const before = cost.costTrace(START).cost;
  const after = (/** @type {any} */ asked) => cost.costTrace(asked.act(START));
  assert.deepEqual(bystander.right, ['rises']);
  assert.ok(after(bystander).cost > before);
  assert.ok(Math.abs(after(halved).cost - before - Math.LN2) < 1e-12);
  assert.ok(Math.abs(sum(after(both).delta)) < 1e-15);
});
