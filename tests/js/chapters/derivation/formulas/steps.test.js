// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, claimByDifference } from '../../../../../static/js/chapters/derivation/formulas/steps.js';
import { LESSONS } from '../../../../../static/js/chapters/derivation/state.js';
import { DERIVATIONS, draws, randomSample } from './reading.js';

const SAMPLES = 1000;

/** @param {(typeof DERIVATIONS)[0]} derivation @param {ReturnType<typeof randomSample>} drawn */
const picked = ({ picks }, { classes, units }) => (picks.includes('unit') ? units : classes);

test('the page offers the derivations that there are, in their order', () => {
  assert.deepEqual(
    DERIVATIONS.map(({ name }) => name),
    [...LESSONS],
  );
});

test('every step holds to 1e-12 at a thousand random samples', () => {
  const draw = draws(1);
  for (let n = 0; n < SAMPLES; n += 1) {
    const drawn = randomSample(draw, 5);
    for (const derivation of DERIVATIONS) {
      for (const [at, step] of derivation.steps.entries()) {
        const verdict = check(step, drawn.sample, picked(derivation, drawn));
        assert.ok(
          verdict.holds && !verdict.lacks,
          `${derivation.name} ${at + 1}: ${JSON.stringify({ verdict, drawn })}`,
        );
      }
    }
  }
});

test('where nothing cancels, both sides agree to 1e-12 of themselves', () => {
  const draw = draws(2);
  for (let n = 0; n < SAMPLES; n += 1) {
    const drawn = randomSample(draw, 2);
    for (const derivation of DERIVATIONS) {
      for (const [at, step] of derivation.steps.entries()) {
        const { left, right } = check(step, drawn.sample, picked(derivation, drawn));
        if (step.relation !== '=' || Math.abs(left) < 1e-3) continue;
        const relative = Math.abs(left - right) / Math.abs(left);
        assert.ok(relative <= 1e-12, `${derivation.name} ${at + 1}: ${relative}`);
      }
    }
  }
});

test('the claims are what finite differences measure', () => {
  const draw = draws(3);
  for (let n = 0; n < 100; n += 1) {
    const drawn = randomSample(draw, 3);
    for (const derivation of DERIVATIONS) {
      const binding = picked(derivation, drawn);
      const measured = claimByDifference(derivation, drawn.sample, binding);
      const { left } = check(derivation.steps[0], drawn.sample, binding);
      assert.ok(measured !== null && Math.abs(measured - left) < 1e-8, `${derivation.name}: ${measured} ${left}`);
    }
  }
});

test('with two right answers only the steps that need one fail', () => {
  const sample = { z: [1, 0, -1], y: [1, 1, 0], h: [0.5], w: [[0], [0], [0]], b: [1, 0, -1] };
  for (const derivation of DERIVATIONS) {
    for (const step of derivation.steps) {
      const { holds, lacks } = check(step, sample, { i: 0, j: derivation.picks.includes('unit') ? 0 : 1 });
      assert.equal(holds, step.needs === null);
      assert.equal(lacks, step.needs !== null);
    }
  }
});

test('a wrong step is refused', () => {
  const [, same, other] = DERIVATIONS;
  const wrong = { ...other.steps[0], right: same.steps[4].right };
  const { sample, classes } = randomSample(draws(4), 2);
  assert.equal(check(wrong, sample, classes).holds, false);
});
