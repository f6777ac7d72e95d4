// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { costOf, deltaOf } from '../../../static/js/nn/costs.js';
import {
  inverse,
  jacobian,
  logSigmoid,
  logSoftmax,
  sigmoid,
  softmax,
  softmaxNaive,
} from '../../../static/js/nn/layers.js';
import { forward } from '../../../static/js/nn/network.js';

const golden = JSON.parse(readFileSync(new URL('../../golden/layers.json', import.meta.url), 'utf8'));
const RELATIVE = 1e-14;
/** Below this a float64 has fewer digits than 15. */
const SUBNORMAL = 1e-300;

/**
 * @param {readonly number[]} found
 * @param {readonly number[]} expected
 */
function assertClose(found, expected) {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => {
    const allowed = Math.abs(expected[i]) < SUBNORMAL ? SUBNORMAL : RELATIVE * Math.abs(expected[i]);
    assert.ok(Math.abs(value - expected[i]) <= allowed, `entry ${i} is ${value}, not ${expected[i]}`);
  });
}

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
  for (const { name, output, x, w, b, z, a } of golden.forwards) {
    it(`the way forward: ${name}`, () => {
      const trace = forward({ w, b }, x, output);
      z.forEach((/** @type {number[]} */ layer, /** @type {number} */ i) => {
        assertClose(trace.z[i], layer);
        assertClose(trace.a[i + 1], a[i]);
      });
    });
  }
});

describe('identities', () => {
  it('softmax(z) ignores a shift of z', () => assertClose(softmax([1003, 1001, 1000]), softmax([3, 1, 0])));
  it('softmax(inverse(a)) is a', () => assertClose(softmax(inverse([0.1, 0.2, 0.3, 0.4], 5)), [0.1, 0.2, 0.3, 0.4]));
  it('two classes are one sigmoid of the difference', () =>
    assertClose(softmax([1.3, -0.4]), [sigmoid(1.7), sigmoid(-1.7)]));
  it('the naive form overflows where the stable one does not', () => {
    assert.ok(Number.isNaN(softmaxNaive([1000, 0])[0]));
    assert.deepEqual(softmax([1000, 0]), [1, 0]);
  });
  it('±1e308 stay finite numbers', () => assert.deepEqual(softmax([1e308, -1e308]), [1, 0]));
  it("the article's worked example costs −ln 0.2", () => {
    assertClose(
      [costOf(inverse([0.1, 0.2, 0.3, 0.4]), [0, 1, 0, 0], 'softmax', 'log-likelihood')],
      [1.6094379124341003],
    );
  });
});

describe('δ is the slope of the cost', () => {
  /** @type {[import('../../../static/js/nn/costs.js').Output, import('../../../static/js/nn/costs.js').Cost][]} */
  const pairs = [
    ['softmax', 'log-likelihood'],
    ['softmax', 'quadratic'],
    ['sigmoid', 'cross-entropy'],
    ['sigmoid', 'quadratic'],
  ];
  for (const [output, cost] of pairs) {
    it(`${output} with ${cost}, soft and multi-hot targets`, () => {
      const z = [0.3, -1.2, 2.1];
      for (const y of [
        [0, 1, 0],
        [0.2, 0.5, 0.3],
        [1, 1, 0],
      ]) {
        const delta = deltaOf(z, y, output, cost);
        z.forEach((_, i) => {
          const moved = (/** @type {number} */ by) =>
            costOf(
              z.map((v, j) => (i === j ? v + by : v)),
              y,
              output,
              cost,
            );
          assert.ok(Math.abs((moved(1e-5) - moved(-1e-5)) / 2e-5 - delta[i]) < 1e-9);
        });
      }
    });
  }
});
