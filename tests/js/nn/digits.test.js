// @ts-check
// Drawings made small as MNIST does, and a network that reads them: slopes by differences, order, being fooled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contributions, fool, look, networkOf, ranking, readNetwork, slope } from '../../../static/js/nn/digits.js';
import { boxOf, draw, FORMS, inked, paper, SIDE, seen } from '../../../static/js/nn/drawing.js';

/** Numbers that look random and are always the same. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648 - 0.5;
  };
}

/** @param {number} pixels @param {number} hidden */
function network(pixels, hidden) {
  const next = numbers(7);
  const matrix = (/** @type {number} */ rows, /** @type {number} */ columns) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, next));
  return networkOf({ w: [matrix(pixels, hidden), matrix(hidden, 10)], b: matrix(1, hidden).concat(matrix(1, 10)) });
}

test('nothing drawn is nothing seen', () => {
  assert.equal(boxOf(paper()), null);
  for (const form of Object.values(FORMS)) assert.ok(seen(paper(), form).every((value) => value === 0));
});

test('wherever and however large it is drawn, the same is seen', () => {
  const at = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ size) => {
    const ink = paper();
    draw(ink, { x, y }, { x: x + size, y }, size / 10);
    draw(ink, { x: x + size, y }, { x: x + size / 2, y: y + 1.4 * size }, size / 10);
    return seen(ink, FORMS['28x28']);
  };
  const [small, large] = [at(20, 20, 40), at(50, 30, 60)];
  const apart = small.reduce((sum, value, p) => sum + Math.abs(value - large[p]), 0) / small.reduce((a, b) => a + b, 0);
  assert.ok(apart < 0.2, `${apart} of the ink is elsewhere`);
});

test('the drawing is twenty high and its mass is in the middle', () => {
  const ink = paper();
  draw(ink, { x: 30, y: 20 }, { x: 30, y: 120 }, 5);
  draw(ink, { x: 30, y: 120 }, { x: 90, y: 120 }, 5);
  const image = seen(ink, FORMS['28x28']);
  const rows = Array.from({ length: 28 }, (_, y) => image.subarray(28 * y, 28 * (y + 1)).some((value) => value > 0));
  assert.equal(rows.filter(Boolean).length, 20);
  let [mass, x, y] = [0, 0, 0];
  image.forEach((value, p) => {
    mass += value;
    x += value * ((p % 28) + 0.5);
    y += value * (Math.floor(p / 28) + 0.5);
  });
  assert.ok(Math.abs(x / mass - 14) <= 0.51 && Math.abs(y / mass - 14) <= 0.51);
});

test('an image that is laid on the paper has its ink there', () => {
  const image = Float32Array.from({ length: 64 }, (_, p) => (p === 9 ? 1 : 0));
  const ink = inked(image);
  assert.equal(ink.length, SIDE * SIDE);
  assert.equal(
    ink.reduce((sum, value) => sum + value, 0),
    Math.floor(SIDE / 8) ** 2,
  );
});

test('slopes agree with central differences', () => {
  const net = network(64, 5);
  const next = numbers(3);
  const x = Float32Array.from({ length: 64 }, () => next() + 0.5);
  const weights = [1, 0, 0, -1, 0, 0, 0, 0, 0, 0];
  const found = slope(net, look(net, x).hidden, weights);
  for (const p of [0, 17, 63]) {
    const at = (/** @type {number} */ step) => {
      const moved = Float32Array.from(x);
      moved[p] += step;
      const { z } = look(net, moved);
      return z[0] - z[3];
    };
    assert.ok(Math.abs(found[p] - (at(0.01) - at(-0.01)) / 0.02) < 1e-4);
  }
});

test('paper contributes nothing', () => {
  const net = network(64, 5);
  const x = new Float32Array(64);
  x[5] = 1;
  const found = contributions(net, look(net, x), 2);
  assert.deepEqual(
    [...found.keys()].filter((p) => found[p] !== 0),
    [5],
  );
});

test('a network is read as it was written', () => {
  const numbersWritten = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const bytes = new ArrayBuffer(16 + 4 * numbersWritten.length);
  const view = new DataView(bytes);
  [3, 2, 1, 3].forEach((value, n) => {
    view.setUint32(4 * n, value, true);
  });
  numbersWritten.forEach((value, n) => {
    view.setFloat32(16 + 4 * n, value, true);
  });
  const { w1, b1, w2, b2 } = readNetwork(bytes);
  assert.deepEqual([[...w1], [...b1], [...w2], [...b2]], [[1, 2], [3], [4, 5, 6], [7, 8, 9]]);
});

test('a fooled network says what it was nudged to, and the image stays an image', () => {
  const net = network(64, 8);
  const image = new Float32Array(64).fill(0.5);
  const target = ranking(look(net, image).z)[1];
  const found = fool(net, image, target);
  assert.equal(found.fooled, true);
  assert.equal(ranking(look(net, found.x).z)[0], target);
  assert.ok(found.x.every((value) => value >= 0 && value <= 1));
});
