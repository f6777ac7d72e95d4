// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activate, costNaive, costOf, deltaNaive, deltaOf, termsOf } from '../../../static/js/nn/costs.js';
import { inverse, softmax } from '../../../static/js/nn/layers.js';
import { pairOf, PAIRS as TABLE } from '../../../static/js/nn/pairs.js';
import { assertClose, goldenCosts } from './golden.js';

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

describe('costs far out are the gap of the logits, however far', () => {
  for (const gap of [40, 700, 707, 709.5, 720, 740, 745, 746, 1e5, 1e300]) {
    for (const classes of [2, 3, 12]) {
      const z = Array.from({ length: classes }, (_, i) => (i === 1 ? 0 : -gap));
      const y = z.map((_, i) => (i === 0 ? 1 : 0));
      it(`${gap} nats with ${classes} classes`, () => {
        assertClose([costOf(z, y, 'softmax', 'log-likelihood')], [gap]);
        assertClose([costOf(z, y, 'sigmoid', 'cross-entropy')], [gap + Math.LN2]);
        for (const cost of /** @type {const} */ (['log-likelihood', 'quadratic'])) {
          assert.ok(deltaOf(z, y, 'softmax', cost).every(Number.isFinite));
        }
      });
    }
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

/** A δ is a difference of numbers up to 1 and a quadratic term its square: right to the rounding of 1, not of itself. */
const ROUNDING = 4.5e-16;

/** @param {readonly number[]} found @param {readonly number[]} expected */
function assertNear(found, expected) {
  found.forEach((value, i) => {
    const allowed = ROUNDING + 1e-14 * Math.abs(expected[i]);
    assert.ok(Math.abs(value - expected[i]) <= allowed, `entry ${i} is ${value}, not ${expected[i]}`);
  });
}

describe('costs of many digits', () => {
  for (const { name, z, y, output, cost, terms, value, delta } of goldenCosts.costs) {
    it(`${name}: ${output} with ${cost}`, () => {
      const check = cost === 'quadratic' ? assertNear : assertClose;
      check(termsOf(z, y, output, cost), terms);
      check([costOf(z, y, output, cost)], [value]);
      assertNear(deltaOf(z, y, output, cost), delta);
    });
  }
});

describe('what one class adds, over its own a', () => {
  for (const [output, cost] of PAIRS) {
    for (const target of [0, 0.3, 1]) {
      it(`${cost} of ${output} outputs, y = ${target}`, () => {
        const z = [0.4, -1.1];
        const a = activate(z, output);
        assertClose([pairOf(output, cost).term(a[0], target)], [termsOf(z, [target, 0], output, cost)[0]]);
        const [above, below] = [1e-6, -1e-6].map((by) => pairOf(output, cost).term(a[0] + by, target));
        assert.ok(Math.abs((above - below) / 2e-6 - pairOf(output, cost).slope(a[0], target)) < 1e-8);
      });
    }
  }
});

describe('ln 0 as the formula stands', () => {
  it("is infinite where the target's a has underflowed, and the logits know better", () => {
    assert.equal(softmax([0, -746])[1], 0);
    assert.equal(costNaive([0, -746], [0, 1]), Number.POSITIVE_INFINITY);
    assert.equal(costOf([0, -746], [0, 1], 'softmax', 'log-likelihood'), 746);
  });
  it('is NaN where any other a has: 0 · ln 0', () => {
    assert.ok(Number.isNaN(costNaive([0, -746], [1, 0])));
    assert.equal(costOf([0, -746], [1, 0], 'softmax', 'log-likelihood'), 0);
  });
  it('ruins the chain rule, not a − y', () => {
    assert.ok(deltaNaive([0, -746], [0, 1]).every(Number.isNaN));
    assert.deepEqual(deltaOf([0, -746], [0, 1], 'softmax', 'log-likelihood'), [1, -1]);
  });
  it('agrees with the stable form where nothing underflows', () => {
    const [z, y] = [
      [1.2, -0.6, 2.4],
      [0, 1, 0],
    ];
    assertClose([costNaive(z, y)], [costOf(z, y, 'softmax', 'log-likelihood')]);
    assertNear(deltaNaive(z, y), deltaOf(z, y, 'softmax', 'log-likelihood'));
  });
});

describe('a pair', () => {
  it('is refused where output and cost do not go together, never treated as another', () => {
    for (const [output, cost] of [
      ['softmax', 'cross-entropy'],
      ['sigmoid', 'log-likelihood'],
      ['softmax', 'hinge'],
      ['relu', 'quadratic'],
    ]) {
      const wrong = /** @type {[any, any]} */ ([output, cost]);
      assert.throws(() => pairOf(...wrong), RangeError);
      assert.throws(() => deltaOf([1, 2], [0, 1], ...wrong), RangeError);
      assert.throws(() => costOf([1, 2], [0, 1], ...wrong), RangeError);
    }
  });
  it('knows whether its cost has a unit', () => {
    for (const { nats, cost } of Object.values(TABLE)) assert.equal(nats, cost !== 'quadratic');
  });
});
