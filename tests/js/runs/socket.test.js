// @ts-check
// The connection that comes back by itself, on a hand-turned world: no network, no clock, no chance.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SILENCE, shouldReturn, socket } from '../../../static/js/runs/socket.js';

/** A WebSocket that does what the test says. */
class Line extends EventTarget {
  /** @type {Line[]} */
  static opened = [];
  /** @type {string[]} */
  sent = [];
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

/** A clock that is turned by hand: tasks are done when their time has come. */
function clock() {
  let at = 0;
  /** @type {{ task: () => void, due: number, milliseconds: number }[]} */
  let waits = [];
  return {
    now: () => at,
    wait: (/** @type {() => void} */ task, /** @type {number} */ milliseconds) =>
      waits.push({ task, due: at + milliseconds, milliseconds }),
    /** The wait that was asked for last. */
    latest: () => waits.at(-1)?.milliseconds,
    /** Time passes as it does for a page at work. @param {number} milliseconds */
    pass(milliseconds) {
      const end = at + milliseconds;
      for (;;) {
        const next = waits.filter(({ due }) => due <= end).sort((one, other) => one.due - other.due)[0];
        if (next === undefined) break;
        waits = waits.filter((one) => one !== next);
        at = Math.max(at, next.due);
        next.task();
      }
      at = end;
    },
    /** Time passes while nothing is done: the device sleeps. @param {number} milliseconds */
    sleep(milliseconds) {
      at += milliseconds;
    },
  };
}

/** A socket in a world that the test turns by hand. */
function world(random = () => 0.5) {
  Line.opened = [];
  const time = clock();
  /** @type {string[]} */
  const states = [];
  /** @type {any[]} */
  const details = [];
  /** @type {unknown[]} */
  const messages = [];
  let asked = 0;
  let hearing = true;
  /** @type {{ woken: () => void, cut: () => void }} */
  let signs = { woken: () => undefined, cut: () => undefined };
  const made = socket(
    () => `ws://127.0.0.1/events?after=${asked++}`,
    {
      message: (message) => messages.push(message),
      state: (state, detail) => {
        states.push(state);
        details.push(detail);
      },
    },
    {
      connect: (address) => /** @type {any} */ (new Line(address)),
      wait: time.wait,
      now: time.now,
      random,
      wakes: (woken, cut) => {
        signs = { woken, cut };
        return () => {
          hearing = false;
        };
      },
    },
  );
  const last = () => /** @type {Line} */ (Line.opened.at(-1));
  const count = () => Line.opened.length;
  return { made, time, states, details, messages, last, count, signs, hears: () => hearing };
}

const RUN = { type: 'run' };

test('close codes are instructions', () => {
  for (const code of [1000, 1008, 4400, 4404, 4499]) assert.equal(shouldReturn(code), false, String(code));
  for (const code of [1001, 1006, 1011, 1012, 1013, 4500, 4599]) assert.equal(shouldReturn(code), true, String(code));
});

test('messages arrive as values, in order', () => {
  const { messages, last } = world();
  last().says(RUN);
  last().says({ type: 'progress', to: 3 });
  assert.deepEqual(messages, [RUN, { type: 'progress', to: 3 }]);
});

test('a connection is one once the run has been told: a refusal in words is none', () => {
  const { states, details, last } = world();
  last().says({ type: 'error', detail: 'too many' });
  assert.deepEqual(states, ['connecting']);
  last().breaks(1013);
  assert.deepEqual([states.at(-1), details.at(-1).opened, details.at(-1).code], ['lost', false, 1013]);
});

test('a lost connection is opened again, at an address that is asked anew', () => {
  const { time, states, last } = world();
  last().says(RUN);
  last().breaks(1006);
  assert.equal(states.at(-1), 'lost');
  time.pass(250);
  assert.deepEqual(
    Line.opened.map(({ address }) => address.split('=')[1]),
    ['0', '1'],
  );
});

test('pauses grow while the server is gone, and start small once the run was told', () => {
  const { time, last } = world(() => 1);
  const pauses = [];
  for (let n = 0; n < 7; n += 1) {
    last().breaks(1006);
    pauses.push(time.latest());
    time.pass(Number(time.latest()));
  }
  assert.deepEqual(pauses, [250, 500, 1000, 2000, 4000, 8000, 8000]);
  last().says(RUN);
  last().breaks(1012);
  assert.equal(time.latest(), 250);
});

test('in a minute in which every connection breaks at once, no more than a dozen are tried', () => {
  const { time, last, count } = world();
  for (let second = 0; second < 60; second += 0.25) {
    if (last().closedWith === undefined) last().breaks(1006);
    last().closedWith = 1006;
    time.pass(250);
  }
  assert.ok(count() <= 16, `${count()} connections in a minute`);
});

test('one who asks to be left alone is left alone for that long', () => {
  const { made, time, last, count } = world();
  last().breaks(1006);
  made.hold(10);
  time.pass(9900);
  assert.equal(count(), 1);
  time.pass(5200);
  assert.equal(count(), 2);
});

test('a code that means “do not return” ends it, and the device is no longer listened to', () => {
  const { time, states, last, count, hears } = world();
  last().breaks(4404);
  time.pass(60_000);
  assert.deepEqual([states.at(-1), count(), hears()], ['closed', 1, false]);
});

test('what a closed page still hears changes nothing', () => {
  const { made, messages, time, last, count, hears } = world();
  made.close();
  last().says({ type: 'progress' });
  last().breaks(1006);
  time.pass(60_000);
  assert.deepEqual([last().closedWith, messages, count(), hears()], [1000, [], 1, false]);
});

test('a line that beats lives', () => {
  const { time, states, last, count } = world();
  last().says(RUN);
  for (let n = 0; n < 40; n += 1) {
    time.pass(2500);
    last().says({ type: 'beat', heard: 0 });
  }
  assert.deepEqual([states, count()], [['connecting', 'open'], 1]);
});

test('a line that falls silent without being closed is let go of within seconds, and another one made', () => {
  const { time, states, last, count } = world();
  last().says(RUN);
  const dead = last();
  time.pass(SILENCE + 1);
  assert.equal(states.at(-1), 'lost');
  time.pass(300);
  assert.equal(count(), 2);
  dead.says({ type: 'progress', to: 9 });
  dead.breaks(1006);
  last().says(RUN);
  assert.deepEqual([states.at(-1), count()], ['open', 2]);
});

test('a line that never opens is let go of, too', () => {
  const { time, count } = world();
  time.pass(SILENCE + 301);
  assert.equal(count(), 2);
});

test('where large messages come slowly, a line is given more time after each loss', () => {
  const { time, last, count } = world();
  last().says(RUN);
  time.pass(SILENCE + 301);
  last().says(RUN);
  time.pass(2 * SILENCE - 1);
  last().says({ type: 'progress' });
  assert.equal(count(), 2);
});

test('a page that stood still hears first what has come meanwhile', () => {
  const { time, last, count } = world();
  last().says(RUN);
  time.sleep(20_000);
  time.pass(0);
  last().says({ type: 'beat', heard: 0 });
  time.pass(3000);
  assert.equal(count(), 1);
});

test('a device that wakes up tries at once, not when its timers come to it', () => {
  const { time, states, last, count, signs } = world();
  last().says(RUN);
  time.sleep(3_600_000);
  signs.woken();
  assert.deepEqual([states.at(-1), count()], ['lost', 2]);
  signs.woken();
  signs.woken();
  assert.equal(count(), 2);
});

test('a page that is looked at again while its line is fresh keeps it', () => {
  const { time, last, count, signs } = world();
  last().says(RUN);
  time.pass(2000);
  signs.woken();
  assert.equal(count(), 1);
});

test('when the network goes the line is doubted at once, and when it comes back there is no more waiting', () => {
  const { time, states, last, count, signs } = world(() => 1);
  last().says(RUN);
  signs.cut();
  assert.equal(states.at(-1), 'lost');
  for (let n = 0; n < 6; n += 1) {
    time.pass(8000);
    last().breaks(1006);
  }
  const before = count();
  time.pass(600);
  signs.woken();
  assert.equal(count(), before + 1);
});

test('a message is sent on a line that is one, and on no other', () => {
  const { made, last } = world();
  assert.equal(made.send({ type: 'pause' }), false);
  last().says(RUN);
  assert.equal(made.send({ type: 'pause' }), true);
  last().breaks(1006);
  assert.equal(made.send({ type: 'resume' }), false);
  assert.deepEqual(last().sent, ['{"type":"pause"}']);
});
