// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fresh, once } from '../../../static/js/runs/files.js';

test('a thing is loaded once, by its name', async () => {
  /** @type {string[]} */
  const loads = [];
  const load = once(async (name) => {
    loads.push(name);
    return name.toUpperCase();
  });
  assert.deepEqual(await Promise.all([load('a'), load('b'), load('a')]), ['A', 'B', 'A']);
  assert.deepEqual(loads, ['a', 'b']);
});

test('another attempt has another address', () => {
  assert.deepEqual([fresh('/a.js', 0), fresh('/a.js', 2)], ['/a.js', '/a.js?attempt=2']);
});

test('a load that failed is tried again when the thing is next needed, at another attempt', async () => {
  /** @type {number[]} */
  const attempts = [];
  const load = once(async (_, attempt) => {
    attempts.push(attempt);
    if (attempt < 2) throw new Error('no line');
    return 'there';
  });
  await assert.rejects(load(), /no line/);
  await assert.rejects(load(), /no line/);
  assert.deepEqual([await load(), await load(), attempts], ['there', 'there', [0, 1, 2]]);
});
