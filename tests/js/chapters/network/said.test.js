// @ts-check
/** What is said of each line of a walk, against a small network worked out here by plain sums and differences. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOf } from '../../../../static/js/chapters/network/figures-of.js';
import { walkSaying } from '../../../../static/js/chapters/network/said.js';
import { one, uniform, whole } from '../../truth/random.js';
import { assertShows, parsed, spoken } from '../../truth/words.js';

/** @typedef {number[][]} Rows */
/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {number[]} x @param {Rows[]} w @param {Rows} b @param {boolean} soft */
function forward(x, w, b, soft) {
  const a = [x];
  /** @type {Rows} */
  const z = [];
  w.forEach((rows, l) => {
    z.push(b[l].map((bias, i) => bias + sum(rows.map((row, j) => row[i] * a[l][j]))));
    const powers = z[l].map(Math.exp);
    const last = soft && l === w.length - 1;
    a.push(z[l].map((value, i) => (last ? powers[i] / sum(powers) : 1 / (1 + Math.exp(-value)))));
  });
  return { a, z };
}

/** @param {number[]} a @param {number} right @param {boolean} soft */
const costOf = (a, right, soft) =>
  soft ? -Math.log(a[right]) : sum(a.map((value, i) => (value - Number(i === right)) ** 2)) / 2;

/** A walk as the server answers it, its slopes by differences. @param {() => number} random @param {boolean} soft */
function walkOf(random, soft) {
  const sizes = [2, 3, whole(random, 2, 4)];
  const matrix = (/** @type {number} */ m, /** @type {number} */ n) =>
    Array.from({ length: m }, () => Array.from({ length: n }, () => 2 * random() - 1));
  const w = [matrix(2, 3), matrix(3, sizes[2])];
  const b = [matrix(1, 3)[0], matrix(1, sizes[2])[0]];
  const x = matrix(4, 2);
  const targets = x.map(() => whole(random, 0, sizes[2] - 1));
  const mean = () => sum(x.map((row, s) => costOf(forward(row, w, b, soft).a[2], targets[s], soft))) / x.length;
  const slope = (/** @type {number[]} */ row, /** @type {number} */ i) => {
    const here = row[i];
    row[i] = here + 1e-5;
    const above = mean();
    row[i] = here - 1e-5;
    const below = mean();
    row[i] = here;
    return (above - below) / 2e-5;
  };
  const differences = {
    w: w.map((rows) => rows.map((row) => row.map((_, i) => slope(row, i)))),
    b: b.map((row) => row.map((_, i) => slope(row, i))),
  };
  const off = one(random, [0, 1e-9, 0.5]);
  const gradient = {
    w: differences.w.map((rows) => rows.map((row) => row.map((value) => value * (1 + off)))),
    b: differences.b,
  };
  const traces = x.map((row) => forward(row, w, b, soft));
  const layers = (/** @type {'a' | 'z'} */ name, /** @type {number} */ count) =>
    Array.from({ length: count }, (_, l) => traces.map((trace) => trace[name][l]));
  const kinds = ['inputs', 'z', 'a', 'z', 'a', 'cost', 'error', 'dw', 'db', 'delta', 'dw', 'db', 'move', 'move'];
  const at = [1, 2, 2, 3, 3, 3, 3, 3, 3, 2, 2, 2, 3, 2];
  const lines = kinds.map((kind, n) => ({ kind: /** @type {any} */ (kind), layer: at[n], code: `line ${n}` }));
  const spec = soft
    ? { output: 'softmax', cost: 'log-likelihood', hidden: [3] }
    : { output: 'sigmoid', cost: 'quadratic', hidden: [3] };
  const delta = [x.map(() => [0, 0, 0]), traces.map(({ a }) => a[2].map(() => 0))];
  const parameters = { w, b };
  const walk = {
    lines,
    sizes,
    samples: 4,
    epoch: 0,
    cost: mean(),
    spec,
    parameters,
    after: parameters,
    gradient,
    differences,
  };
  return { ...walk, targets, delta, a: layers('a', 3), z: layers('z', 2), off };
}

test('every line: its cost with its unit, its slopes with their gap, its sample with its numbers', () => {
  const random = uniform(81);
  const gaps = new Set();
  for (let n = 0; n < 300; n += 1) {
    const soft = random() < 0.5;
    const walk = walkOf(random, soft);
    const data = /** @type {any} */ ({ class_names: ['p', 'q', 'r', 's'], y: walk.targets });
    const sample = whole(random, 0, 3);
    for (let line = 1; line <= walk.lines.length; line += 1) {
      const answer = /** @type {any} */ ({ walk, data });
      const [at, what] = walkSaying(answer, { line, sample });
      assert.match(spoken(at).en, new RegExp(`Line ${line} of 14: line ${line - 1}$`));
      const { en, zh } = spoken(what);
      const { kind } = walk.lines[line - 1];
      if (kind === 'cost') {
        assertShows(parsed(/** @type {any} */ (what.values.cost).values.value), walk.cost, 1e-4);
        assert.equal(/nats/.test(en) && /奈特/.test(zh), soft);
        const [figure] = figuresOf(/** @type {any} */ (walk), line, sample);
        const mine = figure.kind === 'rows' ? sum(figure.rows.at(-1)?.values ?? []) : Number.NaN;
        assertShows(String(mine.toFixed(9)), costOf(walk.a[2][sample], walk.targets[sample], soft));
      } else if (kind === 'dw' && walk.lines[line - 1].layer === 3) {
        const shown = parsed(what.values.error);
        assert.ok(Math.abs(shown - walk.off) <= 0.06 * walk.off + 1e-15, `${shown} ${walk.off}`);
        gaps.add(walk.off);
      } else if (kind === 'a' || kind === 'z' || kind === 'inputs') {
        const layer = walk.lines[line - 1].layer;
        const values = kind === 'z' ? walk.z[layer - 2][sample] : walk.a[layer - 1][sample];
        String(what.values.values)
          .split(', ')
          .forEach((text, i) => {
            assertShows(text, values[i], 1e-9);
          });
        assert.ok(en.includes(`sample ${sample + 1}, ${data.class_names[walk.targets[sample]]}`));
      }
    }
  }
  assert.equal(gaps.size, 3);
});
