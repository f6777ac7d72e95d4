// @ts-check
/** How a run stands, for every status: its epoch, its cost and how many it gets right, none rounded into a lie. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSaying, smaller } from '../../../../static/js/chapters/train/run-said.js';
import { one, uniform, whole } from '../../truth/random.js';
import { assertShows, spoken } from '../../truth/words.js';

test('every status, with and without its rule', () => {
  const random = uniform(131);
  const seen = new Set();
  for (let n = 0; n < 10_000; n += 1) {
    const status = one(random, ['running', 'paused', 'finished', 'stopped', 'failed']);
    const samples = whole(random, 2, 2000);
    const right = one(random, [0, samples, samples - 1, 1, whole(random, 0, samples)]);
    const run = {
      status,
      epoch: whole(random, 0, 20_000),
      cost: one(random, [null, 10 ** (8 * random() - 5)]),
      accuracy: one(random, [null, right / samples]),
      detail: status === 'failed' ? one(random, [null, 'the disk is full']) : null,
    };
    const named = random() < 0.5;
    const said = runSaying({ rule: 'exact', run }, named, { eta: 0.5 });
    const { en, zh } = spoken(said);
    const inner = /** @type {any} */ (named ? said.values.said : said);
    seen.add(inner.key);
    assert.equal(en.startsWith('exact: ') && zh.startsWith('精确：'), named);
    if (inner.key === 'train.said.other') continue;
    const text = (/** @type {number} */ epoch) => String(epoch).replace(/\B(?=(\d{3})+$)/g, ' ');
    assert.ok(en.includes(text(status === 'failed' ? run.epoch + 1 : run.epoch)), en);
    if (run.cost !== null) assertShows(inner.values.cost, run.cost);
    if (run.accuracy === null) continue;
    const shown = Number(String(inner.values.accuracy).replace(' %', ''));
    assert.ok(Math.abs(shown - 100 * run.accuracy) <= 0.5);
    assert.equal(shown === 100, right === samples, `${right} of ${samples}: ${inner.values.accuracy}`);
    assert.equal(shown === 0, right === 0, `${right} of ${samples}: ${inner.values.accuracy}`);
  }
  assert.equal(seen.size, 6);
});

test('a cure is a tenth, and never more than the article’s 0.1 of what is far too much', () => {
  for (const eta of [0.1, 0.3, 5, 10, 11, 1e5]) {
    assert.ok(smaller(eta) < eta && Math.abs(smaller(eta) - (eta > 10 ? 0.1 : eta / 10)) < 1e-12);
  }
});
