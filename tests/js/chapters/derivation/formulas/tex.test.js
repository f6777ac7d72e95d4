// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../../../static/js/chapters/derivation/formulas/expression.js';
import { quantities } from '../../../../../static/js/chapters/derivation/formulas/quantity.js';
import { symbolsOf, texOf } from '../../../../../static/js/chapters/derivation/formulas/tex.js';
import { DERIVATIONS, draws, randomSample } from './reading.js';

const ARTICLE = /** @type {const} */ ({ convention: 'article', numbers: false });

/** @param {string} tex without its marks */
const bare = (tex) => tex.replace(/\\htmlData\{[^}]*\}/g, '').replace(/[{}]/g, '');

test('a product of a sum keeps its brackets, a sum of products needs none', () => {
  assert.equal(bare(texOf(parse('a[i] * (1 - a[i])'), ARTICLE).tex), 'a_i \\, \\left(1 - a_i\\right)');
  assert.equal(bare(texOf(parse('a[i] * y[j] - y[i]'), ARTICLE).tex), 'a_i \\, y_j - y_i');
});

test('a sum that something stands behind is put in brackets', () => {
  assert.match(texOf(parse('sum(k, y[k]) - y[i]'), ARTICLE).tex, /^\\Bigl\(/);
  assert.doesNotMatch(texOf(parse('a[i] - sum(k, y[k])'), ARTICLE).tex, /\\Bigl\(/);
});

test('a weight is written as the article or as the code has it', () => {
  assert.equal(bare(texOf(parse('w[i,j]'), ARTICLE).tex), 'w_ij');
  assert.match(texOf(parse('w[i,j]'), { ...ARTICLE, convention: 'code' }).tex, /\\mathtt\{w\[j,i\]\}/);
});

test('a symbol in a sum stands for one quantity of every class but the excepted', () => {
  const { marks } = texOf(parse('others(k, i, a[k])'), ARTICLE);
  const sample = { z: [0, 1, 2], y: [1, 0, 0], h: [], w: [[], [], []], b: [0, 1, 2] };
  const names = marks.map((mark) =>
    quantities(mark, sample, { i: 1, j: 0 })
      .map(({ name }) => name)
      .join(' '),
  );
  assert.ok(names.includes('a:1 a:3'));
});

test('every marked part of every derivation has a finite value', () => {
  const { sample, classes, units } = randomSample(draws(5), 3);
  for (const derivation of DERIVATIONS) {
    const binding = derivation.picks.includes('unit') ? units : classes;
    for (const step of derivation.steps) {
      for (const mark of symbolsOf(step, 'article').marks) {
        const found = quantities(mark, sample, binding);
        assert.ok(found.length > 0 && found.every(({ value }) => Number.isFinite(value)));
      }
    }
  }
});

test('what is no formula is refused in words', () => {
  assert.throws(() => parse('a[i] +'), /name was expected/);
  assert.throws(() => parse('f(a[i])'), /no function "f"/);
  assert.throws(() => parse('a[i] a[j]'), /goes on with "a"/);
});
