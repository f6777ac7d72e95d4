// @ts-check
/** Direction and size of every array's step, each seen right and wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults, verdicts } from '../../../../static/js/chapters/train/verdicts.js';
import { one, uniform, whole } from '../../truth/random.js';
import { assertShows, spoken } from '../../truth/words.js';

test('a sum over a hundred samples has the right direction and a hundred times the size', () => {
  const check = { times_w: [87.2, 100], times_b: [0.31, 1], turned_w: [0.94, 5e-11], turned_b: [1.2, 0] };
  const all = verdicts(['article'], [check]);
  assert.deepEqual(
    all.map(({ name, aspect, good, text }) => `${name} ${aspect} ${good ? '✓' : '✗'} ${text}`),
    [
      '∂W2 direction ✗ 94 %',
      '∂W2 size ✗ × 87.2',
      '∂b2 direction ✗ 120 %',
      '∂b2 size ✗ × 0.31',
      '∂W3 direction ✓ 5×10⁻¹¹',
      '∂W3 size ✗ × 100',
      '∂b3 direction ✓ 0',
      '∂b3 size ✓ × 1',
    ],
  );
  const said = faults(all).map((fault) => spoken(fault));
  assert.equal(said.length, 5);
  assert.equal(said.at(-1)?.en, 'By the article rule the size of ∂W3 is × 100 the true one.');
  assert.match(String(said.at(-1)?.zh), /^按“笔记”规则，∂W3 的大小是真值 × 100。/);
});

test('every verdict follows from its number alone, for any check', () => {
  const random = uniform(71);
  const seen = new Set();
  for (let n = 0; n < 10_000; n += 1) {
    const layers = whole(random, 1, 4);
    const numbers = (/** @type {readonly (number | null)[]} */ list) =>
      Array.from({ length: layers }, () => {
        const value = one(random, list);
        return value === null ? null : value * (0.5 + random());
      });
    const times = () =>
      one(random, [numbers([1, 100, -1, 1e7, 0.01, null]), Array(layers).fill(1), Array(layers).fill(150)]);
    const turned = () => numbers([0, 1e-11, 1e-6, 0.01, 2, null]);
    const check = { times_w: times(), times_b: times(), turned_w: turned(), turned_b: turned() };
    const all = verdicts(['exact'], [check]);
    assert.equal(all.length, 4 * layers);
    for (const { name, aspect, value, good, text } of all) {
      const list =
        check[/** @type {keyof typeof check} */ (`${aspect === 'size' ? 'times' : 'turned'}_${name[1].toLowerCase()}`)];
      assert.equal(value, list[Number(name.slice(2)) - 2] ?? Infinity);
      assert.equal(good, aspect === 'size' ? value > 0.9999 && value < 1.0001 : value <= 1e-4);
      if (aspect === 'size' && Number.isFinite(value)) assertShows(text.replace('× ', ''), value, 1e-2);
      if (!good && aspect === 'size') assert.notEqual(text, '× 1');
      seen.add(`${aspect} ${good}`);
    }
    const said = faults(all);
    for (const one of said) spoken(one);
    assert.equal(
      said[0].key === 'train.check.well',
      all.every(({ good }) => good),
    );
  }
  assert.equal(seen.size, 4);
});
