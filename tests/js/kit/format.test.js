// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, fixed, full, grouped, percent, power, short, signed } from '../../../static/js/kit/format.js';

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
    ['▲ +0.117', '▼ −0.030', '＝', '▲ +0.000'],
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
  assert.equal(percent(0.974), '97 %');
});
