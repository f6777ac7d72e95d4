// @ts-check
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

/** @type {(entries: { target: any, isIntersecting: boolean }[]) => void} */
let look = () => {};
/** @type {any} */ (globalThis).IntersectionObserver = class {
  /** @param {typeof look} callback */
  constructor(callback) {
    look = callback;
  }
  observe() {}
};
const { whileSeen } = await import('../../../static/js/figures/sight.js');

/** @param {() => void} task */
const now = (task) => task();

function drawn() {
  const element = /** @type {any} */ ({});
  let count = 0;
  const ask = whileSeen(
    element,
    () => {
      count += 1;
    },
    now,
  );
  const move = (/** @type {boolean} */ isIntersecting) => look([{ target: element, isIntersecting }]);
  return { ask, move, count: () => count };
}

test('what is in sight follows every step', () => {
  const { ask, count } = drawn();
  for (let step = 0; step < 5; step += 1) ask();
  assert.equal(count(), 5);
});

test('what is out of sight follows once, when the hand rests', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { ask, move, count } = drawn();
  move(false);
  for (let step = 0; step < 50; step += 1) {
    ask();
    mock.timers.tick(50);
  }
  assert.equal(count(), 0);
  mock.timers.tick(1000);
  assert.equal(count(), 1);
  mock.timers.reset();
});

test('what comes into sight is up to date at once, and only if it was not', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { ask, move, count } = drawn();
  move(false);
  ask();
  move(true);
  assert.equal(count(), 1);
  mock.timers.tick(1000);
  move(false);
  move(true);
  assert.equal(count(), 1);
  mock.timers.reset();
});
