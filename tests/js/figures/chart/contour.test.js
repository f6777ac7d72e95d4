// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rings } from '../../../../static/js/figures/chart/contour.js';

/** How often rings wind around a place: the oracle for what is inside. @param {[number, number][][]} all @param {number} x @param {number} y */
function inside(all, x, y) {
  let odd = false;
  for (const ring of all) {
    ring.forEach(([x1, y1], k) => {
      const [x2, y2] = ring[(k + 1) % ring.length];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
    });
  }
  return odd;
}

/** @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test('a place of the grid is inside where the field is high, and outside where it is low', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = random(seed);
    const values = Array.from({ length: 7 }, () => Array.from({ length: 9 }, () => next()));
    const level = 0.2 + 0.6 * next();
    const found = rings(values, level);
    for (const ring of found) assert.ok(ring.length >= 3);
    values.forEach((row, y) => {
      row.forEach((value, x) => {
        // Rings run along the grid's own edge, so a place there is looked at from a little inside.
        const [at, up] = [Math.min(Math.max(x, 1e-3), 8 - 1e-3), Math.min(Math.max(y, 1e-3), 6 - 1e-3)];
        if (Math.abs(value - level) > 0.02)
          assert.equal(inside(found, at, up), value > level, `seed ${seed}: ${x}, ${y}`);
      });
    });
  }
});

test('on a plane the border is the straight line of equal height', () => {
  const values = Array.from({ length: 5 }, (_, y) => Array.from({ length: 5 }, (_, x) => x + 2 * y));
  const [ring, ...others] = rings(values, 5.5);
  assert.deepEqual(others, []);
  const within = ring.filter(([x, y]) => x > 0 && y > 0 && x < 4 && y < 4);
  assert.ok(within.length >= 3);
  for (const [x, y] of within) assert.ok(Math.abs(x + 2 * y - 5.5) < 1e-12);
});

test('a field that is high everywhere is one ring around the grid, and one that is low has none', () => {
  const values = [
    [2, 2],
    [2, 2],
  ];
  const [ring, ...others] = rings(values, 1);
  assert.deepEqual(others, []);
  assert.deepEqual(new Set(ring.map(String)), new Set(['0,0', '1,0', '1,1', '0,1']));
  assert.deepEqual(rings(values, 3), []);
});
