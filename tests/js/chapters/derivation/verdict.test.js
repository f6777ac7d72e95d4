// @ts-check
/** What is said of a step, at samples for which it holds and for which it does not; and the questions, by numbers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../../../static/js/chapters/derivation/formulas/steps.js';
import { RIGHT } from '../../../../static/js/chapters/derivation/question.js';
import { derivationSaying } from '../../../../static/js/chapters/derivation/said.js';
import { fromUrl, TABLE } from '../../../../static/js/chapters/derivation/state.js';
import { verdictSaying } from '../../../../static/js/chapters/derivation/verdict.js';
import { readUrl } from '../../../../static/js/kit/address.js';
import { logits, one, uniform, whole } from '../../truth/random.js';
import { CATALOGUES, parsed, spoken } from '../../truth/words.js';
import { DERIVATIONS, randomSample } from './formulas/reading.js';

test('a ✓ has two sides that are equal but for rounding, a ✗ shows two that differ', () => {
  const random = uniform(91);
  const seen = new Set();
  for (let n = 0; n < 300; n += 1) {
    const { sample, classes, units } = randomSample(random, one(random, [1, 4, 30]));
    if (random() < 0.5) sample.y = sample.y.map((y) => y * 2);
    for (const { steps, name } of DERIVATIONS) {
      for (const step of steps) {
        const found = check(step, sample, name === 'weight' ? units : classes);
        const said = verdictSaying(step.relation, found);
        const { en, zh } = spoken(said);
        seen.add(said.key.replace('derivation.verdict.', ''));
        const { left, right } = said.values;
        if (step.relation !== '=') {
          assert.equal(found.holds, step.relation === '>' ? found.left > found.right : found.left < found.right);
          continue;
        }
        const apart = Math.abs(found.left - found.right);
        if (found.holds) {
          assert.ok(apart <= 1e-9 * Math.max(1, Math.abs(found.left), apart / (found.residual || 1)), `${name}: ${en}`);
          assert.equal(/both sides/.test(en) && /两边都是/.test(zh), left === right);
          if (found.residual > 0) assert.ok(Math.abs(parsed(said.values.residual) - apart) <= 0.06 * apart);
        } else {
          assert.notEqual(left, right);
          assert.match(en, /≠/);
          assert.match(zh, /≠/);
          if (said.key.endsWith('lacks')) assert.ok(Math.abs(sample.y.reduce((sum, y) => sum + y, 0) - 1) > 1e-9);
        }
      }
    }
  }
  for (const key of ['holds', 'holds.near', 'lacks', 'holds.sign']) assert.ok(seen.has(key), [...seen].join());
});

test('what just happened is said with the digits that it takes', () => {
  const random = uniform(92);
  const steps = (/** @type {string} */ name) => DERIVATIONS.find((one) => one.name === name)?.steps.length ?? 1;
  const start = fromUrl(readUrl(TABLE, ''), steps);
  for (let n = 0; n < 2000; n += 1) {
    const derivation = one(random, DERIVATIONS);
    const before = { ...start, lesson: derivation.name, step: whole(random, 1, derivation.steps.length) };
    const z = [...before.z];
    const k = whole(random, 0, z.length - 1);
    z[k] += one(random, [0.5, -1e-4, 1e-9]);
    const [what] = derivationSaying(before, { ...before, z }, derivation);
    const { en } = spoken(what);
    assert.match(en, new RegExp(`^z${'₁₂₃₄₅₆₇₈₉'[k]} is now `));
    assert.ok(Math.abs(parsed(what.values.value) - z[k]) < Math.abs(parsed(what.values.value) - before.z[k]));
    const [step] = derivationSaying({ ...before, step: before.step + 1 }, before, derivation);
    assert.match(spoken(step).en, new RegExp(`^Step ${before.step} of ${derivation.steps.length}: `));
  }
});

test("every question's right answer, by numbers, and no other", () => {
  const random = uniform(93);
  const words = (/** @type {string} */ name) => [1, 2, 3].map((n) => CATALOGUES.en[`derivation.question.${name}.${n}`]);
  for (let n = 0; n < 2000; n += 1) {
    const z = logits(random).map((value) => Math.max(-20, Math.min(20, value)));
    const powers = z.map(Math.exp);
    const all = powers.reduce((sum, power) => sum + power, 0);
    const a = powers.map((power) => power / all);
    const right = whole(random, 0, z.length - 1);
    const delta = a.map((value, i) => value - Number(i === right));
    const negative = delta.map((value, i) => (value < 0 ? i : -1)).filter((i) => i >= 0);
    assert.ok(negative.length === 0 || (negative.length === 1 && negative[0] === right));
    assert.ok(Math.abs(delta.reduce((sum, value) => sum + value, 0)) < 1e-12);
    const column = a.map((value, i) => (i === 0 ? value * (1 - value) : -value * a[0]));
    assert.ok(Math.abs(column.reduce((sum, value) => sum + value, 0)) < 1e-12);
  }
  assert.deepEqual(words('delta')[RIGHT.delta - 1], 'that of the right class alone');
  assert.equal(words('signs')[RIGHT.signs - 1], '0');
  assert.equal(words('bias')[RIGHT.bias - 1], '0');
  assert.equal(words('other')[RIGHT.other - 1], 'nothing'); // −aᵢaⱼ = −aⱼaᵢ
  assert.equal(words('same')[RIGHT.same - 1], `small, ${(0.99 * (1 - 0.99)).toFixed(4)}`);
  const slope = (/** @type {number} */ x) => Math.exp(-x) / (1 + Math.exp(-x)) ** 2;
  assert.ok([-8, -1, 1, 8].every((x) => slope(x) < slope(0)) && slope(0) === 0.25);
  assert.equal(words('sigmoid')[RIGHT.sigmoid - 1], 'at z = 0');
  assert.equal(words('weight')[RIGHT.weight - 1], 'they do not learn'); // ∂C∕∂w = δ · 0
});
