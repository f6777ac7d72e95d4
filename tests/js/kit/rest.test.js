// @ts-check
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { atRest } from '../../../static/js/kit/rest.js';

test('a task is done once, when nothing has asked for a while', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const ask = atRest(() => {
    done += 1;
  }, 100);
  for (let k = 0; k < 20; k += 1) {
    ask();
    mock.timers.tick(99);
  }
  assert.equal(done, 0);
  mock.timers.tick(1);
  assert.equal(done, 1);
  mock.timers.tick(1000);
  assert.equal(done, 1);
  mock.timers.reset();
});
