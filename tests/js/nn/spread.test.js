// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spread } from '../../../static/js/nn/spread.js';

const FORMATS = /** @type {const} */ (['float16', 'float32', 'float64']);

describe('a NaN in training', () => {
  for (const format of FORMATS) {
    it(`${format}: the shifted form learns on`, () => {
      const run = spread(format, 'shifted', 8);
      assert.ok(run[7].cost < run[0].cost);
      assert.ok(run.every(({ cost, a }) => Number.isFinite(cost) && a.flat().every(Number.isFinite)));
    });
    it(`${format}: the naive form learns, breaks, and never mends`, () => {
      const run = spread(format, 'naive', 8);
      const overflow = run.findIndex(({ cost }) => !Number.isFinite(cost));
      assert.ok(overflow > 1, `it breaks at epoch ${overflow}`);
      assert.ok(run[overflow - 1].cost < run[0].cost);
      const first = run.findIndex(({ a }) => a.flat().some(Number.isNaN));
      assert.ok(first >= overflow && first < 7, `the first NaN is at epoch ${first}`);
      const sick = run.map(
        ({ second, third }) =>
          [...third.w.flat(), ...third.b, ...second.w.flat(), ...second.b].filter(Number.isNaN).length,
      );
      // The parameters before that update are whole; the sickness only grows, until there is nothing else.
      assert.equal(sick[first], 0);
      assert.ok(sick.every((count, epoch) => epoch === 0 || count >= sick[epoch - 1]));
      assert.equal(sick[7], 12);
      assert.ok(run.slice(first).every(({ cost }) => Number.isNaN(cost)));
    });
  }
  it('in float64 both forms are one until the break', () => {
    const [naive, shifted] = [spread('float64', 'naive', 3), spread('float64', 'shifted', 3)];
    naive.forEach(({ cost }, epoch) => {
      assert.ok(Math.abs(cost - shifted[epoch].cost) < 1e-9);
    });
  });
});
