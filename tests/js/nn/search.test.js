// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logSoftmax } from '../../../static/js/nn/layers.js';
import { broken, CLAIMS, SEARCHED, search } from '../../../static/js/nn/search.js';

/** @param {number} seed @param {number} width @param {number} [trials] */
function found(seed, width, trials = 20_000) {
  const one = search(seed, width);
  one.advance(trials);
  return one.tally;
}

describe('the search', () => {
  it('finds nothing but roundings of the sum where z are near each other', () => {
    const tally = found(1, 5);
    assert.equal(tally.inside.float64.count, 0);
    assert.equal(tally.monotone.float64.count, 0);
    assert.ok(tally.whole.float64.count > 0);
  });
  it('finds every claim broken in both formats where z are far apart', () => {
    const tally = found(1, 1000);
    for (const claim of CLAIMS) {
      for (const format of SEARCHED) assert.ok(tally[claim][format].count > 0, `${claim} in ${format}`);
    }
  });
  it('in pieces finds what it finds at once, and another seed something else', () => {
    const pieces = search(7, 50);
    for (const trials of [1, 499, 500]) pieces.advance(trials);
    assert.deepEqual(pieces.tally, found(7, 50, 1000));
    assert.equal(pieces.done, 1000);
    assert.notDeepEqual(found(8, 50, 1000), found(7, 50, 1000));
  });
  it('keeps only what breaks the claim in floats and keeps it in ℝ', () => {
    for (const [claim, formats] of Object.entries(found(3, 1000))) {
      for (const { best } of Object.values(formats)) {
        assert.ok(best);
        const again = broken(best.z, best.i, best.by, best.format).map((one) => one.claim);
        assert.ok(again.includes(/** @type {any} */ (claim)));
        // The logarithms know better: every true a is above 0 and below 1.
        assert.ok(logSoftmax(best.z).every((value) => Number.isFinite(value) && value < 0));
      }
    }
  });
});

describe("the article's two", () => {
  it('z = (0, −37.5): a is exactly 1', () => {
    const [first] = broken([0, -37.5], 0, 0.5, 'float64');
    assert.equal(first.kind, 'one');
  });
  it('z = (0, −746): a is exactly 0, and raising its z moves nothing', () => {
    const all = broken([0, -746], 1, 0.1, 'float64');
    assert.deepEqual(
      all.map(({ claim }) => claim),
      ['inside', 'monotone', 'everyone'],
    );
  });
});
