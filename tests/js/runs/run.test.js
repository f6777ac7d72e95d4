// @ts-check
// A run as the page sees it: what each message of the server makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOver, told } from '../../../static/js/runs/run.js';

/** @typedef {import('../../../static/js/runs/run.js').Run} Run */

/** @type {Run} */
const NEW = {
  id: 'a1',
  status: 'queued',
  epoch: 0,
  cost: null,
  accuracy: null,
  pace: null,
  detail: null,
  spec: {},
  connection: 'open',
  parameters: null,
  x: [],
  y: [],
  marks: new Map(),
  refusal: null,
  gone: false,
  trouble: '',
  waiting: false,
  undelivered: false,
  awaited: null,
};
const thousands = (/** @type {number} */ epoch) => epoch % 1000 === 0;

/** @param {number} from @param {number} to @param {object} [more] */
const progress = (from, to, more = {}) => ({
  type: 'progress',
  from,
  to,
  epoch: [from, to],
  cost: [1 / (from + 1), 1 / (to + 1)],
  accuracy: 0.5,
  ...more,
});

test('the first progress gives epoch, cost, accuracy and parameters', () => {
  const parameters = { w: [[[1, 2]]], b: [[0, 0]] };
  const run = told(NEW, progress(0, 40, { parameters }), thousands);
  assert.deepEqual([run.epoch, run.cost, run.accuracy], [40, 1 / 41, 0.5]);
  assert.deepEqual(run.x, [0, 40]);
  assert.equal(run.parameters, parameters);
});

test('a later progress goes on where the last one ended', () => {
  const run = [progress(0, 40), progress(41, 90)].reduce((now, message) => told(now, message, thousands), NEW);
  assert.deepEqual(run.x, [0, 40, 41, 90]);
  assert.deepEqual(run.y, [1, 1 / 41, 1 / 42, 1 / 91]);
});

test('a progress without parameters keeps those that are there', () => {
  const parameters = { w: [], b: [] };
  const run = told(told(NEW, progress(0, 1, { parameters }), thousands), progress(2, 3), thousands);
  assert.equal(run.parameters, parameters);
});

test('costs at the marks are kept to the last digit', () => {
  const run = told(NEW, progress(1000, 1999), thousands);
  assert.deepEqual([...run.marks], [[1000, 1 / 1001]]);
});

test('a change of status is taken over, and the words that came with it', () => {
  const paused = told(NEW, { type: 'status', status: 'paused', epoch: 7, pace: 20, detail: null }, thousands);
  assert.deepEqual([paused.status, paused.pace], ['paused', 20]);
  const failed = told(paused, { type: 'end', status: 'failed', epoch: 7, cost: 1, detail: 'not finite' }, thousands);
  assert.deepEqual([failed.status, failed.detail], ['failed', 'not finite']);
});

for (const status of /** @type {const} */ (['finished', 'paused'])) {
  test(`a run that is told to be ${status} is so once its figures are here, not “after 0 epochs” before`, () => {
    const first = told(NEW, { type: 'run', version: 1, id: 'a1', status, epoch: 90, cost: 1 / 91 }, thousands);
    assert.deepEqual([first.status, first.epoch], ['running', 0]);
    const half = told(first, progress(0, 40), thousands);
    assert.equal(half.status, 'running');
    const whole = told(half, progress(41, 90), thousands);
    assert.deepEqual([whole.status, whole.epoch], [status, 90]);
  });

  test(`a reader who comes back to a run that is ${status} and has all its figures is told at once`, () => {
    const known = told(NEW, progress(0, 90), thousands);
    const message = { type: 'run', version: 1, id: 'a1', status, epoch: 90, cost: 1 / 91 };
    assert.equal(told(known, message, thousands).status, status);
  });
}

test('a run that has ended before any figure has simply ended', () => {
  const message = { type: 'run', version: 1, id: 'a1', status: 'stopped', epoch: 0, cost: null };
  assert.equal(told(NEW, message, thousands).status, 'stopped');
});

test('a refusal is said, and forgotten at the next change of status', () => {
  const refused = told(NEW, { type: 'error', detail: 'epochs is 0' }, thousands);
  assert.equal(refused.refusal, 'epochs is 0');
  assert.equal(told(refused, { type: 'status', status: 'running', pace: null }, thousands).refusal, null);
});

test('a message format of another version is refused', () => {
  assert.equal(told(NEW, { type: 'run', version: 99, id: 'b2' }, thousands).refusal, 'version');
});

test('three statuses are ends', () => {
  const statuses = /** @type {const} */ (['queued', 'running', 'paused', 'finished', 'stopped', 'failed']);
  assert.deepEqual(statuses.filter(isOver), ['finished', 'stopped', 'failed']);
});

test('a run of very many messages holds a curve of bounded length, and its extremes', () => {
  let run = NEW;
  for (let from = 0; from < 400_000; from += 500) {
    const epoch = Array.from({ length: 500 }, (_, i) => from + i);
    const cost = epoch.map((e) => (e === 123_456 ? 77 : e === 234_567 ? -77 : 1 + Math.sin(e)));
    run = told(run, { ...progress(from, from + 499), epoch, cost }, thousands);
    assert.ok(run.x.length <= 4000 && run.x.length === run.y.length, `${run.x.length} points`);
  }
  assert.equal(run.y[run.x.indexOf(123_456)], 77);
  assert.equal(run.y[run.x.indexOf(234_567)], -77);
  assert.equal(run.marks.size, 400);
});
