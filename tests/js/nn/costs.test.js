// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activate, costOf, deltaOf } from '../../../static/js/nn/costs.js';
import { inverse } from '../../../static/js/nn/layers.js';
import { assertClose } from './golden.js';

/** @type {[import('../../../static/js/nn/costs.js').Output, import('../../../static/js/nn/costs.js').Cost][]} */
const PAIRS = [
  ['softmax', 'log-likelihood'],
  ['softmax', 'quadratic'],
  ['sigmoid', 'cross-entropy'],
  ['sigmoid', 'quadratic'],
];

describe('costs', () => {
  it("the article's worked example costs −ln 0.2", () => {
    const z = inverse([0.1, 0.2, 0.3, 0.4]);
    assertClose([costOf(z, [0, 1, 0, 0], 'softmax', 'log-likelihood')], [1.6094379124341003]);
  });
  it('a hopeless sample costs the gap of its logits, not infinity', () =>
    assert.equal(costOf([-1000, 1000], [1, 0], 'softmax', 'log-likelihood'), 2000));
  for (const [output, cost] of PAIRS) {
    it(`${output} with ${cost} stays finite where a has underflowed`, () => {
      assert.equal(activate([-1000, 1000], output)[0], 0);
      assert.ok(Number.isFinite(costOf([-1000, 1000], [1, 0], output, cost)));
      assert.ok(deltaOf([-1000, 1000], [1, 0], output, cost).every(Number.isFinite));
    });
  }
});

describe('δ is the slope of the cost', () => {
  const z = [0.3, -1.2, 2.1];
  const targets = { 'one-hot': [0, 1, 0], soft: [0.2, 0.5, 0.3], 'multi-hot': [1, 1, 0] };
  for (const [output, cost] of PAIRS) {
    for (const [kind, y] of Object.entries(targets)) {
      it(`${output} with ${cost}, a ${kind} target`, () => {
        const delta = deltaOf(z, y, output, cost);
        z.forEach((value, i) => {
          const [above, below] = [1e-5, -1e-5].map((by) => costOf(z.with(i, value + by), y, output, cost));
          assert.ok(Math.abs((above - below) / 2e-5 - delta[i]) < 1e-9);
        });
      });
    }
  }
});
