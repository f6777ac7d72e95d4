// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';

// The module listens to a page only when asked to.
const { placeOf } = await import('../../../static/js/figures/placed.js');

/** Numbers that are the same at every run. @param {number} seed */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ low, /** @type {number} */ high) => {
    state = (1103515245 * state + 12345) % 2147483648;
    return low + (state / 2147483648) * (high - low);
  };
}

test('a list lies inside the window wherever its button is, on either side of it', () => {
  const between = random(5);
  for (let i = 0; i < 2000; i += 1) {
    const window = { width: between(320, 1920), height: between(256, 1080) };
    const [left, top] = [between(0, window.width - 20), between(0, window.height - 20)];
    const button = { left, right: left + 20, top, bottom: top + 20 };
    const list = { width: between(10, window.width - 16), height: between(10, window.height - 16) };
    const at = placeOf(button, list, window, i % 2 === 0);
    assert.ok(
      at.left >= 8 && at.left + list.width <= window.width - 8 + 1e-9,
      JSON.stringify({ button, list, window, at }),
    );
    assert.ok(
      at.top >= 8 && at.top + list.height <= window.height - 8 + 1e-9,
      JSON.stringify({ button, list, window, at }),
    );
  }
});

test('where there is room it hangs under its button, from the side that was asked for', () => {
  const button = { left: 500, right: 560, top: 100, bottom: 130 };
  const list = { width: 200, height: 300 };
  const window = { width: 1280, height: 720 };
  assert.deepEqual(placeOf(button, list, window, false), { left: 500, top: 134 });
  assert.deepEqual(placeOf(button, list, window, true), { left: 360, top: 134 });
});

test('at the lower edge it stands on its button', () => {
  const button = { left: 500, right: 560, top: 650, bottom: 680 };
  assert.equal(placeOf(button, { width: 200, height: 300 }, { width: 1280, height: 720 }, false).top, 346);
});
