// @ts-check
// What the server refuses, and why a run failed, in the language of the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { translator } from '../../../static/js/kit/i18n.js';
import { diverged, inWords, whyFailed } from '../../../static/js/kit/refusals.js';

const zh = translator(JSON.parse(readFileSync(new URL('../../../app/i18n/zh.json', import.meta.url), 'utf8')));

/** @param {string} allowed */
const field = (allowed) => inWords({ status: 422, detail: 'in English', field: 'eta', allowed }, 'zh', zh);

test('an English page shows the words of the server', () => {
  assert.equal(inWords({ status: 429, detail: 'you have 250 runs in hand' }, 'en', zh), 'you have 250 runs in hand');
});

for (const [allowed, words] of [
  ['a whole number from 1 to 1000000', '1 到 1000000 的整数'],
  ['a whole number from 0 to 4 layers', '0 到 4 的整数'],
  ['a number above 0 up to 100', '大于 0、不超过 100 的数'],
  ['a number from 0.1 to 1000000 epochs per second, or null', '0.1 到 1000000 的数 或 null'],
  ['a whole number from 1 to 2000, or null', '1 到 2000 的整数 或 null'],
  ['a list of 0 to 4 layers', '0 到 4 项的列表'],
  ['one of exact, article', '以下之一：exact, article'],
  ['with softmax outputs one of log-likelihood, quadratic', '输出为 softmax 时，以下之一：log-likelihood, quadratic'],
]) {
  test(`a field that may be ${allowed}`, () => assert.equal(field(allowed), `eta 不可用；允许：${words}`));
}

test('what follows no pattern is quoted as it is', () => {
  assert.equal(field('6 rows of 4 numbers'), 'eta 不可用；允许：6 rows of 4 numbers');
  assert.equal(inWords({ status: 418, detail: 'a teapot' }, 'zh', zh), 'a teapot');
});

test('no room and no store say when to come back', () => {
  assert.match(inWords({ status: 429, detail: '', retry: '30' }, 'zh', zh), /30 秒/);
  assert.match(inWords({ status: 503, detail: '', retry: '5' }, 'zh', zh), /5 秒/);
  assert.match(inWords({ status: 409, detail: '' }, 'zh', zh), /不再接受/);
});

test('a run that did not diverge is not said to have', () => {
  const far = { detail: 'the cost stopped being a finite number at epoch 8; try an eta smaller than 3', epoch: 7 };
  const elsewhere = { detail: 'this run was begun on a machine whose arithmetic differs in the last bits', epoch: 7 };
  const lost = { detail: '5 worker processes in a row died', epoch: 7 };
  assert.deepEqual([far, elsewhere, lost].map(diverged), [true, false, false]);
  assert.match(whyFailed(far, zh), /第 8 轮起代价不再是有限数/);
  assert.match(whyFailed(elsewhere, zh), /舍入不同/);
  assert.match(whyFailed(lost, zh), /第 7 轮.*5 worker processes/);
});
