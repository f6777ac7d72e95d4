// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUESTIONS } from '../../../../static/js/chapters/softmax/questions.js';
import { fromUrl, TABLE, traceOf, withLogits } from '../../../../static/js/figures/layer/state.js';
import { readUrl } from '../../../../static/js/kit/address.js';

const START = fromUrl(readUrl(TABLE, ''));
const [gains, shift, many, heat] = QUESTIONS;

test('every question offers its own answer, for any number of classes', () => {
  for (const z of [START.z, [1, 2], [3, 1, 2], Array.from({ length: 12 }, (_, i) => i % 5)]) {
    for (const ask of QUESTIONS) {
      const { options, answer } = ask(withLogits(START, z));
      assert.ok(options.some(({ id }) => id === answer));
    }
  }
});

test('the one that gains most is the one that does when the move is made', () => {
  const asked = gains(START);
  const before = traceOf(START).a;
  const gained = traceOf(asked.act(START)).a.map((a, i) => a - before[i]);
  assert.equal(asked.answer, String(gained.indexOf(Math.max(...gained))));
});

test('where two share the lead of the rest they gain equally', () => {
  assert.equal(gains(withLogits(START, [3, 1, 1, 2])).answer, '0');
  assert.equal(gains(withLogits(START, [2, 2, 2])).answer, 'equal');
});

test('adding to all moves nothing, one z moves one sigmoid and every a, heat keeps the order', () => {
  const rounded = (/** @type {number[]} */ values) => values.map((value) => value.toFixed(12));
  const { a, sigmoid } = traceOf(START);
  assert.deepEqual(rounded(traceOf(shift(START).act(START)).a), rounded(a));
  const moved = traceOf(many(START).act(START));
  assert.equal(moved.sigmoid.filter((value, i) => value !== sigmoid[i]).length, 1);
  assert.equal(moved.a.filter((value, i) => value !== a[i]).length, a.length);
  const hot = traceOf(heat(START).act(START)).a;
  assert.equal(hot.indexOf(Math.max(...hot)), a.indexOf(Math.max(...a)));
  assert.ok(Math.max(...hot) < Math.max(...a));
});
