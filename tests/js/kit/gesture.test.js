// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gestures } from '../../../static/js/kit/gesture.js';
import { observable } from '../../../static/js/kit/observable.js';
import { history } from '../../../static/js/kit/undo.js';

function made() {
  const state = observable(0);
  return { state, gesture: gestures(state, history(0)) };
}

test('a drag of many moves is one step of the history', () => {
  const { state, gesture } = made();
  gesture.begin('z', 2);
  for (const value of [1, 2, 3]) gesture.move(value);
  gesture.end();
  gesture.undo();
  assert.equal(state.value, 0);
  gesture.redo();
  assert.equal(state.value, 3);
});

test('the trail keeps what was before the gesture until the next one begins', () => {
  const { gesture } = made();
  gesture.begin('z', 2);
  gesture.move(1);
  gesture.end();
  assert.deepEqual(gesture.trail.value, { kind: 'z', index: 2, before: 0 });
  gesture.begin('shift');
  assert.deepEqual(gesture.trail.value, { kind: 'shift', index: -1, before: 1 });
});

test('it is held from begin to end', () => {
  const { gesture } = made();
  gesture.begin('z', 0);
  assert.equal(gesture.held.value, true);
  gesture.end();
  assert.equal(gesture.held.value, false);
});

test('the presses of a key are one step, until something else is done or the focus leaves', () => {
  const { state, gesture } = made();
  const presses = (/** @type {string} */ kind, /** @type {number[]} */ values) => {
    for (const value of values) gesture.press(kind, 0, value);
  };
  presses('z', [1, 2, 3]);
  assert.equal(gesture.trail.value.before, 0);
  presses('a', [4, 5]);
  gesture.part();
  presses('a', [6]);
  const back = [5, 3, 0, 0];
  for (const value of back) {
    gesture.undo();
    assert.equal(state.value, value);
  }
  presses('z', [7, 8]);
  gesture.undo();
  assert.equal(state.value, 0);
  gesture.redo();
  assert.equal(state.value, 8);
  assert.equal(gesture.held.value, false);
});

test('what is only shown is not undone', () => {
  const { state, gesture } = made();
  gesture.once('z', 0, 1);
  gesture.show(5);
  gesture.undo();
  assert.equal(state.value, 0);
});

test('to undo lets go of what a hand still holds', () => {
  const { gesture } = made();
  for (const back of ['undo', 'redo']) {
    gesture.once('z', 0, 1);
    gesture.begin('z', 0);
    gesture[/** @type {'undo' | 'redo'} */ (back)]();
    assert.equal(gesture.held.value, false, back);
  }
});
