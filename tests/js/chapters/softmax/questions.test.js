// @ts-check
/** Every question's answer, recomputed from the definition for ten thousand layers: each option was right and was wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUESTIONS } from '../../../../static/js/chapters/softmax/questions.js';
import { fromUrl, PRESETS, TABLE, withLogits } from '../../../../static/js/figures/layer/state.js';
import { readUrl } from '../../../../static/js/kit/address.js';
import { logits, one, uniform } from '../../truth/random.js';
import { assertShows, spoken } from '../../truth/words.js';

const START = fromUrl(readUrl(TABLE, ''));
const STATES = 10_000;
const [gains, shift, many, heat] = QUESTIONS;

/** @param {readonly number[]} z @param {number} [T] */
function shares(z, T = 1) {
  const top = Math.max(...z);
  const powers = z.map((value) => Math.exp((value - top) / T));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / all);
}

/** Layers on all kinds of logits, the examples among them. @param {number} seed */
function* layers(seed) {
  const random = uniform(seed);
  for (const z of Object.values(PRESETS)) yield withLogits(START, z);
  for (let n = 0; n < STATES; n += 1) {
    yield { ...withLogits(START, logits(random)), temperature: one(random, [1, 1, 0.3, 12]), naive: random() < 0.2 };
  }
}

/** Every option of a question is right for some layers and wrong for others. @param {Map<string, Set<boolean>>} marks @param {string[]} never those that no layer makes right */
function bothWays(marks, never) {
  for (const [id, seen] of marks) assert.deepEqual([...seen].sort(), never.includes(id) ? [false] : [false, true], id);
}

/** @param {Map<string, Set<boolean>>} marks @param {import('../../../../static/js/figures/layer/question.js').Question} asked */
function note(marks, asked) {
  for (const { id } of asked.options) {
    const name = /^\d+$/.test(id) ? 'an output' : id;
    marks.set(name, (marks.get(name) ?? new Set()).add(asked.right.includes(id)));
  }
  assert.ok(asked.right.length > 0 && asked.right.every((id) => asked.options.some((option) => option.id === id)));
  assert.ok(asked.options.length > 1);
  spoken(asked);
  spoken(asked.why);
}

test('who gains most when one falls: those that do, ties and all', () => {
  const marks = new Map();
  const whys = new Set();
  for (const layer of layers(11)) {
    const asked = gains(layer);
    note(marks, asked);
    whys.add(asked.why.key);
    const after = asked.act(layer);
    assertShows(asked.values.low, after.z[asked.index], 1e-2);
    // Proportions of the rest, in which all of them gain, by the z alone: the largest z gain most.
    const rest = layer.z.filter((_, i) => i !== asked.index);
    const most = Math.max(...rest);
    const near = (/** @type {number} */ value) => (most - value) / layer.temperature <= 1e-9;
    for (const { id } of asked.options) {
      const good = id === 'equally' ? rest.every(near) : Number(id) !== asked.index && near(layer.z[Number(id)]);
      assert.equal(asked.right.includes(id), good, `${layer.z}: ${id}`);
    }
    const { en, zh } = spoken(asked.why);
    assert.equal(/alike/.test(en), rest.filter(near).length > 1, en);
    assert.equal(/一样多/.test(zh), rest.filter(near).length > 1, zh);
    // And so the picture shows, as far as floats can tell.
    const [before, now] = [shares(layer.z, layer.temperature), shares(after.z, layer.temperature)];
    const gained = now.map((share, i) => share - before[i]);
    for (const id of asked.right.filter((one) => one !== 'equally')) {
      assert.ok(gained[Number(id)] >= Math.max(...gained) - 1e-8, `${layer.z}: ${gained}`);
    }
  }
  bothWays(marks, []);
  assert.equal(whys.size, 3);
});

test('an example: of a tie below the winner, the winner of the rest is right and no one else', () => {
  const asked = gains(withLogits(START, [1, 1, 3, 2]));
  assert.deepEqual(asked.right, ['2']);
  assert.match(spoken(asked.why).en, /^a₃, which was the largest of the rest/);
});

test('adding to all moves no share', () => {
  for (const layer of layers(12)) {
    const asked = shift(layer);
    note(new Map(), asked);
    assert.deepEqual(asked.right, ['stays']);
    if (Math.max(...layer.z.map(Math.abs)) > 1e4) continue;
    const [before, now] = [shares(layer.z, layer.temperature), shares(asked.act(layer).z, layer.temperature)];
    assert.ok(before.every((share, i) => Math.abs(share - now[i]) < 1e-9));
  }
});

test('one z moves one sigmoid and every share, or it is said that floats hide it', () => {
  const whys = new Set();
  for (const layer of layers(13)) {
    const asked = many(layer);
    note(new Map(), asked);
    assert.deepEqual(asked.right, ['all-one']);
    /** @type {import('../../../../static/js/figures/layer/state.js').Layer} */
    const after = asked.act(layer);
    assert.deepEqual(after.z.filter((value, i) => value !== layer.z[i]).length <= 1, true);
    const [before, now] = [shares(layer.z, layer.temperature), shares(after.z, layer.temperature)];
    const hidden = before.some((share, i) => Math.abs(share - now[i]) < 1e-17);
    if (!/too small/.test(spoken(asked.why).en)) assert.ok(!hidden || before.some((share) => share < 1e-15));
    whys.add(asked.why.key);
  }
  assert.equal(whys.size, 2);
});

test('another temperature: the first stays first, smaller or larger, and equal shares stay', () => {
  const marks = new Map();
  for (const layer of layers(14)) {
    const asked = heat(layer);
    note(marks, asked);
    const after = asked.act(layer);
    const equal = new Set(layer.z).size === 1;
    const up = after.temperature > layer.temperature;
    assert.notEqual(after.temperature, layer.temperature);
    assert.match(spoken(asked).en, up ? /double/ : /halve/);
    const top = layer.z.indexOf(Math.max(...layer.z));
    const [before, now] = [shares(layer.z, layer.temperature)[top], shares(after.z, after.temperature)[top]];
    assert.equal(
      asked.right.includes('overtaken'),
      now < Math.max(...shares(after.z, after.temperature)) * (1 - 1e-15),
    );
    assert.equal(asked.right.includes('first-less'), up && !equal, String(layer.z));
    assert.equal(asked.right.includes('first-more'), !up && !equal, String(layer.z));
    if (asked.right.includes('unmoved')) assert.ok(Math.abs(now - before) < 1e-12);
    else assert.ok(up ? now <= before : now >= before);
  }
  bothWays(marks, ['overtaken']);
});
