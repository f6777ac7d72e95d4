// @ts-check
import { chartLayout, plain } from '../../figures/charts.js';
import { set } from '../../figures/dom.js';
import { className } from '../../figures/layer/controls.js';
import { axisEnd, halfway } from '../../figures/layer/state.js';
import { rested } from '../../figures/rested.js';
import { show, svg } from '../../figures/svg.js';
import { colour, rem } from '../../kit/colours.js';
import { fixed, lowered } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { softmax } from '../../nn/layers.js';

/** @typedef {import('../../figures/layer/state.js').Layer} Layer */

/** Curves are drawn with this many points. */
const POINTS = 121;

/** With this many more around the place where they bend. */
const BEND = 41;

/** The longest axis, in z: the chart's own arithmetic overflows on a longer one. */
const FARTHEST = 1e100;

/** And with this many while a hand moves. */
const SKETCHED = 61;

/**
 * All outputs as one z goes from end to end of the axis and the others stay: a_j(z_i), one up, the rest down. Plotly draws
 * the curves when the hand rests; until then the page's own lines stand in for them, and the present point follows in the
 * frame.
 * @param {HTMLElement} element
 * @param {import('../../figures/layer/controls.js').Model} model
 * @returns {() => void} dispose
 */
export function curves(element, { layer, gesture }) {
  const name = 'softmax-curves';
  const drawing = { name, key: curveKey, traces, layout: curveLayout, over: paintOver };
  return rested(element, { state: layer, held: gesture.held }, drawing);
}

/** What the curves depend on: everything but the z they run over. @param {Layer} layer */
function curveKey(layer) {
  const { z, temperature, chosen } = layer;
  return [chosen + 1, temperature, curveEnd(layer), ...z.toSpliced(chosen, 1), ...layer.names].join(' ');
}

/** The axis ends where the picture's does, or where the chart can still count. @param {Layer} layer */
function curveEnd({ z }) {
  return Math.min(axisEnd(z), FARTHEST);
}

/**
 * Where the curves are computed: evenly, and closely where they bend, however long the axis is.
 * @param {Layer} layer
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
function samples(layer, low, high, count) {
  const middle = halfway(layer, layer.chosen);
  const even = Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));
  const bend = Array.from({ length: BEND }, (_, k) => middle + layer.temperature * (k - (BEND - 1) / 2) * 0.4);
  return [...even, ...bend.filter((x) => x > low && x < high)].sort((left, right) => left - right);
}

/** @param {Layer} layer */
function traces(layer) {
  const end = curveEnd(layer);
  const x = samples(layer, -end, end, POINTS);
  const a = x.map((value) => softmax(layer.z.with(layer.chosen, value), layer.temperature));
  return layer.z.map((_, j) => ({
    type: 'scatter',
    mode: 'lines',
    name: `a${lowered(j + 1)} ${plain(className(layer, j))}`,
    x,
    y: a.map((outputs) => outputs[j]),
    line: { color: colour(`--class-${j + 1}`), width: (j === layer.chosen ? 0.19 : 0.13) * rem(), simplify: false },
    hovertemplate: '%{y:.3f}',
  }));
}

/** @param {Layer} layer */
function curveLayout(layer) {
  const end = curveEnd(layer);
  const ticks = [-end, -end / 2, 0, end / 2, end];
  return chartLayout({
    margin: { l: 2.1 * rem(), r: 0.6 * rem(), t: 0.5 * rem(), b: 1.5 * rem() },
    xaxis: {
      range: [-end, end],
      tickvals: ticks,
      ticktext: ticks.map((value) => fixed(value, value % 1 === 0 ? 0 : 1)),
      hoverformat: '.2f',
    },
    yaxis: { range: [-0.02, 1.04], tickvals: [0, 0.5, 1] },
  });
}

/**
 * What lies over the chart: a dashed line at the present z, a point on each curve, and while the chart is stale the curves.
 * @param {SVGElement} over
 * @param {any} plot
 * @param {Layer} layer
 * @param {boolean} stale
 */
function paintOver(over, plot, layer, stale) {
  const { xaxis, yaxis } = plot._fullLayout;
  const place = (/** @type {number} */ x, /** @type {number} */ y) => [
    xaxis._offset + xaxis.l2p(x),
    yaxis._offset + yaxis.l2p(y),
  ];
  if (over.childElementCount !== 2 * layer.z.length + 1) rebuild(over, layer.z.length);
  const [line, ...rest] = /** @type {SVGElement[]} */ ([...over.children]);
  const dots = rest.splice(layer.z.length);
  const a = softmax(layer.z, layer.temperature);
  const [x] = place(layer.z[layer.chosen], 0);
  const inside = x >= xaxis._offset - 1 && x <= xaxis._offset + xaxis._length + 1;
  set(line, { x1: x, x2: x, y1: yaxis._offset, y2: yaxis._offset + yaxis._length });
  for (const mark of [line, ...dots]) show(mark, inside);
  for (const [j, dot] of dots.entries()) if (inside) set(dot, { cx: x, cy: place(0, a[j])[1] });
  if (stale) paintLines(rest, layer, xaxis.range, place);
}

/** @param {SVGElement} over @param {number} count */
function rebuild(over, count) {
  const classes = Array.from({ length: count }, (_, j) => j + 1);
  const lines = classes.map((j) => svg('path', { class: 'line', 'data-class': j }));
  const dots = classes.map((j) => svg('circle', { class: 'dot', 'data-class': j, r: 0.3 * rem() }));
  over.replaceChildren(svg('line', { class: 'now' }), ...lines, ...dots);
}

/**
 * The curves as the page draws them itself, on the axis that the chart has now.
 * @param {SVGElement[]} lines
 * @param {Layer} layer
 * @param {[number, number]} range
 * @param {(x: number, y: number) => number[]} place
 */
function paintLines(lines, layer, [low, high], place) {
  const x = samples(layer, low, high, SKETCHED);
  const a = x.map((value) => softmax(layer.z.with(layer.chosen, value), layer.temperature));
  lines.forEach((line, j) => {
    const points = x.map((value, k) =>
      place(value, a[k][j])
        .map((at) => at.toFixed(1))
        .join(' '),
    );
    set(line, { d: `M${points.join('L')}`, 'data-chosen': String(j === layer.chosen) });
  });
}

/** The curves' numbers, for saving. @param {Layer} layer @returns {string[][]} */
export function curveRows(layer) {
  const [first, ...rest] = traces(layer);
  const head = [`z${layer.chosen + 1}`, ...layer.z.map((_, j) => `a${j + 1}`)];
  return [head, ...first.x.map((x, k) => [x, first.y[k], ...rest.map((trace) => trace.y[k])].map(String))];
}

/** What the chart shows, for those who cannot see it. @param {Layer} layer */
export function curveWords(layer) {
  return t('softmax.curves.words', { i: layer.chosen + 1, z: fixed(layer.z[layer.chosen]) });
}
