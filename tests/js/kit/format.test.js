// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apart,
  atMost,
  change,
  fixed,
  full,
  grouped,
  leaning,
  noMoreThan,
  percent,
  power,
  short,
  signed,
} from '../../../static/js/kit/format.js';

test('numbers have fixed places and a real minus sign', () => {
  assert.deepEqual(
    [1.2, -0.6, 0, 12.345].map((value) => fixed(value)),
    ['1.20', '−0.60', '0.00', '12.35'],
  );
});

test('what rounds to nothing has no sign', () => {
  assert.equal(fixed(-0.001), '0.00');
  assert.equal(signed(0.001), '0.00');
});

test('what is not finite is said', () => {
  assert.deepEqual(
    [Number.NaN, Infinity, -Infinity].map((value) => fixed(value)),
    ['NaN', '∞', '−∞'],
  );
});

test('a change has its sign as a shape too, also where it is too small for the places', () => {
  assert.deepEqual(
    [0.117, -0.03, 0, 1e-9].map((value) => change(value)),
    ['▲ +0.117', '▼ −0.030', '＝', '▲ +1×10⁻⁹'],
  );
});

test('what is too small or too large for the places becomes a power of ten', () => {
  assert.deepEqual(
    [0.5, 3.3e-7, 1.2e9, 0].map((value) => short(value)),
    ['0.500', '3.3×10⁻⁷', '1.2×10⁹', '0.000'],
  );
  assert.equal(power(-1e-300, 1), '−1.0×10⁻³⁰⁰');
});

test('all digits of a float64 can be read back', () => {
  for (const value of [0.1 + 0.2, -1e-300, 1.6094379124341003])
    assert.equal(Number(full(value).replaceAll('−', '-')), value);
  assert.equal(full(-0), '−0');
});

test('whole numbers stand in groups, shares in per cent', () => {
  assert.deepEqual([6800, 1000000, 12, -1234].map(grouped), ['6 800', '1 000 000', '12', '−1 234']);
  assert.deepEqual([0.974, 1, 0, 0.997, 0.0004, 0.99999].map(percent), [
    '97 %',
    '100 %',
    '0 %',
    '99.7 %',
    '0.04 %',
    '99.999 %',
  ]);
});

test('two numbers are told apart by as many digits as that takes, and in their order', () => {
  assert.deepEqual(apart(0.99941, 0.99944), ['0.99941', '0.99944']);
  assert.deepEqual(apart(1 / 3, 1 / 3 + 1e-5), ['0.33333', '0.33334']);
  assert.deepEqual(apart(0.2, 0.7), ['0.200', '0.700']);
  assert.deepEqual(apart(0.5, 0.5), ['0.500', '0.500']);
  for (const [low, high] of [
    [1e-9, 1.004e-9],
    [0.1, 0.1 + 2 ** -55],
    [1 - 2 ** -53, 1],
    [3e15, 3e15 + 1],
    [5e-324, 1e-323],
    [0, 4e-9],
  ]) {
    const [one, other] = apart(low, high);
    assert.notEqual(one, other);
  }
});

test('a slope keeps its sign, a limit the side on which it is kept', () => {
  assert.deepEqual(
    [0.5, -4.2e-9, 0].map((value) => leaning(value)),
    ['+0.500', '−4.2×10⁻⁹', '0.000'],
  );
  for (const limit of [Math.log(65504), Math.log(Number.MAX_VALUE), 88.72283905206835]) {
    const shown = Number(atMost(limit));
    assert.ok(Number(noMoreThan(limit)) >= limit);
    assert.ok(shown <= limit && limit - shown < 0.01, String(shown));
  }
});
