// @ts-check
import { charted } from '../../figures/chart/chart.js';
import { set } from '../../figures/dom.js';
import { className } from '../../figures/layer/controls.js';
import { axisEnd, halfway } from '../../figures/layer/state.js';
import { saveMenu } from '../../figures/save.js';
import { whileSeen } from '../../figures/sight.js';
import { fill, show, svg } from '../../figures/svg.js';
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
const SKETCHED = 41;

/**
 * The figure of the curves: the chart, what it is called, and its files.
 * @param {HTMLElement} element
 * @param {HTMLElement} menu
 * @param {import('../../figures/layer/controls.js').Model} model
 */
export function curvesFigure(element, menu, model) {
  const { layer } = model;
  curves(element, model);
  layer.link(whileSeen(element, () => set(element, { 'aria-label': curveWords(layer.value) })));
  saveMenu(menu, { name: 'softmax-curves', picture: () => element, rows: () => curveRows(layer.value) });
}

/**
 * All outputs as one z goes from end to end of the axis and the others stay: a_j(z_i), one up, the rest down.
 * @param {HTMLElement} element
 * @param {import('../../figures/layer/controls.js').Model} model
 * @returns {() => void} dispose
 */
function curves(element, { layer, gesture }) {
  const name = 'softmax-curves';
  return charted(element, { state: layer, held: gesture.held }, { name, key: curveKey, chart, over: paintPoint });
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

/** @param {Layer} layer @param {number} [count] of points @returns {import('../../figures/chart/plan.js').Line[]} */
function lines(layer, count = POINTS) {
  const end = curveEnd(layer);
  const x = samples(layer, -end, end, count);
  const a = x.map((value) => softmax(layer.z.with(layer.chosen, value), layer.temperature));
  return layer.z.map((_, j) => ({
    name: `a${lowered(j + 1)} ${className(layer, j)}`,
    x,
    y: a.map((outputs) => outputs[j]),
    shade: j + 1,
    weight: j === layer.chosen ? 'heavy' : 'light',
  }));
}

/** @param {Layer} layer @param {boolean} held @returns {import('../../figures/chart/plan.js').Chart} */
function chart(layer, held) {
  const end = curveEnd(layer);
  const ticks = [-end, -end / 2, 0, end / 2, end];
  const x = {
    range: /** @type {const} */ ([-end, end]),
    ticks: ticks.map((at) => ({ at, text: fixed(at, at % 1 === 0 ? 0 : 1) })),
    format: '.2f',
  };
  const y = { range: /** @type {const} */ ([-0.02, 1.04]), ticks: [0, 0.5, 1].map((at) => ({ at, text: String(at) })) };
  return {
    margin: { left: 2.1, right: 0.6, top: 0.5, bottom: 1.5 },
    x,
    rows: [{ y }],
    lines: lines(layer, held ? SKETCHED : POINTS),
    zoom: `${layer.chosen} ${end}`,
  };
}

/**
 * What lies over the chart: a dashed line at the present z and a point on each curve.
 * @param {SVGElement} over
 * @param {import('../../figures/chart/plan.js').Plan} plan
 * @param {Layer} layer
 */
function paintPoint(over, { box, rows: [row], unit }, layer) {
  const [line, ...dots] = fill(over, layer.z.length + 1, () => svg(over.childElementCount === 0 ? 'line' : 'circle'));
  const a = softmax(layer.z, layer.temperature);
  const x = row.x(layer.z[layer.chosen]);
  const inside = x >= -1 && x <= box.width + 1;
  for (const mark of [line, ...dots]) show(mark, inside);
  if (!inside) return;
  set(line, { class: 'now', x1: box.left + x, x2: box.left + x, y1: box.top, y2: box.top + box.height });
  for (const [j, dot] of dots.entries()) {
    set(dot, { class: 'dot', 'data-class': String(j + 1), r: 0.3 * unit, cx: box.left + x, cy: box.top + row.y(a[j]) });
  }
}

/** The curves' numbers, for saving. @param {Layer} layer @returns {string[][]} */
function curveRows(layer) {
  const [first, ...rest] = lines(layer);
  const head = [`z${layer.chosen + 1}`, ...layer.z.map((_, j) => `a${j + 1}`)];
  return [head, ...first.x.map((x, k) => [x, first.y[k], ...rest.map(({ y }) => y[k])].map(String))];
}

/** What the chart shows, for those who cannot see it. @param {Layer} layer */
function curveWords(layer) {
  return t('softmax.curves.words', { i: layer.chosen + 1, z: fixed(layer.z[layer.chosen]) });
}
