// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { epochsToHalf, trainNeuron } from '../../../static/js/nn/neuron.js';

const cases = JSON.parse(readFileSync(new URL('../../golden/neuron.json', import.meta.url), 'utf8'));

/** 300 updates, each rounded: far more than that would cost, far less than any wrong update. */
const RELATIVE = 1e-12;

describe('a neuron trains as 60 digits say', () => {
  for (const { w, b, eta, cost, half, shown } of cases) {
    it(`${cost} from (${w}, ${b}) at eta ${eta}`, () => {
      const run = /** @type {any} */ (trainNeuron({ w, b, eta, epochs: 300, cost }));
      for (const { epoch, ...expected } of shown) {
        for (const [name, value] of Object.entries(expected)) {
          const found = run[name][epoch];
          assert.ok(
            Math.abs(found - value) <= RELATIVE * Math.abs(value),
            `${name} at ${epoch}: ${found}, not ${value}`,
          );
        }
      }
      assert.equal(epochsToHalf(run.cost), half);
    });
  }
});

describe('the two costs from (2, 2)', () => {
  const race = (/** @type {'quadratic' | 'cross-entropy'} */ cost) =>
    trainNeuron({ w: 2, b: 2, eta: 0.15, epochs: 300, cost });

  it('quadratic still answers 0.933 at epoch 150', () => assert.equal(race('quadratic').a[150].toFixed(3), '0.933'));
  it('cross-entropy answers 0.0985 at epoch 50', () => assert.equal(race('cross-entropy').a[50].toFixed(4), '0.0985'));
});

describe('epochs to half the cost', () => {
  it('is the first epoch at half or below', () => assert.equal(epochsToHalf([4, 3, 2, 1]), 2));
  it('is unknown while there is none', () => assert.equal(epochsToHalf([4, 3, 2.1]), null));
  it('is counted in the epochs given', () => assert.equal(epochsToHalf([4, 3, 1], [0, 10, 20]), 20));
  it('is unknown without costs, and where there was nothing to halve', () => {
    assert.equal(epochsToHalf([]), null);
    assert.equal(epochsToHalf([0, 0]), null);
  });
});
