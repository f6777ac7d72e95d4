// @ts-check
// The connection that comes back by itself, on a hand-turned world: no network, no clock, no chance.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, shouldReturn, socket } from '../../../static/js/runs/socket.js';

/** What a WebSocket's readyState says. */
const [CONNECTING, OPEN, CLOSED] = [0, 1, 3];

/** A WebSocket that does what the test says. */
class Line extends EventTarget {
  /** @type {Line[]} */
  static opened = [];
  /** @type {string[]} */
  sent = [];
  /** @type {number} */
  readyState = OPEN;
  /** @type {number | undefined} */
  closedWith;

  /** @param {string} address */
  constructor(address) {
    super();
    this.address = address;
    Line.opened.push(this);
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(text);
  }

  /** @param {number} code */
  close(code) {
    this.closedWith = code;
  }

  /** @param {unknown} message */
  says(message) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }

  /** @param {number} code */
  breaks(code) {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

/** A socket in a world that the test turns by hand. */
function world(random = () => 0.5) {
  Line.opened = [];
  /** @type {{ task: () => void, milliseconds: number }[]} */
  const waits = [];
  /** @type {string[]} */
  const states = [];
  /** @type {unknown[]} */
  const messages = [];
  let asked = 0;
  const made = socket(
    () => `ws://127.0.0.1/events?after=${asked++}`,
    { message: (message) => messages.push(message), state: (state) => states.push(state) },
    {
      connect: (address) => /** @type {any} */ (new Line(address)),
      wait: (task, milliseconds) => waits.push({ task, milliseconds }),
      random,
    },
  );
  const last = () => /** @type {Line} */ (Line.opened.at(-1));
  return { made, waits, states, messages, last };
}

test('close codes are instructions', () => {
  for (const code of [1000, 1008, 4400, 4404, 4499]) assert.equal(shouldReturn(code), false, String(code));
  for (const code of [1001, 1006, 1011, 1012, 1013, 4500, 4599]) assert.equal(shouldReturn(code), true, String(code));
});

test('each pause is up to twice as long as the last, at least half of that, and ends at eight seconds', () => {
  const [shortest, longest] = [() => 0, () => 1].map((random) => [0, 1, 2, 3, 20].map((n) => pause(n, random)));
  assert.deepEqual(shortest, [125, 250, 500, 1000, 4000]);
  assert.deepEqual(longest, [250, 500, 1000, 2000, 8000]);
});

test('messages arrive as values, in order', () => {
  const { messages, last } = world();
  last().says({ type: 'run' });
  last().says({ type: 'progress', to: 3 });
  assert.deepEqual(messages, [{ type: 'run' }, { type: 'progress', to: 3 }]);
});

test('a lost connection is opened again, at an address that is asked anew', () => {
  const { waits, states, last } = world();
  last().says({});
  last().breaks(1006);
  assert.equal(states.at(-1), 'lost');
  assert.equal(waits.length, 1);
  waits[0].task();
  assert.deepEqual(
    Line.opened.map(({ address }) => address.split('=')[1]),
    ['0', '1'],
  );
});

test('pauses grow while the server is gone, and start small once it has spoken', () => {
  const { waits, last } = world(() => 1);
  for (let n = 0; n < 3; n += 1) {
    last().breaks(1006);
    waits[n].task();
  }
  last().says({});
  last().breaks(1012);
  const [first, second, third, again] = waits.map(({ milliseconds }) => milliseconds);
  assert.ok(first < second && second < third, 'the pauses do not grow');
  assert.ok(again <= first, 'the pause after a good connection is not short');
});

test('a code that means “do not return” ends it', () => {
  const { waits, states, last } = world();
  last().breaks(4404);
  assert.equal(states.at(-1), 'closed');
  assert.deepEqual(waits, []);
});

test('what a closed page still hears changes nothing', () => {
  const { made, messages, waits, last } = world();
  made.close();
  last().says({ type: 'progress' });
  last().breaks(1006);
  assert.equal(last().closedWith, 1000);
  assert.deepEqual([messages, waits], [[], []]);
});

test('a wish made while the first connection is made is sent once it is there', () => {
  const { made, last } = world();
  last().readyState = CONNECTING;
  made.send({ type: 'pause' });
  assert.deepEqual(last().sent, []);
  last().readyState = OPEN;
  last().dispatchEvent(new Event('open'));
  assert.deepEqual(last().sent, ['{"type":"pause"}']);
});

test('a wish is sent on an open connection and dropped without one', () => {
  const { made, last } = world();
  made.send({ type: 'pause' });
  last().readyState = CLOSED;
  made.send({ type: 'resume' });
  assert.deepEqual(last().sent, ['{"type":"pause"}']);
});
