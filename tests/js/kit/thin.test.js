// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thin } from '../../../static/js/kit/thin.js';

const epochs = (/** @type {number} */ first, /** @type {number} */ count) =>
  Array.from({ length: count }, (_, i) => first + i);

test('a short curve stays as it is', () => {
  assert.deepEqual(thin([0, 1, 2], [3, 1, 2], 3), { x: [0, 1, 2], y: [3, 1, 2] });
});

test('a long curve keeps its ends and its extremes within the points allowed', () => {
  const x = epochs(0, 10_001);
  const y = x.map((epoch) => (epoch === 4321 ? 9 : epoch === 7654 ? -9 : Math.sin(epoch)));
  const curve = thin(x, y, 500);
  assert.ok(curve.x.length <= 500, `${curve.x.length} points`);
  assert.equal(curve.x[0], 0);
  assert.equal(curve.x.at(-1), 10_000);
  assert.equal(curve.y[curve.x.indexOf(4321)], 9);
  assert.equal(curve.y[curve.x.indexOf(7654)], -9);
});

test('epochs stay in order, each once, each with its own cost', () => {
  const x = epochs(5, 5000);
  const curve = thin(
    x,
    x.map((epoch) => (epoch * 7919) % 1000),
    300,
  );
  curve.x.forEach((epoch, i) => {
    assert.equal(curve.y[i], (epoch * 7919) % 1000);
    if (i > 0) assert.ok(epoch > curve.x[i - 1]);
  });
});

test('a curve that grows for a long time keeps its beginning', () => {
  let curve = { x: [0], y: [0] };
  for (let message = 0; message < 250; message += 1) {
    const x = epochs(1 + 400 * message, 400);
    curve = thin([...curve.x, ...x], [...curve.y, ...x.map((epoch) => epoch % 13)], 3000);
  }
  const end = /** @type {number} */ (curve.x.at(-1));
  const early = curve.x.filter((epoch) => epoch <= end / 2).length;
  assert.ok(early > 0.25 * curve.x.length, `${early} of ${curve.x.length} points show the first half`);
});
