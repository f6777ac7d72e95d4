// @ts-check
// Commands on their way: none is swallowed, none is delivered twice, none late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandQueue, EXPIRES, lifetime } from '../../../static/js/runs/commands.js';

const STEP = { type: 'step', epochs: 1 };
const PAUSE = { type: 'pause' };

function queue() {
  let at = 0;
  const made = commandQueue(() => at);
  return {
    made,
    pass: (/** @type {number} */ milliseconds) => {
      at += milliseconds;
    },
  };
}

test('what the server has dealt with is forgotten, in order', () => {
  const { made } = queue();
  made.add(PAUSE, 3, true);
  made.add(STEP, 3, true);
  made.acknowledge(1);
  assert.equal(made.waiting, true);
  made.acknowledge(2);
  assert.equal(made.waiting, false);
  assert.deepEqual(made.renew({ status: 'paused', epoch: 3 }), []);
});

test('what waits for a connection is sent when there is one, once', () => {
  const { made } = queue();
  made.add(PAUSE, 3, false);
  made.acknowledge(0);
  assert.deepEqual(made.renew({ status: 'running', epoch: 9 }), [PAUSE]);
  made.acknowledge(1);
  assert.deepEqual(made.renew({ status: 'paused', epoch: 9 }), []);
});

test('a step sent on a line that died is sent again only where it did not arrive', () => {
  for (const [run, again] of /** @type {[any, boolean][]} */ ([
    [{ status: 'paused', epoch: 3 }, true],
    [{ status: 'paused', epoch: 4 }, false],
    [{ status: 'running', epoch: 3 }, false],
  ])) {
    const { made } = queue();
    made.add(STEP, 3, true);
    assert.equal(made.renew(run).length === 1, again, JSON.stringify(run));
  }
});

test('a step is not delivered six connections later', () => {
  const { made, pass } = queue();
  made.add(STEP, 3, true);
  for (let n = 0; n < 6; n += 1) pass(10_000 / 6);
  assert.equal(made.expire(), true);
  assert.deepEqual(made.renew({ status: 'paused', epoch: 3 }), []);
  assert.equal(made.expire(), false);
  assert.ok(lifetime(STEP) < EXPIRES);
});

test('a run that has ended is told nothing', () => {
  const { made } = queue();
  made.add(PAUSE, 3, true);
  assert.deepEqual(made.renew({ status: 'finished', epoch: 9 }), []);
  assert.equal(made.waiting, false);
});

test('counting begins anew with every connection', () => {
  const { made } = queue();
  made.add(PAUSE, 3, true);
  made.acknowledge(1);
  made.add(PAUSE, 3, true);
  made.renew({ status: 'running', epoch: 3 });
  made.acknowledge(0);
  assert.equal(made.waiting, true);
  made.acknowledge(1);
  assert.equal(made.waiting, false);
});
