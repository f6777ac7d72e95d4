// @ts-check
/** What two rules have shown, recomputed from every epoch's cost, of which the page has only a thinned curve. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leftAt, passing, storyOf } from '../../../../static/js/chapters/train/story.js';
import { thin } from '../../../../static/js/kit/thin.js';
import { one, uniform, whole } from '../../truth/random.js';
import { assertShows, spoken } from '../../truth/words.js';

/** @param {string} rule @param {number[]} costs @param {object} [more] @returns {any} */
function line(rule, costs, more = {}) {
  const { x, y } = thin(
    costs.map((_, epoch) => epoch),
    costs,
    60,
  );
  const run = {
    id: rule,
    status: 'finished',
    epoch: costs.length - 1,
    x,
    y,
    cost: costs.at(-1),
    accuracy: 0.5,
    ...more,
  };
  return { rule, run };
}
const NUMBERS = { eta: 0.1, samples: 100, guessing: Math.LN2 };
const LOST = line('article', [1.1, 18, 7, 18, 7, 18, 7]);
const LEARNT = line('exact', [1.1, 0.69, 0.69, 0.69, 0.3, 0.1, 0.08]);

test('there is nothing to say of one rule, of runs that go on, of a cost without a line of guessing, or too soon', () => {
  assert.equal(storyOf([LEARNT], { ...NUMBERS, left: 4 }), null);
  assert.equal(storyOf([LEARNT, line('article', [1, 18, 7], { status: 'running' })], { ...NUMBERS, left: 4 }), null);
  assert.equal(storyOf([LEARNT, LOST], { ...NUMBERS, guessing: null, left: 4 }), null);
  assert.equal(storyOf([LEARNT, LOST], { ...NUMBERS, left: null }), null);
  assert.equal(passing([LEARNT], NUMBERS), null);
});

test('a rule that ends above guessing is lost; two that learn hide the fault; each number is every epoch’s', () => {
  const random = uniform(101);
  const seen = new Set();
  for (let n = 0; n < 3000; n += 1) {
    const epochs = whole(random, 5, 900);
    const guessing = Math.log(whole(random, 2, 12));
    const fall = whole(random, 0, epochs);
    const end = guessing * one(random, [0.01, 0.3, 0.8, 1.2]);
    const exact = Array.from({ length: epochs + 1 }, (_, epoch) =>
      epoch <= fall
        ? guessing * (1 + 0.1 * random())
        : end + ((guessing - end) * 0.9 * (epochs - epoch)) / (epochs + 1),
    );
    exact[epochs] = end;
    const high = guessing * one(random, [0.02, 0.4, 3, 20]);
    const article = Array.from({ length: epochs + 1 }, () => high * (1 + random()));
    const lines = [line('article', article), line('exact', exact)];
    const numbers = { eta: one(random, [0.1, 0.5]), samples: whole(random, 2, 150), guessing };
    const asked = passing(lines, numbers);
    const left = asked === null ? null : leftAt(exact.slice(asked.from, asked.to + 1), asked.from, guessing);
    const said = storyOf(lines, { ...numbers, left });
    const lost = Number(article.at(-1)) > guessing && end < 0.95 * guessing;
    const hidden = Number(article.at(-1)) < guessing / 2 && end < guessing / 2;
    seen.add(said?.key);
    assert.equal(said?.key ?? null, lost ? 'train.story.lost' : hidden ? 'train.story.hidden' : null);
    if (said === null) continue;
    const { en, zh } = spoken(said);
    const real = numbers.eta * numbers.samples;
    assert.ok(Math.abs(Number(said.values.real) - real) < 1e-5 * real);
    if (lost) {
      // From there on all of them are below, and the one before is not.
      assert.ok(exact.slice(Number(left)).every((cost) => cost <= 0.95 * guessing));
      assert.ok(left === 0 || exact[Number(left) - 1] > 0.95 * guessing, `${left}`);
      assert.ok(Number(asked?.to) - Number(asked?.from) <= Math.max(3, epochs / 8));
      assert.match(en, new RegExp(`at epoch ${left},? `));
      assert.match(zh, new RegExp(`第 ${left} 轮`));
      const late = article.slice(Math.ceil(epochs / 2));
      const stretch = Math.ceil(epochs / 29);
      const sure = late.slice(Math.min(stretch, late.length - 1));
      const [low, most] = [Math.min(...late), Math.max(...late)];
      const [shownLow, shownHigh] = [Number(said.values.low), Number(said.values.high)];
      assert.ok(shownLow <= Math.min(...sure) + 0.051 && shownLow >= low - 0.051);
      assert.ok(shownHigh >= Math.max(...sure) - 0.051 && shownHigh <= most + 0.051);
    } else {
      assertShows(said.values.article, Number(article.at(-1)));
      const further = Number(article.at(-1)) < end;
      assert.equal(/comes further/.test(en), further);
      assert.equal(/comes no further/.test(en), !further);
      seen.add(further);
    }
  }
  assert.deepEqual([...seen].map(String).sort(), [
    'false',
    'train.story.hidden',
    'train.story.lost',
    'true',
    'undefined',
  ]);
});
