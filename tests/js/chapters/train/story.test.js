// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storyOf } from '../../../../static/js/chapters/train/story.js';

/** @param {string} rule @param {number[]} y @param {object} [more] @returns {any} */
const line = (rule, y, more = {}) => ({
  rule,
  run: { status: 'finished', epoch: y.length - 1, x: y.map((_, i) => i), y, cost: y.at(-1), accuracy: 0.5, ...more },
});
const NUMBERS = { eta: 0.1, samples: 100, guessing: Math.LN2 };
const LOST = line('article', [1.1, 18, 7, 18, 7, 18, 7]);
const LEARNT = line('exact', [1.1, 0.69, 0.69, 0.69, 0.3, 0.1, 0.08]);

// Without a page there is no catalogue: the key stands for the sentence.
console.error = () => undefined;

test('a rule that ends above guessing is lost', () => {
  assert.equal(storyOf([LEARNT, LOST], NUMBERS), 'train.story.lost');
});

test('two rules that learn hide the fault', () => {
  assert.equal(storyOf([LEARNT, line('article', [1.1, 0.2, 0.01])], NUMBERS), 'train.story.hidden');
});

test('there is nothing to say of one rule, of runs that go on, or of a cost without a line of guessing', () => {
  assert.equal(storyOf([LEARNT], NUMBERS), '');
  assert.equal(storyOf([LEARNT, line('article', [1, 18, 7], { status: 'running' })], NUMBERS), '');
  assert.equal(storyOf([LEARNT, LOST], { ...NUMBERS, guessing: null }), '');
});
