// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as layers from '../../../../static/js/figures/layer/state.js';
import { readUrl, writeUrl } from '../../../../static/js/kit/address.js';

const START = layers.fromUrl(readUrl(layers.TABLE, ''));

/** @param {number} left @param {number} right @param {number} [tolerance] relative; a few roundings of float64 */
function close(left, right, tolerance = 1e-12) {
  assert.ok(Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(right)), `${left} is not ${right}`);
}

test('an a that is asked for is reached by one z, and the others keep their z and proportions', () => {
  const before = layers.traceOf(START);
  for (const temperature of [0.05, 1, 7.3]) {
    const asked = layers.withA({ ...START, temperature }, 1, 0.9);
    const { a } = layers.traceOf(asked);
    close(a[1], 0.9);
    assert.deepEqual(asked.z.toSpliced(1, 1), START.z.toSpliced(1, 1));
    if (temperature === 1) close(a[0] / a[3], before.a[0] / before.a[3]);
  }
});

test('an a of 0 or 1 is asked for as nearly that: z stays finite', () => {
  for (const a of [-1, 0, 1, 2]) assert.ok(Number.isFinite(layers.withA(START, 0, a).z[0]));
});

test('a point of the triangle gives its three shares and leaves the mean of z', () => {
  const three = layers.withLogits(START, [1, 0.2, -0.5]);
  const moved = layers.withAll(three, [0.5, 0.3, 0.2]);
  const { a } = layers.traceOf(moved);
  [0.5, 0.3, 0.2].forEach((share, i) => {
    close(a[i], share);
  });
  close(layers.mean(moved.z), layers.mean(three.z));
});

test('a shift changes no output', () => {
  const { a } = layers.traceOf(START);
  layers.traceOf(layers.shiftedTo(START, 42)).a.forEach((value, i) => {
    close(value, a[i]);
  });
});

test('the article preset gives the article its a', () => {
  const { a } = layers.traceOf(layers.withLogits(START, layers.PRESETS.article));
  [0.1, 0.2, 0.3, 0.4].forEach((share, i) => {
    close(a[i], share);
  });
});

test('at ±1000 the stable form is whole and the naive one is broken', () => {
  const layer = layers.withLogits(START, layers.PRESETS.thousand);
  const stable = layers.traceOf(layer);
  assert.equal(stable.broken, false);
  close(stable.total, 1);
  assert.equal(stable.shift, 1000);
  const naive = layers.traceOf({ ...layer, naive: true });
  assert.equal(naive.broken, true);
  assert.ok(Number.isNaN(naive.a[0]));
});

test('classes stay between 2 and 12', () => {
  let layer = START;
  for (let i = 0; i < 20; i += 1) layer = layers.withClass(layer);
  assert.equal(layer.z.length, 12);
  for (let i = 0; i < 20; i += 1) layer = layers.withoutClass(layer, 0);
  assert.equal(layer.z.length, 2);
  assert.equal(layer.names.length, 2);
  assert.ok(layer.chosen < 2);
});

test('a removed class takes its name along', () => {
  const named = layers.renamed(layers.renamed(START, 0, ' first '), 1, 'second');
  assert.deepEqual(layers.withoutClass(named, 0).names, ['second', '', '']);
  assert.equal(named.names[0], 'first');
});

test('z and temperature stay in their ranges', () => {
  assert.equal(layers.withZ(START, 0, Number.POSITIVE_INFINITY).z[0], layers.LARGEST);
  assert.equal(layers.withTemperature(START, 0).temperature, layers.TEMPERATURE.low);
});

test('the axis ends at a round number beyond every z', () => {
  assert.deepEqual(
    [0, 5, 5.1, 11, 999, 1000, 2001].map((z) => layers.axisEnd([z, 0])),
    [5, 5, 10, 20, 1000, 1000, 5000],
  );
  assert.ok(Number.isFinite(layers.axisEnd([1e308])));
});

test('the whole state survives the address', () => {
  const state = { ...layers.renamed(START, 2, 'a,b'), temperature: 0.3, chosen: 1, naive: true, sigmoid: false };
  const search = writeUrl(layers.TABLE, layers.toUrl(state), '');
  assert.deepEqual(layers.fromUrl(readUrl(layers.TABLE, search)), state);
});
