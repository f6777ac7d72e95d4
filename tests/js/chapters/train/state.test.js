// @ts-check
// What an experiment's address and spec say: which settings make it another experiment, and which only show it differently.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { experimentTable, marksOf, rulesOf, specKey, specOf } from '../../../../static/js/chapters/train/state.js';

const TABLE = experimentTable(['iris-versicolor-virginica', 'xor']);
/** @typedef {import('../../../../static/js/chapters/train/state.js').Experiment} Experiment */
const START = /** @type {Experiment} */ (
  Object.fromEntries(Object.entries(TABLE).map(([name, entry]) => [name, entry.initial]))
);

/** Another value of each setting. @type {Record<string, unknown>} */
const OTHER = {
  dataset: 'xor',
  hidden: [3],
  output: 'sigmoid',
  cost: 'quadratic',
  rule: 'article',
  start: 'scaled',
  bias: false,
  epochs: 50,
  eta: 0.3,
  batch: 10,
  seed: 4,
  pace: 25,
};

test('another pace is the same experiment, every other wish of the spec is another one', () => {
  for (const [name, value] of Object.entries(OTHER)) {
    const changed = specKey({ ...START, [name]: value }) !== specKey(START);
    assert.equal(changed, name !== 'pace', name);
  }
});

test('every other wish reaches the spec', () => {
  for (const [name, value] of Object.entries(OTHER)) {
    if (name === 'rule') continue;
    assert.notDeepEqual(
      specOf(/** @type {any} */ ({ ...START, [name]: value }), 'exact'),
      specOf(START, 'exact'),
      name,
    );
  }
});

test('how it is looked at is no part of the experiment', () => {
  const looks = { log: false, sample: 7, list: 'worst', show: 'article', at: 300, go: true };
  assert.equal(specKey(/** @type {any} */ ({ ...START, ...looks })), specKey(START));
});

test('both rules are two runs, one rule is one', () => {
  assert.deepEqual(rulesOf(/** @type {any} */ ({ ...START, rule: 'both' })), ['exact', 'article']);
  assert.deepEqual(rulesOf(/** @type {any} */ ({ ...START, rule: 'article' })), ['article']);
});

test('the marks are thousands for the article’s run, hold both ends, and are never many', () => {
  assert.deepEqual(
    marksOf(10_000),
    Array.from({ length: 11 }, (_, i) => 1000 * i),
  );
  for (let epochs = 1; epochs < 1_000_000; epochs = Math.ceil(epochs * 1.37)) {
    const marks = marksOf(epochs);
    assert.deepEqual([marks[0], marks.at(-1)], [0, epochs]);
    assert.ok(marks.length <= 22, `${marks.length} marks for ${epochs} epochs`);
    assert.ok(marks.every((mark, i) => i === 0 || mark > marks[i - 1]));
  }
});
