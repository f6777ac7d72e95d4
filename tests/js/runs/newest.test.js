// @ts-check
// Asking for the newest: one question at a time, and how often a server that does not answer is asked in a minute.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newest } from '../../../static/js/runs/newest.js';
import { Refusal, Unreachable } from '../../../static/js/runs/server.js';

const settle = () => new Promise((done) => setImmediate(done));
const refused = (/** @type {number} */ status, /** @type {string | null} */ retry = null) =>
  new Refusal({ status, detail: 'no' }, retry);

/** @param {(wanted: number, n: number) => Promise<any>} answer */
function world(answer) {
  /** @type {number[]} */
  const asked = [];
  /** @type {any[]} */
  const found = [];
  /** @type {unknown[]} */
  const failures = [];
  let at = 0;
  /** @type {{ task: () => void, due: number }[]} */
  let waits = [];
  const made = newest(
    (/** @type {number} */ wanted) => {
      asked.push(wanted);
      return answer(wanted, asked.length - 1);
    },
    { found: (value) => found.push(value), failed: (error) => failures.push(error) },
    { wait: (task, milliseconds) => waits.push({ task, due: at + milliseconds }), random: () => 0.5 },
  );
  const pass = async (/** @type {number} */ milliseconds) => {
    at += milliseconds;
    const due = waits.filter((one) => one.due <= at);
    waits = waits.filter((one) => one.due > at);
    for (const { task } of due) task();
    await settle();
  };
  return { made, asked, found, failures, pass };
}

test('while a question is open only the newest of the next is kept', async () => {
  /** @type {((value: string) => void)[]} */
  const answers = [];
  const { made, asked, found } = world(() => new Promise((done) => answers.push(done)));
  for (const n of [1, 2, 3]) made.want(n);
  answers[0]('one');
  await settle();
  answers[1]('three');
  await settle();
  assert.deepEqual(
    [asked, found],
    [
      [1, 3],
      ['one', 'three'],
    ],
  );
});

test('an answer to what is forgotten is not told', async () => {
  /** @type {((value: string) => void)[]} */
  const answers = [];
  const { made, found } = world(() => new Promise((done) => answers.push(done)));
  made.want(1);
  made.forget();
  answers[0]('one');
  await settle();
  assert.deepEqual(found, []);
});

for (const [name, error, most] of /** @type {[string, any, number][]} */ ([
  ['resets the connection', new Unreachable('gone'), 16],
  ['answers 503', refused(503), 16],
  ['answers 429, and says when to come again', refused(429, '20'), 4],
  ['answers 503, and says when to come again', refused(503, '20'), 4],
  ['has nothing yet', refused(409, '1'), 16],
])) {
  test(`a server that ${name} is asked at most ${most} times in a minute, whatever else is wanted`, async () => {
    const { made, asked, pass } = world(async () => {
      throw error;
    });
    for (let n = 0; n < 240; n += 1) {
      made.want(n);
      await pass(250);
    }
    assert.ok(asked.length <= most, `${asked.length} questions`);
  });
}

test('a server that answers nothing is not asked again while a question is open', async () => {
  const { made, asked, pass } = world(() => new Promise(() => undefined));
  for (let n = 0; n < 240; n += 1) {
    made.want(n);
    await pass(250);
  }
  assert.equal(asked.length, 1);
});

test('what cannot be had is asked for again; what can never be had is given up', async () => {
  const again = world(async (_, n) => {
    if (n < 2) throw new Unreachable('gone');
    return 'there';
  });
  again.made.want(5);
  for (let n = 0; n < 40; n += 1) await again.pass(100);
  assert.deepEqual([again.asked, again.found], [[5, 5, 5], ['there']]);
  const never = world(async () => {
    throw refused(404);
  });
  never.made.want(5);
  for (let n = 0; n < 40; n += 1) await never.pass(100);
  assert.deepEqual([never.asked, never.failures.length], [[5], 1]);
});
