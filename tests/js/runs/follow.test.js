// @ts-check
// One run that is followed, over a line that the test holds both ends of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPIRES } from '../../../static/js/runs/commands.js';
import { follow } from '../../../static/js/runs/follow.js';

globalThis.location ??= /** @type {any} */ ({ origin: 'http://127.0.0.1:8000' });
const settle = () => new Promise((done) => setImmediate(done));

/** @param {any[]} reasons what is found out about a line that did not open, in turn */
function world(...reasons) {
  /** @type {any} */
  let tell;
  let address = () => '';
  let at = 0;
  let open = false;
  /** @type {any[]} */
  const sent = [];
  /** @type {number[]} */
  const held = [];
  /** @type {{ task: () => void, due: number }[]} */
  const waits = [];
  const one = follow({ id: 'r1', status: 'queued', epoch: 0, spec: {} }, () => false, undefined, {
    socket: /** @type {any} */ (
      (/** @type {() => string} */ where, /** @type {any} */ listener) => {
        [address, tell] = [where, listener];
        listener.state('connecting', { attempt: 0 });
        return {
          send: (/** @type {any} */ message) => {
            if (open) sent.push(message);
            return open;
          },
          hold: (/** @type {number} */ seconds) => held.push(seconds),
          close: () => undefined,
        };
      }
    ),
    whyUnopened: async () => reasons.shift(),
    now: () => at,
    wait: (task, milliseconds) => waits.push({ task, due: at + milliseconds }),
  });
  return {
    one,
    run: () => one.run.value,
    sent,
    held,
    address: () => address(),
    message: (/** @type {any} */ message) => tell.message(message),
    opens(/** @type {any} */ run = {}) {
      open = true;
      tell.state('open', { attempt: 0 });
      tell.message({ type: 'run', version: 1, id: 'r1', status: 'running', epoch: 0, cost: null, ...run });
    },
    breaks(/** @type {any} */ detail = {}) {
      open = false;
      tell.state('lost', { code: 1006, opened: true, attempt: 1, ...detail });
    },
    pass(/** @type {number} */ milliseconds) {
      at += milliseconds;
      for (const { task } of waits.splice(0).filter(({ due }) => due <= at)) task();
    },
  };
}

test('it asks for beats, and goes on after the last epoch that it knows', () => {
  const { address, message, opens } = world();
  assert.match(address(), /events\?include=parameters&beats=1$/);
  opens();
  message({ type: 'progress', from: 0, to: 7, epoch: [0, 7], cost: [1, 0.5], accuracy: 1 });
  assert.match(address(), /&after=7$/);
});

test('a press while the first connection is made goes out with it', () => {
  const { one, run, sent, opens, message } = world();
  one.step(3);
  assert.deepEqual([sent, run().waiting], [[], true]);
  opens({ status: 'paused' });
  assert.deepEqual(sent, [{ type: 'step', epochs: 3 }]);
  message({ type: 'beat', heard: 1 });
  assert.equal(run().waiting, false);
});

test('a press on a line that turns out to be dead is delivered once on the next', () => {
  const { one, run, sent, opens, breaks, message } = world();
  opens();
  one.pause();
  assert.equal(sent.length, 1);
  breaks();
  assert.deepEqual([run().trouble, run().waiting], ['lost', true]);
  opens();
  message({ type: 'beat', heard: 1 });
  breaks();
  opens();
  assert.deepEqual(sent, [{ type: 'pause' }, { type: 'pause' }]);
  assert.deepEqual([run().trouble, run().waiting], ['', false]);
});

test('a step on a lost line is refused, and said', () => {
  const { one, run, sent, opens, breaks } = world();
  opens({ status: 'paused' });
  breaks();
  one.step(1);
  assert.equal(run().undelivered, true);
  opens({ status: 'paused' });
  assert.deepEqual(sent, []);
});

test('a pause on a lost line waits for a while, and then is given up and said', () => {
  const { one, run, sent, opens, breaks, pass } = world();
  opens();
  breaks();
  one.pause();
  assert.deepEqual([run().waiting, run().undelivered], [true, false]);
  pass(EXPIRES);
  assert.deepEqual([run().waiting, run().undelivered], [false, true]);
  opens();
  assert.deepEqual(sent, []);
  one.pause();
  assert.equal(run().undelivered, false);
});

test('what is in the way is named once it is known: gone only where nobody answers', async () => {
  const { run, breaks, opens } = world({ trouble: 'gone', retry: 0 });
  opens();
  breaks();
  assert.equal(run().trouble, 'lost');
  breaks({ opened: false, attempt: 2 });
  assert.equal(run().trouble, 'lost');
  await settle();
  assert.equal(run().trouble, 'gone');
  opens();
  assert.equal(run().trouble, '');
});

test('sockets are said not to get through only where that happened twice', async () => {
  const { run, breaks } = world({ trouble: 'upgrade', retry: 0 }, { trouble: 'upgrade', retry: 0 });
  breaks({ opened: false, attempt: 1 });
  await settle();
  assert.equal(run().trouble, 'lost');
  breaks({ opened: false, attempt: 2 });
  await settle();
  assert.equal(run().trouble, 'upgrade');
});

test('too many connections are named by the close code, and the server is left alone for as long as it says', async () => {
  const { run, breaks, held } = world({ trouble: 'full', retry: 10 });
  breaks({ code: 1013, opened: false });
  assert.equal(run().trouble, 'full');
  breaks({ opened: false });
  await settle();
  assert.deepEqual(held, [10]);
});
