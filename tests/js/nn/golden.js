// @ts-check
/** The vectors of 50 digits that both languages are checked against, and what counts as equal to them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(new URL(`../../golden/${name}.json`, import.meta.url), 'utf8'));

export const golden = read('layers');
export const goldenCosts = read('costs');

const RELATIVE = 1e-14;
/** Below this a float64 has fewer digits than 15. */
const SUBNORMAL = 1e-300;

/**
 * Relative error at most 1e-14.
 * @param {readonly number[]} found
 * @param {readonly number[]} expected
 */
export function assertClose(found, expected) {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => {
    const allowed = Math.abs(expected[i]) < SUBNORMAL ? SUBNORMAL : RELATIVE * Math.abs(expected[i]);
    assert.ok(Math.abs(value - expected[i]) <= allowed, `entry ${i} is ${value}, not ${expected[i]}`);
  });
}
