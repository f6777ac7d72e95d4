// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knocking } from '../../../static/js/runs/knock.js';

/** A server that is away for so many questions, and a clock that is turned by hand. @param {number} away @param {unknown} [error] */
function world(away, error = new TypeError('no answer')) {
  /** @type {{ task: () => any, milliseconds: number }[]} */
  const waits = [];
  let left = away;
  const ask = async () => {
    if (left > 0) {
      left -= 1;
      throw error;
    }
  };
  const knock = knocking({ ask, wait: (task, milliseconds) => waits.push({ task, milliseconds }), random: () => 1 });
  return { waits, knock };
}

test('it asks later and later, and calls back once the server answers', async () => {
  const { waits, knock } = world(3);
  let back = 0;
  knock.until(() => {
    back += 1;
  });
  for (let n = 0; n < 4; n += 1) await waits[n].task();
  assert.equal(back, 1);
  assert.deepEqual(
    waits.map(({ milliseconds }) => milliseconds),
    [250, 500, 1000, 2000],
  );
});

test('to knock while knocking is to knock once', async () => {
  const { waits, knock } = world(0);
  knock.until(() => undefined);
  knock.until(() => undefined);
  assert.equal(waits.length, 1);
  await waits[0].task();
  knock.until(() => undefined);
  assert.equal(waits.length, 2);
});

test('a server that answers this question and no other is not asked faster for it', async () => {
  const { waits, knock } = world(0);
  for (let n = 0; n < 4; n += 1) {
    knock.until(() => undefined);
    await waits[n].task();
  }
  assert.deepEqual(
    waits.map(({ milliseconds }) => milliseconds),
    [250, 500, 1000, 2000],
  );
  knock.well();
  knock.until(() => undefined);
  assert.equal(waits[4].milliseconds, 250);
});

test('it waits for as long as it is told', async () => {
  const { waits, knock } = world(1, { retry: '30' });
  knock.until(() => undefined);
  await waits[0].task();
  assert.deepEqual(
    waits.map(({ milliseconds }) => milliseconds),
    [250, 30_500],
  );
});
