// @ts-check
// Runs that belong together, in a world that the test turns by hand: a server of promises, no network, no clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { observable } from '../../../static/js/kit/observable.js';
import { followed } from '../../../static/js/runs/followed.js';

/** @typedef {import('../../../static/js/runs/run.js').Run} Run */

/** Lets everything that waits for nothing but promises happen. */
const settle = () => new Promise((done) => setImmediate(done));

/** A promise that the test keeps or breaks. */
function promised() {
  /** @type {(value: any) => void} */
  let keep = () => undefined;
  /** @type {(error: unknown) => void} */
  let break_ = () => undefined;
  const promise = new Promise((done, fail) => {
    keep = done;
    break_ = fail;
  });
  return { promise, keep, break: break_ };
}

function world() {
  /** @type {{ spec: any, held: boolean, answer: ReturnType<typeof promised> }[]} */
  const submitted = [];
  /** @type {string[]} */
  const ended = [];
  /** @type {{ id: string, run: any, said: string[], left: boolean, known: any }[]} */
  const lines = [];
  /** @type {{ path: string, answer: ReturnType<typeof promised> }[]} */
  const asked = [];
  /** @type {unknown[]} */
  const failures = [];
  let leave = () => undefined;
  const group = followed((error) => failures.push(error), {
    submit: /** @type {any} */ (
      (/** @type {any} */ spec, /** @type {boolean} */ held) => {
        const answer = promised();
        submitted.push({ spec, held, answer });
        return answer.promise;
      }
    ),
    ask: (path) => {
      const answer = promised();
      asked.push({ path, answer });
      return answer.promise;
    },
    letGo: (id) => ended.push(id),
    follow: /** @type {any} */ (
      (/** @type {any} */ document, /** @type {any} */ _, /** @type {any} */ known) => {
        const run = observable({
          ...document,
          status: 'running',
          epoch: 0,
          x: [],
          y: [],
          connection: 'open',
          gone: false,
        });
        const line = { id: document.id, run, said: /** @type {string[]} */ ([]), left: false, known };
        lines.push(line);
        const say = (/** @type {string} */ name) => (/** @type {unknown} */ value) =>
          line.said.push(value === undefined ? name : `${name} ${value}`);
        const commands = Object.fromEntries(['pause', 'resume', 'step', 'pace'].map((name) => [name, say(name)]));
        return { run, ...commands, mark: () => undefined, leave: () => (line.left = true) };
      }
    ),
    fill: () => () => undefined,
    leaving: (task) => {
      leave = /** @type {any} */ (task);
    },
  });
  /** @param {number} n @param {Partial<Run>} changes */
  const tell = (n, changes) => {
    lines[n].run.value = { ...lines[n].run.value, ...changes };
  };
  return { group, submitted, ended, lines, asked, failures, tell, leave: () => leave() };
}

/** Two runs that are followed. */
async function two() {
  const here = world();
  const started = here.group.start([{ rule: 'exact' }, { rule: 'article' }]);
  here.submitted[0].answer.keep({ id: 'a', spec: { rule: 'exact' } });
  here.submitted[1].answer.keep({ id: 'b', spec: { rule: 'article' } });
  assert.equal(await started, true);
  return here;
}

test('all of a list start, in its order', async () => {
  const { group } = await two();
  assert.deepEqual(
    group.runs.value.map(({ id }) => id),
    ['a', 'b'],
  );
  assert.equal(group.phase.value, 'running');
});

test('whoever hears how things stand finds the runs as they are', async () => {
  const { group, tell } = await two();
  tell(0, { status: 'finished' });
  /** @type {string[]} */
  const seen = [];
  group.phase.link((phase) => seen.push(`${phase} ${group.runs.value.map(({ status }) => status)}`));
  tell(1, { status: 'finished' });
  assert.equal(seen.at(-1), 'finished finished,finished');
});

test('where the second is refused, the first is stopped, and none stays', async () => {
  const { group, submitted, ended, lines } = world();
  const started = group.start([{}, {}]);
  assert.equal(group.phase.value, 'starting');
  submitted[1].answer.break(new Error('no room'));
  await settle();
  submitted[0].answer.keep({ id: 'a' });
  await assert.rejects(started, /no room/);
  assert.deepEqual([ended, lines.length, group.phase.value], [['a'], 0, 'empty']);
});

test('runs that answer after something else was begun are stopped and never shown', async () => {
  const { group, submitted, ended } = world();
  const old = group.start([{ seed: 1 }]);
  const next = group.start([{ seed: 2 }]);
  submitted[1].answer.keep({ id: 'new', spec: {} });
  submitted[0].answer.keep({ id: 'old', spec: {} });
  assert.deepEqual([await old, await next], [false, true]);
  assert.deepEqual(ended, ['old']);
  assert.deepEqual(
    group.runs.value.map(({ id }) => id),
    ['new'],
  );
});

test('a refusal of what is no longer wanted is nobody’s trouble', async () => {
  const { group, submitted } = world();
  const old = group.start([{}]);
  group.leave();
  submitted[0].answer.break(new Error('no room'));
  assert.equal(await old, false);
});

test('a page that is left lets go of what has not ended', async () => {
  const { ended, tell, leave } = await two();
  tell(0, { status: 'finished' });
  leave();
  assert.deepEqual(ended, ['b']);
});

test('another start lets go of the runs before, and what they still say is not shown', async () => {
  const { group, submitted, ended, lines, tell } = await two();
  const next = group.start([{}]);
  submitted[2].answer.keep({ id: 'c', spec: {} });
  await next;
  tell(0, { epoch: 99 });
  assert.deepEqual([ended, lines[0].left], [['a', 'b'], true]);
  assert.deepEqual(
    group.runs.value.map(({ id, epoch }) => [id, epoch]),
    [['c', 0]],
  );
});

test('a start with steps is held, and steps once it can be spoken to', async () => {
  const { group, submitted, lines } = world();
  const started = group.start([{}], { steps: 3 });
  assert.equal(submitted[0].held, true);
  submitted[0].answer.keep({ id: 'a', spec: {} });
  await started;
  await settle();
  assert.deepEqual(lines[0].said, ['step 3']);
});

test('runs paused together are brought to one epoch', async () => {
  const { group, lines, tell } = await two();
  group.pause();
  tell(0, { status: 'paused', epoch: 40 });
  tell(1, { status: 'paused', epoch: 55 });
  await settle();
  assert.deepEqual([lines[0].said, lines[1].said], [['pause', 'step 15'], ['pause']]);
});

test('commands go to the runs that have not ended', async () => {
  const { group, lines, tell } = await two();
  tell(1, { status: 'finished' });
  group.pace(20);
  assert.deepEqual([lines[0].said, lines[1].said], [['pace 20'], []]);
});

test('a run that the server has lost is replaced by an equal one, which goes on from what is known', async () => {
  const { group, submitted, lines, tell } = await two();
  tell(0, { gone: true, status: 'paused', epoch: 12 });
  assert.deepEqual([submitted[2].spec, submitted[2].held], [{ rule: 'exact' }, true]);
  submitted[2].answer.keep({ id: 'again', spec: {} });
  await settle();
  assert.equal(lines[2].known.epoch, 12);
  assert.deepEqual(lines[2].said, ['step 12']);
  assert.deepEqual(
    group.runs.value.map(({ id }) => id),
    ['again', 'b'],
  );
});

test('of two looks the newer counts, whichever answers last', async () => {
  const { group, asked } = await two();
  const first = group.look(() => group.recorded(100));
  const second = group.look(() => group.recorded(700));
  asked[1].answer.keep({ epoch: 700 });
  asked[0].answer.keep({ epoch: 100 });
  assert.deepEqual([await first, (await second)?.epoch], [null, 700]);
});

test('“now” ends a look that is under way', async () => {
  const { group, asked } = await two();
  const look = group.look(() => group.recorded(100));
  group.unlook();
  asked[0].answer.keep({ epoch: 100 });
  assert.equal(await look, null);
});

test('what was asked of the old run is not shown under new settings', async () => {
  const { group, asked } = await two();
  const [looked, plain] = [group.look(() => group.recorded(5)), group.recorded(6)];
  group.leave();
  for (const { answer } of asked) answer.keep({ epoch: 5 });
  assert.deepEqual([await looked, await plain], [null, null]);
});

test('a record is asked of the run that is meant', async () => {
  const { group, asked } = await two();
  group.recorded(7, ({ rule }) => rule === 'article');
  assert.equal(asked[0].path, '/api/runs/b/state?epoch=7');
});

test('a failure of what is no longer looked at is nobody’s trouble', async () => {
  const { group, asked } = await two();
  const look = group.look(() => group.recorded(100));
  group.unlook();
  asked[0].answer.break(new Error('gone'));
  assert.equal(await look, null);
});
