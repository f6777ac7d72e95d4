// @ts-check
/** Where the map's lowest point is said to be, it is: against the solution in closed form and against many points. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cost from '../../../../static/js/chapters/cost/state.js';
import { valley } from '../../../../static/js/chapters/cost/valley.js';
import { readUrl } from '../../../../static/js/kit/address.js';
import { logits, one, target, uniform, whole } from '../../truth/random.js';
import { CATALOGUES } from '../../truth/words.js';

const START = cost.fromUrl(readUrl(cost.TABLE, ''));
/** @typedef {import('../../../../static/js/chapters/cost/state.js').Scene} Scene */

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
/** @param {number} x */
const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** The cost of a scene with its two z elsewhere, from the definition. @param {Scene} scene @param {number} across @param {number} up */
function height({ z, y, pair, chosen, second }, across, up) {
  const at = z.with(chosen, across).with(second, up);
  const top = Math.max(...at);
  const logSum = top + Math.log(sum(at.map((value) => Math.exp(value - top))));
  if (pair === 'log-likelihood') return sum(at.map((value, i) => (y[i] === 0 ? 0 : y[i] * (logSum - value))));
  if (pair === 'cross-entropy') {
    return sum(at.map((value, i) => (y[i] && y[i] * softplus(-value)) + (1 - y[i] && (1 - y[i]) * softplus(value))));
  }
  return sum(at.map((value, i) => (1 / (1 + Math.exp(-value)) - y[i]) ** 2 / 2));
}

/** The lowest of a grid of points that reaches so far. @param {Scene} scene @param {number} reach */
function lowestWithin(scene, reach) {
  const places = Array.from({ length: 4 * reach + 1 }, (_, k) => k / 2 - reach);
  return Math.min(...places.flatMap((across) => places.map((up) => height(scene, across, up))));
}

test('the map has a lowest point at the a that are named, none where it is said to have none', () => {
  const random = uniform(41);
  /** @type {Record<string, number>} */
  const seen = {};
  for (let n = 0; n < 1000; n += 1) {
    const count = whole(random, 2, 6);
    const z = logits(random, count).map((value) => Math.max(-4, Math.min(4, value)));
    const { kind, y } = target(random, count);
    const scene = {
      ...START,
      z,
      y,
      kind,
      names: z.map(() => ''),
      pair: one(random, cost.PAIR_NAMES),
      chosen: 0,
      second: 1,
    };
    const said = valley(scene);
    seen[String(said)] = (seen[String(said)] ?? 0) + 1;
    if (said === null) {
      assert.equal(scene.pair, 'quadratic-softmax');
      continue;
    }
    assert.ok(CATALOGUES.en[`cost.two.valley.${said}`] && CATALOGUES.zh[`cost.two.valley.${said}`]);
    if (said === 'flat') {
      assert.ok(height(scene, 3, -2) === 0 && height(scene, -7, 1) === 0 && sum(y) === 0);
    } else if (said === 'endless') {
      const [near, far] = [lowestWithin(scene, 4), lowestWithin(scene, 12)];
      assert.ok(far < near, `${scene.pair} ${y}: ${near} ${far}`);
    } else {
      assert.equal(said === 'shared', Math.abs(sum(y) - 1) > 1e-9 && scene.pair === 'log-likelihood');
      const all = scene.pair === 'log-likelihood' ? sum(y) : 1;
      const [p, q] = [y[0] / all, y[1] / all];
      const others = count === 2 ? 0 : Math.log(sum(z.slice(2).map((value) => Math.exp(value))));
      const logit = (/** @type {number} */ share, /** @type {number} */ rest) => Math.log(share / rest);
      const softmax = scene.pair === 'log-likelihood';
      const rest = count === 2 ? 1 : 1 - p - q;
      const [across, up] = softmax
        ? [logit(p, rest) + others, logit(q, rest) + others]
        : [logit(p, 1 - p), logit(q, 1 - q)];
      const best = height(scene, across, up);
      for (const reach of [1, 4]) assert.ok(best <= lowestWithin(scene, reach) + 1e-12);
      for (const by of [0.3, -0.3]) assert.ok(height(scene, across + by, up) > best);
    }
  }
  for (const kind of ['lowest', 'shared', 'endless', 'flat', 'null']) assert.ok(seen[kind] > 0, JSON.stringify(seen));
});
