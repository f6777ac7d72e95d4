// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive, observable } from '../../../static/js/kit/observable.js';

test('link calls at once with the value that is there, then with each new one and the one before', () => {
  const count = observable(1);
  /** @type {[number, number | undefined][]} */
  const heard = [];
  count.link((value, before) => heard.push([value, before]));
  count.value = 2;
  assert.deepEqual(heard, [
    [1, undefined],
    [2, 1],
  ]);
});

test('setting an equal value is silent', () => {
  const count = observable(1);
  let calls = 0;
  count.link(() => {
    calls += 1;
  });
  count.value = 1;
  assert.equal(calls, 1);
});

test('what counts as equal can be said', () => {
  const pair = observable([1, 2], (left, right) => left.join() === right.join());
  let calls = 0;
  pair.link(() => {
    calls += 1;
  });
  pair.value = [1, 2];
  pair.value = [1, 3];
  assert.equal(calls, 2);
});

test('an unlinked listener hears nothing more, not even of the change that is being told', () => {
  const count = observable(1);
  /** @type {number[]} */
  const heard = [];
  /** @type {() => void} */
  let unlink = () => {};
  count.link((value) => {
    if (value === 2) unlink();
  });
  unlink = count.link((value) => heard.push(value));
  count.value = 2;
  assert.deepEqual(heard, [1]);
});

test('a listener that sets what it listens to is told that it is wrong', () => {
  const count = observable(1);
  count.link((value) => {
    if (value === 2) count.value = 3;
  });
  assert.throws(() => {
    count.value = 2;
  }, /one of its own listeners/);
});

test('a failing listener leaves the observable usable', () => {
  const count = observable(1);
  const unlink = count.link((value) => {
    if (value === 2) throw new Error('mine');
  });
  assert.throws(() => {
    count.value = 2;
  }, /mine/);
  unlink();
  count.value = 3;
  assert.equal(count.value, 3);
});

test('a derived value follows its sources and is silent where it stays the same', () => {
  const left = observable(1);
  const right = observable(2);
  const larger = derive([left, right], Math.max);
  /** @type {number[]} */
  const heard = [];
  larger.link((value) => heard.push(value));
  left.value = 0;
  right.value = 5;
  assert.deepEqual(heard, [2, 5]);
  assert.equal(larger.value, 5);
  larger.dispose();
  left.value = 9;
  assert.equal(larger.value, 5);
});
