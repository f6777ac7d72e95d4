// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  changed,
  neurons,
  neuronTracks,
  raceTable,
  scaledStart,
  valueAt,
} from '../../../../static/js/chapters/race/state.js';
import { readUrl, writeUrl } from '../../../../static/js/kit/address.js';

const TABLE = raceTable(['four-bit-majority', 'iris']);
const START = /** @type {import('../../../../static/js/chapters/race/state.js').Race} */ (readUrl(TABLE, ''));

describe('a race in an address', () => {
  it('comes back as it was', () => {
    const race = { ...START, mode: 'networks', hidden: 20, out: 0.5, seed: 7, layer: 'hidden', at: 40, go: true };
    assert.deepEqual(readUrl(TABLE, writeUrl(TABLE, race, '')), race);
  });
  it('leaves what cannot be at its default', () => {
    assert.deepEqual(readUrl(TABLE, '?epochs=0&out=-1&dataset=none&mode=x&w=NaN'), START);
  });
});

describe('a change', () => {
  it('of a start begins the neurons anew', () => {
    const { to, at, w } = changed({ ...START, to: 120, at: 50 }, { w: 1 });
    assert.deepEqual({ to, at, w }, { to: 0, at: -1, w: 1 });
  });
  it('of a setting ends the networks of the old one', () => {
    assert.equal(changed({ ...START, go: true }, { hidden: 20 }).go, false);
  });
  it('of what is looked at leaves the race alone', () => {
    const { to, go } = changed({ ...START, to: 120, go: true }, { layer: 'hidden', log: true });
    assert.deepEqual({ to, go }, { to: 120, go: true });
  });
});

it('a track holds what has been run, and no more is known of its half', () => {
  const [quadratic, entropy] = neuronTracks(neurons(START), 100);
  assert.equal(quadratic.x.length, 101);
  assert.equal(quadratic.cost.length, 101);
  assert.equal(quadratic.half, null);
  assert.equal(entropy.half, 8);
});

it('a value between two points is the earlier one', () => {
  const at = (/** @type {number} */ epoch) => valueAt([0, 10, 20], [5, 6, 7], epoch);
  assert.deepEqual([at(0), at(9), at(10), at(99)], [5, 5, 6, 7]);
  assert.equal(valueAt([], [], 3), null);
});

it('a start is scaled layer by layer', () => {
  const drawn = { w: [[[1]], [[2]]], b: [[3], [4]] };
  const { w, b } = scaledStart(drawn, { ...START, hidden: 10, out: 0.5 });
  assert.deepEqual({ w, b }, { w: [[[10]], [[1]]], b: [[30], [2]] });
});
