// @ts-check
/** Every page's scene: whatever address it is given, it is the scene that a fresh page would make of that address. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { misread, readUrl, writeUrl } from '../../static/js/kit/address.js';
import { scene } from '../../static/js/kit/scene.js';
import { PAGES, randomAddress } from './addresses.js';
import { uniform } from './random.js';

/** A browser's address that nobody moves. @param {string} search */
const still = (search) => ({
  search: () => search,
  replace: (/** @type {string} */ next) => {
    search = next;
  },
  push: (/** @type {string} */ next) => {
    search = next;
  },
  onMove: () => {},
  onLeave: () => {},
});

for (const [page, { table, from, to }] of Object.entries(PAGES)) {
  test(`/${page}: 200 addresses in turn show what a fresh page shows`, () => {
    const random = uniform(31);
    const live = scene(table, { from, to }, still(''));
    for (let n = 0; n < 200; n++) {
      const search = randomAddress(page, random);
      live.show(search);
      const fresh = scene(table, { from, to }, still(search));
      assert.deepEqual(live.state.value, fresh.state.value, search);
      assert.deepEqual(live.faults.value, fresh.faults.value, search);
    }
  });

  test(`/${page}: a scene survives its address, and the second writing is the first`, () => {
    const random = uniform(32);
    for (let n = 0; n < 200; n++) {
      const state = from(readUrl(table, randomAddress(page, random)));
      const search = writeUrl(table, to(state), '?lang=zh');
      const again = from(readUrl(table, search));
      assert.deepEqual(again, state, search);
      assert.equal(writeUrl(table, to(again), '?lang=zh'), search);
      assert.deepEqual(misread(table, search, to(again)), [], search);
    }
  });

  test(`/${page}: nonsense in any entry is named, and nothing else is touched`, () => {
    for (const [name, entry] of Object.entries(table)) {
      for (const text of ['abc;', '1,2,3。', '\u0000', '{', '１e999']) {
        if (entry.read(text) !== undefined) continue;
        const search = `?${new URLSearchParams({ [name]: text })}`;
        const state = from(readUrl(table, search));
        assert.deepEqual(state, from(readUrl(table, '')), search);
        const [fault] = misread(table, search, to(state));
        assert.equal(fault.name, name);
        assert.equal(fault.text, text);
      }
    }
  });
}
