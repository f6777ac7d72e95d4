// @ts-check
// Drawings as text: what is read draws the same ink; every way keeps to the letters that there are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inkOf, onGrid, readStrokes, way, written } from '../../../static/js/nn/strokes.js';
import { uniform } from '../random.js';

/** @param {() => number} random @returns {import('../../../static/js/nn/strokes.js').Stroke} */
function stroke(random) {
  const points = [...onGrid({ x: 200 * random() - 30, y: 200 * random() - 30 })];
  for (let n = Math.floor(12 * random()); n > 0; n--) {
    const last = /** @type {[number, number]} */ (points.slice(-2));
    points.push(...way(last, onGrid({ x: 200 * random() - 30, y: 200 * random() - 30 })).flat());
  }
  return { pen: 2 + Math.floor(15 * random()), points };
}

test('a drawing that was written is read as it was, and draws the same ink', () => {
  const random = uniform(5);
  for (let n = 0; n < 60; n++) {
    const strokes = Array.from({ length: Math.floor(4 * random()) }, () => stroke(random));
    const text = written(strokes);
    assert.match(text, /^[\w.-]*$/);
    assert.deepEqual(readStrokes(text), strokes);
    assert.deepEqual(inkOf(readStrokes(text) ?? []), inkOf(strokes));
  }
});

test('a way ends where it was to go, in steps that can be written', () => {
  const random = uniform(6);
  for (let n = 0; n < 500; n++) {
    const [from, to] = [0, 1].map(() => onGrid({ x: 180 * random() - 20, y: 180 * random() - 20 }));
    const points = way(from, to);
    if (points.length === 0) assert.ok(Math.abs(from[0] - to[0]) < 2 && Math.abs(from[1] - to[1]) < 2);
    else assert.deepEqual(points.at(-1), to);
    [from, ...points].forEach(([x, y], at, all) => {
      if (at > 0) assert.ok(Math.abs(x - all[at - 1][0]) <= 31 && Math.abs(y - all[at - 1][1]) <= 31);
    });
  }
});

test('what is no drawing is not read as one', () => {
  for (const text of ['A', 'IBCD', '猫', 'IBCDEF', 'IBCDE.', 'ABCDE', 'I,CDE']) {
    assert.equal(readStrokes(text), undefined, text);
  }
  assert.deepEqual(readStrokes(''), []);
});
