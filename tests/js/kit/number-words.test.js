// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { translator } from '../../../static/js/kit/i18n.js';
import { allowedWords, refusedWords } from '../../../static/js/kit/number-words.js';

const [en, zh] = ['en', 'zh'].map((lang) =>
  translator(JSON.parse(readFileSync(new URL(`../../../app/i18n/${lang}.json`, import.meta.url), 'utf8'))),
);

test('what is allowed is said with the limit’s own numbers', () => {
  assert.equal(allowedWords({ low: 1, high: 1_000_000, whole: true }, en), 'a whole number from 1 to 1 000 000');
  assert.equal(allowedWords({ low: 0, high: 100, above: true }, zh), '大于 0、不超过 100 的数');
  assert.equal(allowedWords({ low: -1, whole: true }, en), 'a whole number, −1 or more');
  assert.equal(allowedWords({}, zh), '一个数');
});

test('a refusal names what was written, what may be, and what holds', () => {
  const limit = { low: 1, high: 1_000_000, whole: true };
  const words = refusedWords('10,5', 'limit', limit, 10_000, en);
  for (const part of ['“10,5”', 'a whole number from 1 to 1 000 000', '10 000 still holds']) {
    assert.ok(words.includes(part), words);
  }
  assert.ok(refusedWords(' 1，000 ', 'comma', {}, null, zh).includes('1000 或 1.000'));
  assert.ok(!refusedWords('', 'empty', limit, null, en).includes('holds'));
});
