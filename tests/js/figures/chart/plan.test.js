// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linePath } from '../../../../static/js/figures/chart/path.js';
import { planned } from '../../../../static/js/figures/chart/plan.js';

const SIZE = { width: 400, height: 200, unit: 16 };

/** @param {Partial<import('../../../../static/js/figures/chart/plan.js').Chart>} over @returns {import('../../../../static/js/figures/chart/plan.js').Chart} */
function chart(over = {}) {
  return {
    margin: { left: 2, right: 1, top: 0.5, bottom: 1.5 },
    x: { range: [0, 10] },
    rows: [{ y: { range: [0, 1] } }],
    lines: [],
    ...over,
  };
}

/** The points of a path. @param {string} path */
const points = (path) =>
  path
    .slice(1)
    .split(/[ML]/)
    .map((one) => one.split(' ').map(Number));

/** @param {readonly number[]} x @param {readonly number[]} y */
const line = (x, y) => ({ name: 'a', x, y, shade: 1 });

test('the axes lie inside the margins, and grow with the type', () => {
  assert.deepEqual(planned(chart(), SIZE).box, { left: 32, top: 8, width: 352, height: 168 });
  assert.deepEqual(planned(chart(), { ...SIZE, unit: 24 }).box, { left: 48, top: 12, width: 328, height: 152 });
});

test('a value has its place in its row, and a place has its value', () => {
  const plan = planned(
    chart({
      rows: [
        { y: { range: [0, 1] }, share: [0.5, 1] },
        { y: { range: [0, 4] }, share: [0, 0.4] },
      ],
    }),
    SIZE,
  );
  const [upper, lower] = plan.rows;
  assert.deepEqual([upper.box.top, upper.box.height], [8, 84]);
  assert.ok(Math.abs(lower.box.top + lower.box.height - 176) < 1e-9);
  assert.deepEqual([upper.x(5), upper.y(1), upper.y(0)], [176, 0, 84]);
  assert.equal(lower.value(lower.y(3)), 3);
  assert.equal(plan.value(32 + 176), 5);
});

test('marks outside a row are not shown', () => {
  const ticks = [-3, 0.5, 7].map((at) => ({ at, text: String(at) }));
  const { rows } = planned(chart({ rows: [{ y: { range: [0, 1], ticks } }] }), SIZE);
  assert.deepEqual(
    rows[0].ticks.map(({ text }) => text),
    ['0.5'],
  );
});

test('a line goes through its points', () => {
  const {
    rows: [row],
  } = planned(chart(), SIZE);
  assert.deepEqual(linePath(line([0, 5, 10], [0, 1, 0.5]), row), { path: 'M0 168L176 0L352 84', single: false });
});

test('a long line is thinned to two points a pixel and keeps every extreme', () => {
  const count = 20_000;
  const x = Array.from({ length: count }, (_, k) => (10 * k) / (count - 1));
  const y = x.map((value) => 0.5 + 0.4 * Math.sin(value * 300));
  y[12_345] = 1;
  y[777] = 0;
  const {
    rows: [row],
  } = planned(chart(), SIZE);
  const drawn = points(linePath(line(x, y), row).path);
  assert.ok(drawn.length <= 2 * 352);
  const heights = drawn.map(([, top]) => top);
  assert.equal(Math.min(...heights), 0);
  assert.equal(Math.max(...heights), 168);
  assert.deepEqual(
    [drawn[0], drawn.at(-1)],
    [
      [0, 84],
      [352, Math.round(row.y(y[count - 1]) * 10) / 10],
    ],
  );
});

test('what is zoomed into is drawn as finely as the whole', () => {
  const x = Array.from({ length: 10_001 }, (_, k) => k / 1000);
  const y = x.map((value) => value / 10);
  const {
    rows: [row],
  } = planned(chart({ x: { range: [5, 5.1] } }), SIZE);
  const drawn = points(linePath(line(x, y), row).path);
  assert.ok(drawn.length >= 100 && drawn.length <= 105, `${drawn.length}`);
  assert.ok(drawn[0][0] <= 0 && Number(drawn.at(-1)?.[0]) >= 352);
});

test('a line is interrupted where a value has no place, and never says NaN', () => {
  const {
    rows: [row],
  } = planned(chart({ rows: [{ y: { range: [0.001, 1], log: true } }] }), SIZE);
  const { path } = linePath(line([0, 1, 2, 3, 4, 5], [1, 0.1, 0, Number.NaN, 0.1, 0.001]), row);
  assert.equal(path.match(/M/g)?.length, 2);
  assert.doesNotMatch(path, /NaN|Infinity/);
});

test('one point alone is said to be one', () => {
  const {
    rows: [row],
  } = planned(chart(), SIZE);
  assert.deepEqual(linePath(line([0], [1]), row), { path: 'M0 0h0', single: true });
  assert.deepEqual(linePath(line([], []), row), { path: '', single: false });
});

test('no place is so far outside that it is a burden', () => {
  const {
    rows: [row],
  } = planned(chart({ rows: [{ y: { range: [0, 1e-9] } }] }), SIZE);
  for (const number of linePath(line([0, 10], [-1e300, 1e300]), row).path.match(/-?\d+(\.\d+)?/g) ?? [])
    assert.ok(Math.abs(Number(number)) <= 10_000);
});

test('a legend takes room from the chart, a row for as many names as fit', () => {
  const lines = ['one', 'two', 'three', 'four'].map((name) => ({ ...line([], []), name }));
  const bare = planned(chart({ lines }), SIZE);
  const wide = planned(chart({ lines, legend: true }), SIZE);
  const narrow = planned(chart({ lines, legend: true }), { ...SIZE, width: 160 });
  assert.deepEqual([wide.legend.rows, narrow.legend.rows], [1, 4]);
  assert.ok(narrow.box.height < wide.box.height && wide.box.height < bare.box.height);
});

test('marks of its own stand clear of each other whatever the width and the type, the first always there', () => {
  const ticks = [0, 2000, 4000, 6000, 8000, 10_000].map((at) => ({ at, text: String(at) }));
  for (const width of [120, 180, 250, 330, 600]) {
    for (const unit of [16, 19.2, 24, 36]) {
      const plan = planned(chart({ x: { range: [0, 10_000], ticks } }), { width, height: 200, unit });
      assert.equal(plan.ticks[0].text, '0');
      plan.ticks.slice(1).forEach(({ x, text }, k) => {
        const before = plan.ticks[k];
        assert.ok(x - before.x > (0.44 * unit * (text.length + before.text.length)) / 2, `${width} px, ${unit} px`);
      });
    }
  }
});
