// @ts-check
/** What is said of ten outputs, recomputed for ten thousand of them under both output layers and all temperatures. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerSaying, whySaying } from '../../../../static/js/chapters/digits/told.js';
import { logits, one, uniform, whole } from '../../truth/random.js';
import { assertShows, parsed, spoken } from '../../truth/words.js';

test('the best, the next and what lies between them', () => {
  const random = uniform(121);
  const seen = new Set();
  for (let n = 0; n < 10_000; n += 1) {
    const z = logits(random, 10).map((value) => Math.max(-40, Math.min(40, value)));
    const T = one(random, [0.2, 1, 3]);
    const powers = z.map((value) => Math.exp(value / T));
    const all = powers.reduce((sum, power) => sum + power, 0);
    const soft = random() < 0.6;
    const a = z.map((value, k) => (soft ? powers[k] / all : 1 / (1 + Math.exp(-value / T))));
    const said = answerSaying(z, a);
    const { en, zh } = spoken(said);
    const kind = said.key.split('.').at(-1);
    seen.add(kind);
    const order = z.toSorted((left, right) => right - left);
    const { values } = said;
    if (order[0] === order[1]) {
      assert.equal(kind, 'level');
      const tied = z.map((value, k) => (value === order[0] ? k : -1)).filter((k) => k >= 0);
      assert.ok(en.startsWith(`Level: ${tied.join(', ')}, with a`), en);
      assert.ok(zh.includes(tied.join('、')), zh);
      continue;
    }
    assert.equal(z[Number(values.best)], order[0]);
    assert.equal(z[Number(values.next)], order[1]);
    const [first, second] = [a[Number(values.best)], a[Number(values.next)]];
    assertShows(values.a, first);
    assertShows(values.b, second);
    assertShows(values.gap, order[0] - order[1]);
    assert.ok(parsed(values.gap) > 0, 'a gap that is there is written');
    if (first !== second) assert.ok(parsed(values.a) > parsed(values.b));
    assert.equal(kind === 'sure', first > 0.95 && second < 0.5);
    assert.match(en, kind === 'sure' ? /^It reads \d/ : /^Perhaps \d/);
  }
  assert.deepEqual([...seen].sort(), ['close', 'level', 'sure']);
});

test('before, behind or level, and never a gap of nothing', () => {
  const random = uniform(122);
  const seen = new Set();
  for (let n = 0; n < 10_000; n += 1) {
    const z = logits(random, 10).map((value) => Math.max(-90, Math.min(90, value)));
    const digit = whole(random, 0, 9);
    const said = whySaying(z, digit);
    const { en, zh } = spoken(said);
    const { where } = /** @type {any} */ (said.values);
    const others = z.filter((_, k) => k !== digit);
    const lead = z[digit] - Math.max(...others);
    const kind = where.key.split('.').at(-1);
    seen.add(kind);
    assert.equal(z[where.values.rival] === Math.max(...others) || lead === 0, true);
    assert.equal(kind, lead > 0 ? 'ahead' : lead < 0 ? 'behind' : 'level');
    assert.match(en, lead > 0 ? / ahead of / : lead < 0 ? / behind / : / level with /);
    assert.match(zh, lead > 0 ? / 高 / : lead < 0 ? / 低 / : / 相等/);
    if (lead !== 0) assert.ok(parsed(where.values.gap) > 0);
    assertShows(where.values.gap, Math.abs(lead));
  }
  assert.deepEqual([...seen].sort(), ['ahead', 'behind', 'level']);
});
