// @ts-check
/** Why a counter-example breaks its claim, against shares of many digits and against counting again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foundSaid, searchSaid, tiny } from '../../../../static/js/chapters/softmax/found-said.js';
import { broken, search } from '../../../../static/js/nn/search.js';
import { ONE, shares } from '../../truth/exact.js';
import { one, uniform, whole } from '../../truth/random.js';
import { assertShows, parsed, spoken } from '../../truth/words.js';

/** @param {bigint} a */
const float = (a) => Number(a) / Number(ONE);
/** The spacing of floats above 1 and below it. */
const ABOVE = { float64: 2 ** -52, float32: 2 ** -23 };
const LEAST = { float64: 5e-324, float32: 2 ** -149 };

test('every reason that is given holds in ℝ and in floats', () => {
  const random = uniform(61);
  /** @type {Record<string, number>} */
  const seen = {};
  for (let n = 0; n < 3000; n += 1) {
    const width = one(random, [5, 10, 14, 20, 50, 60]);
    const z = Array.from({ length: whole(random, 2, 5) }, () => Math.round((2 * random() - 1) * width * 100) / 100);
    const i = whole(random, 0, z.length - 1);
    const by = one(random, [0.01, 0.02, Math.round((0.01 + random()) * 100) / 100]);
    const all = /** @type {const} */ (['float64', 'float32']).flatMap((format) => broken(z, i, by, format));
    if (all.length === 0) continue;
    const exact = shares(z);
    const raised = shares(z.with(i, z[i] + by));
    for (const found of all) {
      const said = foundSaid(found);
      const { en, zh } = spoken(said[1]);
      const why = said[1].key.replace('falsify.why.', '');
      const key = `${why} ${found.format}`;
      seen[key] = (seen[key] ?? 0) + 1;
      const { values } = said[1];
      const { j, a, after, format } = found;
      const rest = float(ONE - exact[j]);
      if (why === 'one' || why === 'stuck.one') {
        assert.equal(a[j], 1);
        assertShows(values.rest, rest, 1e-9 * rest);
        assert.ok(
          !en.includes('one} ') && (why !== 'one' || parsed(values.gap) === Number(ABOVE[format].toPrecision(2))),
        );
        // What the others add is below what one float above 1 would need, in as many additions as there are others.
        assert.ok(rest <= ((z.length - 1) * ABOVE[format] * 1.0001) / 2, `${rest}`);
      }
      if (why === 'zero' || why === 'stuck.zero') {
        assert.equal(a[j], 0);
        if (float(exact[j]) > 1e-50) assertShows(values.true, float(exact[j]), 1e-9 * float(exact[j]));
        assert.ok(float(exact[j]) < LEAST[format]);
        assert.match(zh, why === 'zero' ? /恰好是 0/ : /仍是 0/);
      }
      if (why === 'stuck.between') {
        const change = float(raised[j] - exact[j]);
        if (Math.abs(change) > 1e-45) assertShows(values.change, change, 1e-7 * Math.abs(change));
        if (change !== 0) assert.equal(String(values.change).startsWith('−'), change < 0);
        assert.ok(Math.abs(change) < 8 * Math.max(ABOVE[format] * a[j], LEAST[format]));
        assert.equal(after[j], a[j]);
      }
      if (why === 'sum') {
        const rounded = format === 'float32' ? Math.fround : (/** @type {number} */ x) => x;
        const sum = a.reduce((total, share) => rounded(total + share), 0);
        assert.ok(sum !== 1 && parsed(values.sum) === sum);
        assertShows(values.off, Math.abs(sum - 1), 0);
      }
      assert.equal(said.length, found.claim !== 'whole' && format === 'float32' ? 3 : 2);
    }
  }
  for (const why of ['one', 'stuck.one', 'stuck.between', 'sum'])
    for (const format of ['float64', 'float32']) assert.ok(seen[`${why} ${format}`] > 0, `${why} ${format}`);
  // No search has met a share that goes backwards: powers, sums and quotients are rounded in their order.
  for (const why of ['zero', 'stuck.zero']) assert.ok(seen[`${why} float32`] > 0, why);
});

test('what a whole search has shown is counted, not remembered', () => {
  const keys = new Set();
  for (const [width, trials] of [
    [5, 20_000],
    [5, 1],
    [50, 20_000],
    [1000, 20_000],
  ]) {
    const hunt = search(3, width);
    hunt.advance(trials);
    const { inside, monotone, everyone, whole: sums } = hunt.tally;
    const lost = [inside, monotone, everyone].some((row) => row.float64.count + row.float32.count > 0);
    const said = searchSaid(hunt.tally, width);
    keys.add(said.key);
    const { en } = spoken(said);
    assert.equal(/only “the a sum to 1” is broken/.test(en), !lost && sums.float64.count + sums.float32.count > 0);
    assert.equal(/so near to 0/.test(en), lost);
    assert.ok(en.includes(`±${width}`));
  }
  assert.ok(keys.size >= 2);
  const nothing = { count: 0, best: null };
  const none = { float64: nothing, float32: nothing };
  const said = searchSaid({ inside: none, whole: none, monotone: none, everyone: none }, 1);
  assert.match(spoken(said).en, /no claim was broken/);
});

test('a number beyond any float keeps one digit before its point', () => {
  for (let logarithm = -700; logarithm > -2000; logarithm -= 0.37) {
    const [, digits, exponent] = /^(\d\.\d)×10\^?[−⁻](.+)$/.exec(tiny(logarithm)) ?? [];
    assert.ok(Number(digits) >= 1 && Number(digits) < 10 && exponent, tiny(logarithm));
  }
});
