// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf } from '../../../../static/js/chapters/train/faults.js';
import { experimentTable } from '../../../../static/js/chapters/train/state.js';
import { readUrl } from '../../../../static/js/kit/address.js';
import { holds } from '../../../../static/js/kit/numbers.js';

const whole = (/** @type {number} */ low, /** @type {number} */ high) => ({ low, high, whole: true, above: false });
const LIMITS = {
  eta: { low: 0, high: 1000, whole: false, above: true },
  epochs: whole(1, 1_000_000),
  seed: whole(0, 2 ** 32 - 1),
  batch_size: whole(1, 100_000),
  pace: { low: 0.1, high: 1_000_000, whole: false, above: false },
  'hidden units': whole(1, 100),
};
/** @param {object} changes @returns {any} */
const experiment = (changes) => ({ ...readUrl(experimentTable(['iris-versicolor-virginica']), ''), ...changes });

test('the default experiment has no fault', () => {
  assert.equal(faultOf(experiment({}), LIMITS, 100), null);
});

test('every number is held against its limit', () => {
  for (const [changes, field] of /** @type {[object, string][]} */ ([
    [{ eta: 0 }, 'eta'],
    [{ eta: -1 }, 'eta'],
    [{ eta: 1001 }, 'eta'],
    [{ eta: Number.NaN }, 'eta'],
    [{ epochs: 0 }, 'epochs'],
    [{ epochs: 2.5 }, 'epochs'],
    [{ seed: -1 }, 'seed'],
    [{ batch: 0 }, 'batch_size'],
    [{ pace: 0.05 }, 'pace'],
    [{ hidden: [5, 101] }, 'hidden'],
  ])) {
    assert.equal(faultOf(experiment(changes), LIMITS, 100)?.field, field, JSON.stringify(changes));
  }
});

test('a mini-batch holds no more samples than there are', () => {
  assert.equal(faultOf(experiment({ batch: 100 }), LIMITS, 100), null);
  const fault = faultOf(experiment({ batch: 101 }), LIMITS, 100);
  assert.deepEqual([fault?.field, fault?.limit.high], ['batch_size', 100]);
});

test('a limit that is open below leaves out its lowest value', () => {
  assert.equal(holds(LIMITS.eta, 0), false);
  assert.equal(holds(LIMITS.eta, 1e-9), true);
  assert.equal(holds(LIMITS.epochs, 1), true);
});
