// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kept, keptEntry } from '../../../static/js/kit/kept.js';

/** A browser's storage with room for so many characters. */
function box(room = Number.POSITIVE_INFINITY) {
  let held = /** @type {string | null} */ (null);
  return {
    getItem: () => held,
    setItem: (/** @type {string} */ _, /** @type {string} */ value) => {
      if (value.length > room) throw new Error('QuotaExceededError');
      held = value;
    },
  };
}
const text = (/** @type {number} */ n) => `${n}`.repeat(100);

describe('what an address cannot carry', () => {
  it('is found by its reference, here and nowhere else', () => {
    const here = box();
    const { reference, safe } = kept(() => here).keep(text(1));
    assert.ok(safe && reference.length < 40);
    assert.equal(kept(() => here).find(reference), text(1));
    assert.equal(kept(() => box()).find(reference), undefined);
  });
  it('is the newest few, and fewer where there is less room', () => {
    for (const [room, left] of [
      [Number.POSITIVE_INFINITY, 6],
      [400, 3],
    ]) {
      const store = kept(() => here);
      const here = box(room);
      const all = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => store.keep(text(n)).reference);
      assert.equal(new Set(all).size, 8);
      const found = all.filter((one) => store.find(one) !== undefined);
      assert.deepEqual(found, all.slice(-left));
    }
  });
  it('is said not to be safe where nothing can be kept', () => {
    const forbidden = () => {
      throw new Error('SecurityError');
    };
    for (const keeper of [forbidden, () => undefined, () => box(10)]) {
      const { reference, safe } = kept(keeper).keep(text(1));
      assert.equal(safe, false);
      assert.equal(kept(keeper).find(reference), undefined);
    }
  });
  it('stands in the address where it is short', () => {
    const here = box();
    const json = { initial: null, read: JSON.parse, write: JSON.stringify };
    const entry = () =>
      keptEntry(
        json,
        20,
        kept(() => here),
      );
    assert.equal(entry().write([1, 2]), '[1,2]');
    assert.equal(entry().isSafe([1, 2]), null);
    const long = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5];
    const written = entry().write(long);
    assert.match(written, /^kept:/);
    assert.equal(entry().isSafe(long), true);
    assert.deepEqual(entry().read(written), long);
    assert.equal(entry().write(entry().read(written)), written);
  });
});
