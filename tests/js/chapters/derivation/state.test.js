// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fromUrl,
  sampleOf,
  TABLE,
  toUrl,
  withClass,
  withJ,
  withLesson,
  withoutClass,
  withTarget,
  withZ,
} from '../../../../static/js/chapters/derivation/state.js';
import { readUrl, writeUrl } from '../../../../static/js/kit/address.js';

const read = (/** @type {string} */ search) => fromUrl(readUrl(TABLE, search), () => 5);

test('an address is read and written back', () => {
  const search = '?lesson=weight&step=4&z=1,2,3&y=0,1,0&h=0.1,0.2,0.3&i=2&j=3&unit=2&convention=code';
  assert.equal(writeUrl(TABLE, toUrl(read(search)), ''), search);
});

test('what does not fit the number of classes is put right', () => {
  const state = read('?z=1,2&y=0,0,1&i=9&j=2&step=19');
  assert.deepEqual(state.y, [1, 0]);
  assert.deepEqual([state.i, state.j, state.step], [1, 0, 5]);
});

test('i and j are never the same class', () => {
  const state = read('?z=1,2,3&y=1,0,0&i=2&j=1');
  const swapped = withJ(state, 1);
  assert.deepEqual([swapped.i, swapped.j], [0, 1]);
  assert.notEqual(withoutClass({ ...state, i: 2, j: 1 }).i, withoutClass({ ...state, i: 2, j: 1 }).j);
});

test('a class may come and go, and one answer stays right', () => {
  const state = read('?z=1,2,3&y=0,0,1');
  assert.deepEqual(withClass(state).y, [0, 0, 1, 0]);
  assert.deepEqual(withoutClass(state).y, [0, 1]);
  assert.deepEqual(withTarget(state, 0).y, [1, 0, 0]);
});

test('another claim begins at its first step', () => {
  const state = { ...read(''), step: 4 };
  assert.equal(withLesson(state, 'delta').step, 1);
  assert.equal(withLesson(state, state.lesson).step, 4);
});

test('a moved z moves its bias, and z is the weighted sum and the bias', () => {
  const state = read('');
  const [before, after] = [sampleOf(state), sampleOf(withZ(state, 1, 3))];
  assert.deepEqual(before.w, after.w);
  after.z.forEach((z, i) => {
    const sum = after.h.reduce((total, one, j) => total + after.w[i][j] * one, after.b[i]);
    assert.ok(Math.abs(sum - z) < 1e-14);
    assert.equal(before.b[i] === after.b[i], i !== 1);
  });
});
