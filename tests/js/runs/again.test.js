// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patience, pause } from '../../../static/js/runs/again.js';

test('each pause is up to twice as long as the last, at least half of that, and ends at eight seconds', () => {
  const [shortest, longest] = [() => 0, () => 1].map((random) => [0, 1, 2, 3, 20].map((n) => pause(n, random)));
  assert.deepEqual(shortest, [125, 250, 500, 1000, 4000]);
  assert.deepEqual(longest, [250, 500, 1000, 2000, 8000]);
});

test('what the server asks for comes on top, and what it cannot mean is nothing', () => {
  /** @type {number[]} */
  const waits = [];
  const { again } = patience({ wait: (_, milliseconds) => waits.push(milliseconds), random: () => 1 });
  for (const retry of ['7', null, 'Wed, 21 Oct 2026 07:28:00 GMT', '-3']) again(() => undefined, { retry });
  assert.deepEqual(waits, [7250, 500, 1000, 2000]);
});

test('after something was had the next trouble is a new one', () => {
  /** @type {number[]} */
  const waits = [];
  const { again, well } = patience({ wait: (_, milliseconds) => waits.push(milliseconds), random: () => 1 });
  again(() => undefined);
  again(() => undefined);
  well();
  again(() => undefined);
  assert.deepEqual(waits, [250, 500, 250]);
});
