// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { history, historyKeys } from '../../../static/js/kit/undo.js';

test('undo and redo walk the states that were recorded', () => {
  const past = history('a');
  past.record('b');
  past.record('c');
  assert.deepEqual([past.undo(), past.undo(), past.redo(), past.redo()], ['b', 'a', 'b', 'c']);
});

test('at either end they stay', () => {
  const past = history('a');
  assert.deepEqual([past.undo(), past.redo()], ['a', 'a']);
});

test('a new change ends the future', () => {
  const past = history('a');
  past.record('b');
  past.undo();
  past.record('c');
  assert.equal(past.redo(), 'c');
  assert.equal(past.undo(), 'a');
});

test('the same state is not a change', () => {
  const past = history('a');
  past.record('a');
  assert.deepEqual(past.can.value, { undo: false, redo: false });
});

test('no more than the limit is kept, the oldest go first', () => {
  const past = history(0, 2);
  for (const state of [1, 2, 3]) past.record(state);
  assert.deepEqual([past.undo(), past.undo(), past.undo()], [2, 1, 1]);
});

test('it says what can be done', () => {
  const past = history('a');
  past.record('b');
  assert.deepEqual(past.can.value, { undo: true, redo: false });
  past.undo();
  assert.deepEqual(past.can.value, { undo: false, redo: true });
});

test('Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y are heard, a plain z is not', () => {
  const target = new EventTarget();
  /** @type {string[]} */
  const done = [];
  const dispose = historyKeys({ undo: () => done.push('undo'), redo: () => done.push('redo') }, target);
  const press = (/** @type {object} */ keys) => target.dispatchEvent(Object.assign(new Event('keydown'), keys));
  press({ key: 'z', ctrlKey: true });
  press({ key: 'Z', metaKey: true, shiftKey: true });
  press({ key: 'y', ctrlKey: true });
  press({ key: 'z' });
  dispose();
  press({ key: 'z', ctrlKey: true });
  assert.deepEqual(done, ['undo', 'redo', 'redo']);
});

test("in a field with a change that is not yet entered the keys are the field's own", () => {
  const field = new EventTarget();
  let undone = 0;
  historyKeys({ undo: () => (undone += 1), redo: () => {} }, field);
  const press = () => field.dispatchEvent(Object.assign(new Event('keydown'), { key: 'z', ctrlKey: true }));
  field.dispatchEvent(new Event('input'));
  press();
  assert.equal(undone, 0);
  field.dispatchEvent(new Event('change'));
  press();
  assert.equal(undone, 1);
});
