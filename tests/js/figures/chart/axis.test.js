// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linearTicks, logTicks, scale, ticksOf, unscale } from '../../../../static/js/figures/chart/axis.js';

/** @param {import('../../../../static/js/figures/chart/axis.js').Tick[]} ticks */
const places = (ticks) => ticks.map(({ at }) => at);
/** @param {import('../../../../static/js/figures/chart/axis.js').Tick[]} ticks */
const texts = (ticks) => ticks.map(({ text }) => text);

test('an axis begins at 0 and ends at 1, and reads backwards', () => {
  for (const axis of /** @type {const} */ ([
    { range: [-5, 5] },
    { range: [1e-9, 3], log: true },
    { range: [-1e100, 1e100] },
    { range: [0, 1e-12] },
  ])) {
    const [low, high] = axis.range;
    assert.ok(Math.abs(scale(axis)(low)) < 1e-12);
    assert.ok(Math.abs(scale(axis)(high) - 1) < 1e-12);
    for (const share of [0, 0.3, 0.5, 1]) assert.ok(Math.abs(scale(axis)(unscale(axis)(share)) - share) < 1e-9);
  }
});

test('a decade is as long as every other on a logarithmic axis, and nothing below 0 has a place', () => {
  const place = scale({ range: [0.001, 10], log: true });
  for (const [value, share] of [
    [0.01, 0.25],
    [0.1, 0.5],
    [1, 0.75],
  ])
    assert.ok(Math.abs(place(value) - share) < 1e-12);
  for (const value of [0, -1, Number.NaN]) assert.ok(Number.isNaN(place(value)));
});

test('marks are round, inside, evenly spaced, and not too many', () => {
  for (let exponent = -20; exponent <= 100; exponent += 3) {
    for (const [from, to] of [
      [0, 1],
      [-5, 5],
      [0.3, 9.7],
      [99.2, 99.9],
    ]) {
      const range = /** @type {[number, number]} */ ([from * 10 ** exponent, to * 10 ** exponent]);
      const at = places(linearTicks(range, 6));
      assert.ok(at.length >= 2 && at.length <= 7, `${range}: ${at}`);
      const step = at[1] - at[0];
      const digit = Number(step.toPrecision(3)) / 10 ** Math.floor(Math.log10(step * 1.0001));
      assert.ok(
        [1, 2, 5].some((one) => Math.abs(digit - one) < 0.01),
        `${step}`,
      );
      const slack = 1e-9 * Math.max(...range.map(Math.abs));
      for (const value of at) assert.ok(value >= range[0] - slack && value <= range[1] + slack);
    }
  }
});

test('a mark is written with the places that tell it from the next, and with a real minus', () => {
  assert.deepEqual(texts(linearTicks([-1, 1], 5)), ['−1.0', '−0.5', '0', '0.5', '1.0']);
  assert.deepEqual(texts(linearTicks([0, 10], 6)), ['0', '2', '4', '6', '8', '10']);
  assert.deepEqual(texts(linearTicks([0, 3e9], 4)), ['0', '1×10⁹', '2×10⁹', '3×10⁹']);
  assert.deepEqual(texts(linearTicks([0, 2e-7], 3)), ['0', '1×10⁻⁷', '2×10⁻⁷']);
});

test('decades are marked, and factors between them where there is room', () => {
  assert.deepEqual(places(logTicks([0.05, 2], 8)), [0.05, 0.1, 0.2, 0.5, 1, 2]);
  assert.deepEqual(texts(logTicks([1e-8, 1], 5)), ['10⁻⁸', '10⁻⁶', '10⁻⁴', '0.01', '1']);
  assert.deepEqual(texts(logTicks([4e-7, 6e-7], 3)).includes('5×10⁻⁷'), true);
});

test('two marks have never the same text', () => {
  for (let seed = 1; seed < 2000; seed += 1) {
    const low = 10 ** (((seed * 7919) % 300) / 20 - 8);
    const high = low * (1 + 10 ** (((seed * 104729) % 100) / 12 - 3));
    for (const ticks of [linearTicks([low, high], 6), logTicks([low, high], 6)])
      assert.equal(new Set(texts(ticks)).size, ticks.length, `${low} to ${high}: ${texts(ticks)}`);
  }
});

test('an axis that counts is marked at whole numbers alone', () => {
  assert.deepEqual(ticksOf({ range: [0, 2], whole: true }, 9), [
    { at: 0, text: '0' },
    { at: 1, text: '1' },
    { at: 2, text: '2' },
  ]);
  assert.equal(ticksOf({ range: [0, 20_000], whole: true }, 5).at(-1)?.text, '20 000');
});

test('an axis without a length has no marks', () => {
  assert.deepEqual(linearTicks([1, 1], 5), []);
  assert.deepEqual(linearTicks([0, Number.POSITIVE_INFINITY], 5), []);
  assert.deepEqual(logTicks([0, 1], 5), []);
});
