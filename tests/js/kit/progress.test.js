// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { progress } from '../../../static/js/kit/progress.js';

/** @param {string | null} kept */
function keeper(kept = null) {
  return {
    getItem: () => kept,
    setItem: (/** @type {string} */ _, /** @type {string} */ value) => {
      kept = value;
    },
  };
}

describe('progress on the path', () => {
  it('is kept, each step once, and can be forgotten', () => {
    const box = keeper();
    const kept = progress(() => box);
    kept.add('cost');
    kept.add('cost');
    kept.add('lesson.cost');
    assert.deepEqual([...progress(() => box).done()], ['cost', 'lesson.cost']);
    kept.clear();
    assert.equal(kept.done().size, 0);
  });
  it('is empty where something else is kept', () => {
    for (const text of ['{', '7', '"a"', '[1, null]']) assert.equal(progress(() => keeper(text)).done().size, 0);
  });
  it('forgets without a word where a browser keeps nothing', () => {
    const kept = progress(() => {
      throw new Error('forbidden');
    });
    kept.add('cost');
    assert.equal(kept.done().size, 0);
  });
});
