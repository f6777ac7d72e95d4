// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planned } from '../../../../static/js/figures/chart/plan.js';
import { layoutOf, tracesOf, zoomOf } from '../../../../static/js/figures/chart/traces.js';
import { deeper, WHOLE, zoomed } from '../../../../static/js/figures/chart/zoom.js';

/** @type {import('../../../../static/js/figures/chart/plan.js').Chart} */
const CHART = {
  margin: { left: 2, right: 1, top: 0.5, bottom: 1.5 },
  x: { range: [0, 100], ticks: [{ at: 0, text: '0' }] },
  rows: [
    { y: { range: [0.01, 10], log: true }, share: [0.5, 1] },
    { y: { range: [0, 4] }, share: [0, 0.4] },
  ],
  lines: [
    { name: 'a <b>', x: [0, 1], y: [1, 0], shade: 1 },
    { name: 'c', x: [0, 1], y: [1, 2], row: 1, shade: 2 },
  ],
};

test('what is zoomed into takes the place of the own range, and is marked anew', () => {
  const { x, rows } = zoomed(CHART, { x: [10, 20], rows: [undefined, [1, 2]] });
  assert.deepEqual([x.range, x.ticks], [[10, 20], undefined]);
  assert.deepEqual([rows[0], rows[1].y.range], [CHART.rows[0], [1, 2]]);
  assert.deepEqual(zoomed(CHART, WHOLE).x, CHART.x);
});

test('axes are zoomed one after the other', () => {
  const once = deeper(WHOLE, { x: [10, 20], rows: [undefined, undefined] });
  const twice = deeper(once, { rows: [undefined, [1, 2]] });
  assert.deepEqual(twice, { x: [10, 20], rows: [undefined, [1, 2]] });
});

test('a line that is put away is gone and the others stay', () => {
  assert.deepEqual(zoomed(CHART, WHOLE, new Set(['c'])).lines, [CHART.lines[0]]);
});

test('the instrument has the same axes in the same places', () => {
  const plan = planned(CHART, { width: 400, height: 200, unit: 16 });
  const layout = /** @type {any} */ (layoutOf(CHART, plan));
  assert.deepEqual(layout.margin, { l: 32, t: 8, r: 16, b: 24, pad: 0 });
  assert.deepEqual(layout.xaxis.range, [0, 100]);
  assert.deepEqual([layout.yaxis.type, layout.yaxis.range, layout.yaxis.domain], ['log', [-2, 1], [0.5, 1]]);
  assert.deepEqual([layout.yaxis2.type, layout.yaxis2.range, layout.yaxis2.domain], ['linear', [0, 4], [0, 0.4]]);
});

test('the instrument has the same lines, and names are text', () => {
  const traces = tracesOf(CHART, (token) => token);
  assert.deepEqual(
    traces.map(({ name, x, y, yaxis, line }) => [name, x, y, yaxis, line.color]),
    [
      ['a &lt;b&gt;', [0, 1], [1, null], 'y', '--class-1'],
      ['c', [0, 1], [1, 2], 'y2', '--class-2'],
    ],
  );
});

test('what the instrument tells is read: decades on a logarithmic axis, and axes that it does not name stay', () => {
  const told = { 'xaxis.range[0]': 10, 'xaxis.range[1]': 20, 'yaxis.range[0]': -1, 'yaxis.range[1]': 0 };
  assert.deepEqual(zoomOf(CHART, told), { x: [10, 20], rows: [[0.1, 1], undefined] });
  assert.deepEqual(zoomOf(CHART, { 'yaxis2.range': [1, 2] }), { x: undefined, rows: [undefined, [1, 2]] });
  assert.deepEqual(zoomOf(CHART, { width: 3 }), { x: undefined, rows: [undefined, undefined] });
});
