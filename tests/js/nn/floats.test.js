// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FORMATS, round16, softmaxIn } from '../../../static/js/nn/floats.js';
import { logSoftmax } from '../../../static/js/nn/layers.js';
import { goldenCosts } from './golden.js';

describe('rounding', () => {
  it('to float16 and float32 is as NumPy does it', () => {
    for (const { x, float16, float32 } of goldenCosts.roundings) {
      assert.ok(Object.is(round16(x), Number(float16)), `${x}: ${round16(x)}, not ${float16}`);
      assert.ok(Object.is(Math.fround(x), Number(float32)));
    }
  });
  it('keeps what is no number, and is done twice as once', () => {
    assert.ok(Number.isNaN(round16(Number.NaN)));
    for (let x = 1e-9; x < 1e5; x *= 1.37) assert.equal(round16(round16(x)), round16(x));
  });
});

describe('each format breaks where it must', () => {
  for (const [name, { round, highest, least, step }] of Object.entries(FORMATS)) {
    it(`${name}: e^z overflows just above its highest z`, () => {
      assert.ok(Number.isFinite(round(Math.exp(highest - 0.01))));
      const { a } = softmaxIn([highest + 0.01, 0], 'naive', round);
      assert.ok(Number.isNaN(a[0]));
      assert.ok(softmaxIn([highest + 0.01, 0], 'shifted', round).a.every(Number.isFinite));
    });
    it(`${name}: nothing lies between 0 and its least, nor between 1 and the step below`, () => {
      assert.equal(round(least), least);
      assert.equal(round(least * 0.49), 0);
      assert.ok(round(1 - step) < 1);
      assert.equal(round(1 - step * 0.49), 1);
    });
    it(`${name}: far below the maximum only the logarithm's own form is finite`, () => {
      const gap = Math.log(least) - 5;
      assert.equal(softmaxIn([0, gap], 'shifted', round).logs[1], Number.NEGATIVE_INFINITY);
      const found = softmaxIn([0, gap], 'log', round).logs[1];
      assert.ok(Math.abs(found - logSoftmax([0, gap])[1]) <= Math.abs(gap) * step);
    });
  }
});
