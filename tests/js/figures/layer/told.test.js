// @ts-check
/** What is said of a gesture, recomputed from the definition for ten thousand layers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as state from '../../../../static/js/figures/layer/state.js';
import { layerSaying } from '../../../../static/js/figures/layer/told.js';
import { readUrl } from '../../../../static/js/kit/address.js';
import { logits, one, uniform, whole } from '../../truth/random.js';
import { assertShows, parsed, spoken } from '../../truth/words.js';

const START = state.fromUrl(readUrl(state.TABLE, ''));
const STATES = 10_000;

/** a and Σ of the others, straight from the definition. @param {readonly number[]} z @param {number} T */
function shares(z, T) {
  const top = Math.max(...z);
  const powers = z.map((value) => Math.exp((value - top) / T));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / all);
}

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

test('a moved z: up and down, who lost what, and when a float64 cannot tell', () => {
  const random = uniform(1);
  /** @type {Record<string, number>} */
  const seen = {};
  for (let n = 0; n < STATES; n += 1) {
    const before = { ...state.withLogits(START, logits(random)), temperature: one(random, [1, 1, 0.5, 3]) };
    const i = whole(random, 0, before.z.length - 1);
    const step = one(random, [1, -1]) * one(random, [1e-16, 1e-14, 1e-6, 0.01, 0.5, 2, 40]);
    const layer = state.withZ(before, i, before.z[i] + step);
    const said = layerSaying({ kind: 'z', index: i, before }, layer);
    const { en, zh } = spoken(said);
    const kind = said.key.replace('softmax.said.', '');
    seen[kind] = (seen[kind] ?? 0) + 1;
    const moved = layer.z[i] - before.z[i];
    if (moved === 0) {
      assert.equal(kind, 'same');
      continue;
    }
    const [was, now] = [shares(before.z, before.temperature), shares(layer.z, layer.temperature)];
    const { from, to, others } = said.values;
    assertShows(to, now[i], 4e-15);
    if (kind === 'saturated') {
      assert.ok(
        was.every((value, k) => Math.abs(value - now[k]) < 1e-12),
        'some a moved',
      );
      continue;
    }
    if (kind === 'rounding') {
      assert.ok(was.every((value, k) => Math.abs(value - now[k]) < 1e-12));
      continue;
    }
    const up = kind.startsWith('raised');
    assert.equal(up, moved > 0);
    assert.match(en, up ? /raised/ : /lowered/);
    assert.match(zh, up ? / 升了 / : / 降了 /);
    if (kind.endsWith('edge')) {
      assertShows(others, Math.abs(sum(now.toSpliced(i, 1)) - sum(was.toSpliced(i, 1))));
      assert.match(en, up ? /others lost/ : /others gained/);
      assert.match(zh, up ? /少了/ : /多了/);
    } else {
      assertShows(from, was[i], 4e-15);
      assertShows(others, Math.abs(now[i] - was[i]));
      assert.ok(up ? parsed(to) > parsed(from) : parsed(to) < parsed(from), `${from} to ${to}`);
      assert.match(en, up ? /rose from .*the others lost/ : /fell from .*the others gained/);
      assert.match(zh, up ? /升到.*少了/ : /降到.*多了/);
      assert.equal(said.values.sum, '1.000');
    }
  }
  for (const kind of ['same', 'saturated', 'rounding', 'raised', 'lowered', 'raised.edge', 'lowered.edge'])
    assert.ok(seen[kind] > 0, `${kind} was never said: ${JSON.stringify(seen)}`);
});

test('all z moved together: no share moves, or it is said that floats did', () => {
  const random = uniform(2);
  const seen = new Set();
  for (let n = 0; n < STATES; n += 1) {
    const z = logits(random).map((value) => value + one(random, [0, 0, 0, 2 ** 54]));
    const before = state.withLogits(START, z);
    const layer = state.shiftedTo(before, state.mean(before.z) + one(random, [1, -3, 0.1, 1e5]));
    const said = layerSaying({ kind: 'shift', index: -1, before }, layer);
    const { en } = spoken(said);
    const [was, now] = [shares(before.z, 1), shares(layer.z, 1)];
    const off = Math.max(...was.map((value, k) => Math.abs(value - now[k])));
    if (/no a did/.test(en)) assert.ok(off < 1e-8, `${before.z} → ${layer.z}`);
    else assert.ok(off > 1e-10 && Math.max(...layer.z.map(Math.abs)) > 1e4);
    seen.add(said.key);
  }
  assert.equal(seen.size, 2);
});

test('another temperature: flatter or sharper, and the order stays', () => {
  const random = uniform(3);
  const seen = new Set();
  for (let n = 0; n < STATES; n += 1) {
    const before = { ...state.withLogits(START, logits(random)), temperature: one(random, [0.5, 1, 2]) };
    const layer = state.withTemperature(before, one(random, [0.05, 0.5, 1, 2, 7, 20]));
    const said = layerSaying({ kind: 'temperature', index: -1, before }, layer);
    const { en, zh } = spoken(said);
    seen.add(said.key);
    const now = shares(layer.z, layer.temperature);
    const [highest, lowest] = [Math.max(...layer.z), Math.min(...layer.z)];
    if (highest === lowest) {
      if (layer.temperature !== before.temperature) assert.equal(said.key, 'softmax.said.temperature.equal');
      continue;
    }
    const was = shares(before.z, before.temperature);
    const leader = layer.z.indexOf(highest);
    assertShows(said.values.to ?? '', now[leader], 1e-12);
    if (said.key.endsWith('warmer')) {
      assert.ok(layer.temperature > before.temperature && now[leader] <= was[leader] * (1 + 1e-12));
      assert.match(en, /even out/);
      assert.match(zh, /变小/);
    } else if (said.key.endsWith('colder')) {
      assert.ok(layer.temperature < before.temperature && now[leader] >= was[leader] * (1 - 1e-12));
      assert.match(zh, /变大/);
    } else assert.equal(layer.temperature, before.temperature);
    const order = layer.z.map((_, i) => i).sort((left, right) => layer.z[left] - layer.z[right]);
    assert.ok(order.every((i, place) => place === 0 || now[i] >= now[order[place - 1]]));
  }
  assert.deepEqual(
    [...seen].sort(),
    ['colder', 'temperature', 'temperature.equal', 'warmer'].map((kind) => `softmax.said.${kind}`),
  );
});

test('the naive form: it agrees, it loses digits, or it breaks, and each is said only where it is so', () => {
  const random = uniform(4);
  const seen = new Set();
  for (let n = 0; n < STATES; n += 1) {
    const z = logits(random).map((value) => value + one(random, [0, 0, -740, 709, -100]));
    const layer = { ...state.withLogits(START, z), naive: true };
    const said = layerSaying({ kind: 'naive', index: -1, before: layer }, layer);
    const { en } = spoken(said);
    const powers = z.map(Math.exp);
    const all = sum(powers);
    const a = powers.map((power) => power / all);
    const off = Math.max(...shares(z, 1).map((value, i) => Math.abs(value - a[i])));
    const [why] = Object.values(said.values);
    const reason = typeof why === 'object' && 'key' in why ? why.key.replace('softmax.said.', '') : said.key;
    seen.add(reason);
    if (powers.includes(Infinity)) assert.equal(reason, 'tooLarge');
    else if (all === Infinity) assert.equal(reason, 'sumTooLarge');
    else if (all === 0) assert.equal(reason, 'allZero');
    else if (/both forms agree/.test(en)) assert.ok(off < 1e-8);
    else {
      assert.ok(off > 1e-10);
      assertShows(said.values.wrong, a[/** @type {any} */ (said.values.a).index]);
    }
  }
  assert.deepEqual(
    [...seen].sort(),
    ['allZero', 'softmax.said.naive', 'softmax.said.naive.lost', 'sumTooLarge', 'tooLarge'].sort(),
  );
});

test('what is said of the examples is so', () => {
  const said = (/** @type {string} */ name) => {
    const z = state.PRESETS[/** @type {keyof typeof state.PRESETS} */ (name)];
    const layer = state.withLogits(START, z);
    spoken(layerSaying({ kind: `preset.${name}`, index: -1, before: START }, layer));
    return {
      z,
      a: shares(z, 1),
      said: spoken(layerSaying({ kind: `preset.${name}`, index: -1, before: START }, layer)),
    };
  };
  for (const name of Object.keys(state.PRESETS)) said(name);
  assert.deepEqual(
    said('article').a.map((a) => a.toFixed(12)),
    ['0.1', '0.2', '0.3', '0.4'].map((a) => Number(a).toFixed(12)),
  );
  assert.match(said('article').said.en, /0\.1, 0\.2, 0\.3, 0\.4.*C = 2/);
  assert.ok(said('ties').a.every((a) => a === 0.25));
  const pair = said('pair').a;
  assert.ok(pair[0] === pair[1] && pair[0] > 0.45 && pair[0] < 0.5);
  const { z } = said('winner');
  assert.ok(z[2] - z[0] === 8 && Math.abs(Math.exp(8) - 2981) < 0.5 && new Set(z.toSpliced(2, 1)).size === 1);
  assert.equal(said('twelve').z.length, 12);
  assert.equal(said('three').z.length, 3);
});
