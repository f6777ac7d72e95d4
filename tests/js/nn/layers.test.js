// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  inverse,
  jacobian,
  logSigmoid,
  logSoftmax,
  sigmoid,
  softmax,
  softmaxNaive,
} from '../../../static/js/nn/layers.js';
import { assertClose, golden } from './golden.js';

describe('the layers against 50 digits', () => {
  for (const { name, z, temperature, a, log_a, jacobian: slopes } of golden.layers) {
    it(`softmax, log-softmax and Jacobian: ${name}, T = ${temperature}`, () => {
      assertClose(softmax(z, temperature), a);
      assertClose(logSoftmax(z, temperature), log_a);
      jacobian(z, temperature).forEach((row, i) => {
        assertClose(row, slopes[i]);
      });
    });
  }
  for (const { z, a, log_a } of golden.sigmoids) {
    it(`sigmoid and log-sigmoid of ${z}`, () => assertClose([sigmoid(z), logSigmoid(z)], [a, log_a]));
  }
});

describe('identities', () => {
  it('softmax(z) ignores a shift of z', () => assertClose(softmax([1003, 1001, 1000]), softmax([3, 1, 0])));
  it('softmax(inverse(a)) is a', () => assertClose(softmax(inverse([0.1, 0.2, 0.3, 0.4], 5)), [0.1, 0.2, 0.3, 0.4]));
  it('two classes are one sigmoid of the difference', () =>
    assertClose(softmax([1.3, -0.4]), [sigmoid(1.7), sigmoid(-1.7)]));
  it('rows and columns of the Jacobian sum to nothing', () => {
    const slopes = jacobian([0.3, -1.2, 2.1, 0.3], 0.7);
    const sum = (/** @type {number[]} */ values) => values.reduce((total, value) => total + value, 0);
    for (const row of slopes) assert.ok(Math.abs(sum(row)) < 1e-16);
    for (const j of slopes.keys()) assert.ok(Math.abs(sum(slopes.map((row) => row[j]))) < 1e-16);
  });
  it('raising one z raises its own a and lowers every other', () => {
    const [before, after] = [softmax([0, 1, 2]), softmax([0, 1.5, 2])];
    assert.deepEqual(
      after.map((value, i) => Math.sign(value - before[i])),
      [-1, 1, -1],
    );
  });
});

describe('the ends of the numbers', () => {
  it('the naive form overflows where the stable one does not', () => {
    assert.ok(Number.isNaN(softmaxNaive([1000, 0])[0]));
    assert.deepEqual(softmax([1000, 0]), [1, 0]);
  });
  it('±1e308 stay finite numbers', () => assert.deepEqual(softmax([1e308, -1e308]), [1, 0]));
  it('a temperature beyond all sense gives numbers still', () => {
    for (const temperature of [5e-324, 1e-300]) assert.deepEqual(softmax([1, 2], temperature), [0, 1]);
    for (const temperature of [1e300, 1e308]) assert.deepEqual(softmax([1, 2], temperature), [0.5, 0.5]);
  });
});
