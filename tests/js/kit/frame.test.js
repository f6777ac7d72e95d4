// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frames } from '../../../static/js/kit/frame.js';

/** A browser whose frames are drawn by hand. */
function screen() {
  /** @type {(() => void)[]} */
  const asked = [];
  return {
    request: (/** @type {() => void} */ callback) => void asked.push(callback),
    asked,
    draw: () => asked.shift()?.(),
  };
}

test('asked for twice before a frame, a task is done once in it', () => {
  const { request, asked, draw } = screen();
  const next = frames(request);
  let done = 0;
  const task = () => {
    done += 1;
  };
  next(task);
  next(task);
  assert.equal(asked.length, 1);
  draw();
  assert.equal(done, 1);
});

test('what is asked for while a frame is drawn waits for the next one', () => {
  const { request, asked, draw } = screen();
  const next = frames(request);
  /** @type {string[]} */
  const done = [];
  next(() => {
    done.push('first');
    next(() => done.push('second'));
  });
  draw();
  assert.deepEqual(done, ['first']);
  assert.equal(asked.length, 1);
  draw();
  assert.deepEqual(done, ['first', 'second']);
});

test('with a limit a frame does no more, and the rest follows in the frames after it', () => {
  const { request, asked, draw } = screen();
  const soon = frames(request, 1);
  /** @type {string[]} */
  const done = [];
  const [first, second] = ['first', 'second'].map((name) => () => void done.push(name));
  soon(first);
  soon(second);
  draw();
  assert.deepEqual(done, ['first']);
  soon(first);
  draw();
  draw();
  assert.deepEqual(done, ['first', 'second', 'first']);
  assert.equal(asked.length, 0);
});
