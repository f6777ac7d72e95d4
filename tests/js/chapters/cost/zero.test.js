// @ts-check
/** Every ✓ and ✗ of "ln 0" against shares of many digits; each row was seen right and wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cost from '../../../../static/js/chapters/cost/state.js';
import { found } from '../../../../static/js/chapters/cost/zero.js';
import { readUrl } from '../../../../static/js/kit/address.js';
import { ONE, shares } from '../../truth/exact.js';
import { logits, one, target, uniform, whole } from '../../truth/random.js';

const START = cost.fromUrl(readUrl(cost.TABLE, ''));

/** Of whole numbers with sixty digits: the quotient as a float64. @param {bigint} a @param {bigint} b */
const ratio = (a, b) => Number(a) / Number(b);

test('a row is right where it is near the true value, and wrong where it is not', () => {
  const random = uniform(51);
  /** @type {Map<string, Set<boolean>>} */
  const marks = new Map();
  const presets = /** @type {const} */ (['underflow', 'certain', 'thousand', 'example', 'soft', 'multi']);
  const scenes = presets.map((name) => cost.withPreset(START, name));
  for (let n = 0; n < 400; n += 1) {
    const z = logits(random, whole(random, 2, 5)).map((value) => Math.max(-20, Math.min(20, value)));
    const { kind, y } = target(random, z.length);
    if (random() < 0.2) z[cost.top(y)] += one(random, [38, 45]);
    scenes.push({ ...START, z, y, kind });
  }
  for (const { z, y } of scenes) {
    const rows = Object.fromEntries(found({ z, y }).map((row) => [row.name, row]));
    for (const { name, good } of Object.values(rows)) marks.set(name, (marks.get(name) ?? new Set()).add(good));
    if (Math.max(...z) - Math.min(...z) > 90) continue; // the digits do not hold a smaller share well
    const t = cost.top(y);
    const a = shares(z);
    const lacking = ONE - a[t];
    // y as thousandths would lose thirds: the sums are taken in floats, of terms that are right to 17 digits.
    const elsewhere = y.reduce((sum, value, k) => (k === t ? sum : sum + value), 0);
    const [pushed, pulled] = [ratio(a[t], ONE) * elsewhere, y[t] * ratio(lacking, ONE)];
    const delta = pushed - pulled;
    const near = (/** @type {number} */ value, /** @type {number} */ right, size = Math.abs(right)) =>
      Math.abs(value - right) <= 1e-9 * size;
    for (const name of ['layer', 'share']) {
      const { value, good } = rows[name];
      assert.equal(good, value !== 0 && value !== 1 && near(value, ratio(a[t], ONE)), `${name} ${z}`);
    }
    for (const name of ['chain', 'delta']) {
      const { value, good } = rows[name];
      assert.equal(
        good,
        value === delta || near(value, delta, pushed + pulled),
        `${name} ${z} ${y}: ${value} ${delta}`,
      );
    }
    const { value, right } = rows.stable;
    assert.ok(value === right || near(value, right));
  }
  for (const [name, seen] of marks) {
    assert.deepEqual([...seen].sort(), name === 'stable' ? [true] : [false, true], name);
  }
});

test('a cost that is not what the truth says would be marked wrong', () => {
  const rows = found(cost.withPreset(START, 'certain'));
  const row = (/** @type {string} */ name) => /** @type {any} */ (rows.find((one) => one.name === name));
  assert.deepEqual([row('share').good, row('log').good, row('delta').good], [false, false, false]);
  assert.ok(Math.abs(row('delta').right / -Math.exp(-37.5) - 1) < 1e-12);
  assert.ok(Math.abs(row('stable').right / Math.exp(-37.5) - 1) < 1e-12 && row('stable').good);
});
