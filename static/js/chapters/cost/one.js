// @ts-check
/** The cost as one z goes from end to end and the others stay: every pair of output and cost in one chart. */
import { chartLayout } from '../../figures/charts.js';
import { set } from '../../figures/dom.js';
import { axisEnd } from '../../figures/layer/state.js';
import { rested } from '../../figures/rested.js';
import { show, svg } from '../../figures/svg.js';
import { colour, rem } from '../../kit/colours.js';
import { fixed, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { costOf, deltaOf } from '../../nn/costs.js';
import { PAIR_NAMES, PAIRS } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */

const POINTS = 161;
/** The longest axis, in z: the chart's own arithmetic overflows on a longer one. */
const FARTHEST = 1e100;
/** The colour of each pair, and its dash, so that colour is not alone. */
export const LINES = {
  'log-likelihood': { token: '--class-1', dash: 'solid' },
  'cross-entropy': { token: '--class-3', dash: 'dash' },
  'quadratic-softmax': { token: '--class-5', dash: 'solid' },
  'quadratic-sigmoid': { token: '--class-4', dash: 'dash' },
};

/**
 * @param {HTMLElement} element
 * @param {import('./picture.js').Model} model
 * @returns {() => void} dispose
 */
export function costOfOne(element, { scene, gesture }) {
  const model = { state: scene, held: gesture.held };
  return rested(element, model, { name: 'cost-over-one-z', key, traces, layout, over });
}

/** @param {Scene} scene */
function key({ z, y, chosen, pair, names }) {
  return [chosen, pair, end(z), ...z.toSpliced(chosen, 1), ...y, ...names].join(' ');
}

/** @param {readonly number[]} z */
function end(z) {
  return Math.min(axisEnd(z), FARTHEST);
}

/** @param {Scene} scene */
function traces(scene) {
  const { z, y, chosen } = scene;
  const reach = end(z);
  const x = Array.from({ length: POINTS }, (_, k) => -reach + (2 * reach * k) / (POINTS - 1));
  return PAIR_NAMES.map((pair) => {
    const { output, cost } = PAIRS[pair];
    return {
      type: 'scatter',
      mode: 'lines',
      name: t(`cost.pair.${pair}`),
      x,
      y: x.map((value) => costOf(z.with(chosen, value), y, output, cost)),
      line: {
        color: colour(LINES[pair].token),
        dash: LINES[pair].dash,
        width: (pair === scene.pair ? 0.2 : 0.11) * rem(),
      },
      hovertemplate: '%{y:.3f}',
    };
  });
}

/** @param {Scene} scene */
function layout(scene) {
  const reach = end(scene.z);
  const ticks = [-reach, -reach / 2, 0, reach / 2, reach];
  return chartLayout({
    margin: { l: 2.4 * rem(), r: 0.6 * rem(), t: 0.4 * rem(), b: 4.6 * rem() },
    showlegend: true,
    legend: { orientation: 'h', x: 0, y: -0.1, yanchor: 'top', font: { size: 0.72 * rem() } },
    xaxis: {
      range: [-reach, reach],
      tickvals: ticks,
      ticktext: ticks.map((value) => fixed(value, value % 1 === 0 ? 0 : 1)),
      hoverformat: '.2f',
    },
    yaxis: { rangemode: 'tozero' },
  });
}

/**
 * A dashed line at the present z, a point on every curve, and at the chosen pair's the slope ∂C/∂z.
 * @param {SVGElement} over
 * @param {any} plot
 * @param {Scene} scene
 */
function over(over, plot, { z, y, chosen, pair }) {
  if (over.childElementCount === 0) build(over);
  const { xaxis, yaxis } = plot._fullLayout;
  const place = (/** @type {number} */ value, /** @type {number} */ cost) => [
    xaxis._offset + xaxis.l2p(value),
    yaxis._offset + yaxis.l2p(cost),
  ];
  const [line, tangent, ...dots] = /** @type {SVGElement[]} */ ([...over.children]);
  const [x] = place(z[chosen], 0);
  const inside = x >= xaxis._offset - 1 && x <= xaxis._offset + xaxis._length + 1;
  for (const mark of [line, tangent, ...dots]) show(mark, inside);
  if (!inside) return;
  set(line, { x1: x, x2: x, y1: yaxis._offset, y2: yaxis._offset + yaxis._length });
  PAIR_NAMES.forEach((name, k) => {
    const { output, cost } = PAIRS[name];
    const value = costOf(z, y, output, cost);
    set(dots[k], { cx: x, cy: place(0, value)[1], 'data-on': String(name === pair) });
    if (name !== pair) return;
    const reach = 0.14 * (xaxis.range[1] - xaxis.range[0]);
    const slope = deltaOf(z, y, output, cost)[chosen];
    const [from, to] = [-reach, reach].map((by) => place(z[chosen] + by, value + slope * by));
    set(tangent, { x1: from[0], y1: from[1], x2: to[0], y2: to[1] });
  });
}

/** @param {SVGElement} over */
function build(over) {
  const dots = PAIR_NAMES.map((pair) => svg('circle', { class: 'dot', 'data-pair': pair, r: 0.28 * rem() }));
  over.replaceChildren(svg('line', { class: 'now' }), svg('line', { class: 'tangent' }), ...dots);
}

/** The curves' numbers, for saving. @param {Scene} scene @returns {string[][]} */
export function oneRows(scene) {
  const all = traces(scene);
  const head = [`z${scene.chosen + 1}`, ...PAIR_NAMES];
  return [head, ...all[0].x.map((x, k) => [x, ...all.map((trace) => trace.y[k])].map(String))];
}

/** What the chart shows, for those who cannot see it. @param {Scene} scene */
export function oneWords({ z, y, chosen, pair }) {
  const { output, cost } = PAIRS[pair];
  return t('cost.one.words', {
    i: chosen + 1,
    z: fixed(z[chosen]),
    pair: t(`cost.pair.${pair}`),
    cost: short(costOf(z, y, output, cost), 3),
  });
}
