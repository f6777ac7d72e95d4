// @ts-check
// What the server refuses, and why a run failed, in the language of the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALLOWED, FAILURES, NAMES, REFUSALS, UNITS } from '../../../static/js/kit/declared.js';
import { translator } from '../../../static/js/kit/i18n.js';
import { diverged, inWords, whyFailed } from '../../../static/js/kit/refusals.js';

/** @param {string} language @returns {Record<string, string>} */
const words = (language) =>
  JSON.parse(readFileSync(new URL(`../../../app/i18n/${language}.json`, import.meta.url), 'utf8'));
const [en, zh] = ['en', 'zh'].map((language) => translator(words(language)));

const epochs = {
  detail: 'x',
  code: 'whole',
  field: 'epochs',
  value: 0,
  low: 1,
  high: 1_000_000,
  whole: true,
  unit: '',
};

test('a refusal is worded from its facts, in the language of the page', () => {
  assert.equal(inWords(epochs, zh), 'epochs 为 0，不可用；允许：1 到 1 000 000 的整数');
  assert.equal(inWords(epochs, en), 'epochs is 0; allowed: a whole number from 1 to 1 000 000');
  const pace = { ...epochs, code: 'number', field: 'pace', value: -0.5, low: 0.1, unit: 'pace', null: true };
  assert.equal(inWords(pace, zh), 'pace 为 −0.5，不可用；允许：0.1 到 1 000 000 的数（轮/秒） 或 null');
  const rule = { detail: 'x', code: 'one', field: 'rule', value: 'best', options: ['exact', 'article'] };
  assert.equal(inWords(rule, zh), 'rule 为 “best”，不可用；允许：以下之一：exact, article');
  const body = { detail: 'x', code: 'needed', field: 'body.z', value: null, object: 'body', options: ['z'] };
  assert.equal(inWords(body, zh), '发送的内容.z 为 null，不可用；允许：发送的内容必须有 z');
});

test('what the English detail says plays no part', () => {
  for (const say of [en, zh]) {
    assert.equal(inWords({ ...epochs, detail: 'a whole number from 3 to 4' }, say), inWords(epochs, say));
  }
});

test('every code, unit and name that the server knows has words in both languages', () => {
  const keys = [
    ...ALLOWED.map((code) => `common.allowed.${code}`),
    ...UNITS.map((unit) => `common.unit.${unit}`),
    ...NAMES.map((name) => `common.name.${name}`),
    ...REFUSALS.map((code) => `common.refusal.${code}`),
    ...FAILURES.map((code) => `common.run.${code}`),
  ];
  for (const language of ['en', 'zh']) {
    const known = words(language);
    assert.deepEqual(
      keys.filter((key) => !(key in known)),
      [],
    );
  }
});

test('what comes from elsewhere, without a code of ours, is quoted', () => {
  assert.match(inWords({ detail: '502 Bad Gateway' }, zh), /502 Bad Gateway/);
  assert.match(inWords({ detail: 'a teapot', code: 'teapot' }, zh), /a teapot/);
});

test('no room and no store say when to come back', () => {
  assert.match(inWords({ detail: '', code: 'often', seconds: 30 }, zh), /30 秒/);
  assert.match(inWords({ detail: '', code: 'away', seconds: 5 }, zh), /5 秒/);
  assert.match(inWords({ detail: '', code: 'state' }, zh), /不再接受/);
});

test('a run that did not diverge is not said to have', () => {
  const far = { detail: 'in English', code: 'diverged', epoch: 7 };
  const elsewhere = { detail: 'in English', code: 'arithmetic', epoch: 7 };
  const died = { detail: 'in English', code: 'died', epoch: 7 };
  const lost = { detail: '5 worker processes in a row died', code: 'lost', epoch: 7 };
  assert.deepEqual([far, elsewhere, died, lost].map(diverged), [true, false, false, false]);
  assert.match(whyFailed(far, zh), /第 8 轮起代价不再是有限数/);
  assert.match(whyFailed(elsewhere, zh), /舍入不同/);
  assert.match(whyFailed(died, zh), /第 7 轮.*接连退出/);
  assert.match(whyFailed(lost, zh), /第 7 轮.*5 worker processes/);
});
