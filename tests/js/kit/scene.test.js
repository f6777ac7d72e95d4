// @ts-check
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { choice, number, numbers } from '../../../static/js/kit/address.js';
import { differsIn, scene } from '../../../static/js/kit/scene.js';

const TABLE = {
  z: numbers([1, 2], { low: -10, high: 10, fewest: 2, most: 3 }),
  tab: choice('one', ['one', 'two', 'three']),
  chosen: number(1, { low: 1, high: 3, whole: true }),
};
const FORM = {
  from: (/** @type {any} */ given) => ({ ...given, chosen: Math.min(given.chosen, given.z.length) }),
  isStep: differsIn('tab'),
};

/** A browser's address and its list of visited ones. @param {string} search */
function browser(search) {
  const visited = [search];
  let at = 0;
  let moved = () => {};
  let leave = () => {};
  return {
    visited,
    /** @param {number} by */
    go(by) {
      at += by;
      moved();
    },
    leave: () => leave(),
    search: () => visited[at],
    replace: (/** @type {string} */ next) => void visited.splice(at, 1, next),
    push: (/** @type {string} */ next) => void visited.splice(++at, visited.length, next),
    onMove: (/** @type {() => void} */ told) => {
      moved = told;
    },
    onLeave: (/** @type {() => void} */ told) => {
      leave = told;
    },
  };
}

/** @param {string} search @param {(page: ReturnType<typeof browser>, made: any) => void} act */
function within(search, act) {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const page = browser(search);
    act(page, scene(TABLE, FORM, /** @type {any} */ (page)));
  } finally {
    mock.timers.reset();
  }
}

test('a scene is read at the start, and written when it rests or is left', () => {
  within('?z=3,4&lang=zh', (page, { state, gesture }) => {
    assert.deepEqual(state.value, { z: [3, 4], tab: 'one', chosen: 1 });
    gesture.move({ ...state.value, z: [5, 6] });
    gesture.move({ ...state.value, z: [5, 7] });
    assert.equal(page.search(), '?z=3,4&lang=zh');
    mock.timers.tick(300);
    assert.deepEqual(page.visited, ['?z=5,7&lang=zh']);
    gesture.move({ ...state.value, z: [5, 8] });
    page.leave();
    assert.equal(page.search(), '?z=5,8&lang=zh');
  });
});

test('Back moves between steps, and not between the drags of one', () => {
  within('', (page, { state, gesture }) => {
    gesture.move({ ...state.value, z: [5, 6] });
    gesture.show({ ...state.value, tab: 'two' });
    mock.timers.tick(300);
    gesture.move({ ...state.value, z: [7, 7] });
    mock.timers.tick(300);
    gesture.move({ ...state.value, z: [8, 8] });
    mock.timers.tick(300);
    assert.deepEqual(page.visited, ['?z=5,6', '?z=8,8&tab=two']);
    page.go(-1);
    assert.deepEqual(state.value, { z: [5, 6], tab: 'one', chosen: 1 });
    page.go(1);
    assert.deepEqual(state.value, { z: [8, 8], tab: 'two', chosen: 1 });
    mock.timers.tick(300);
    assert.deepEqual(page.visited, ['?z=5,6', '?z=8,8&tab=two'], 'moving makes no new step');
  });
});

test('Back while a change still waits to be written drops nothing of the scene it leads to', () => {
  within('', (page, { state, gesture }) => {
    gesture.show({ ...state.value, tab: 'two' });
    mock.timers.tick(300);
    gesture.move({ ...state.value, z: [9, 9] });
    page.go(-1);
    mock.timers.tick(300);
    assert.equal(page.visited[0], '');
    assert.deepEqual(state.value.z, [1, 2]);
  });
});

test('a link within the page changes no scene', () => {
  within('?z=3,4&lang=zh', (page, { state }) => {
    const before = state.value;
    page.push('?z=3.0,4.0&lang=en');
    page.go(0);
    assert.equal(state.value, before);
  });
});

test('what has been shown is undone as one step, and nothing has led to it', () => {
  within('', (page, { state, show, gesture, past }) => {
    gesture.once('z', 0, { ...state.value, z: [5, 6] });
    show('?z=7,8&tab=three');
    assert.deepEqual(gesture.trail.value, { kind: 'none', index: -1, before: state.value });
    mock.timers.tick(300);
    assert.deepEqual(page.visited, ['?z=7,8&tab=three']);
    gesture.undo();
    assert.deepEqual(state.value.z, [5, 6]);
    assert.equal(past.can.value.redo, true);
  });
});

test('what an address says and the page does not show is named', () => {
  within('?z=1,2,3。&tab=four&chosen=3', (page, { faults, show }) => {
    assert.deepEqual(
      faults.value.map((/** @type {any} */ { name, text, shown, known }) => ({ name, text, shown, known })),
      [
        { name: 'z', text: '1,2,3。', shown: '1,2', known: false },
        { name: 'tab', text: 'four', shown: 'one', known: false },
        { name: 'chosen', text: '3', shown: '2', known: true },
      ],
    );
    show('?z=1,2,3&chosen=3');
    assert.deepEqual(faults.value, []);
    assert.equal(page.visited.length, 1);
  });
});
