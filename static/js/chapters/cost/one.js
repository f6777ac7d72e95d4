// @ts-check
/** The cost as one z goes from end to end and the others stay: every pair of output and cost in one chart. */
import { charted } from '../../figures/chart/chart.js';
import { paintLegend } from '../../figures/chart/legend.js';
import { set } from '../../figures/dom.js';
import { axisEnd } from '../../figures/layer/state.js';
import { show, svg } from '../../figures/svg.js';
import { fixed, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { amount, textOf } from '../../kit/saying.js';
import { costOf, deltaOf } from '../../nn/costs.js';
import { PAIR_NAMES, PAIRS } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */

const POINTS = 161;
/** As many as are drawn while a hand moves. */
const SKETCHED = 41;
/** The longest axis, in z: the chart's own arithmetic overflows on a longer one. */
const FARTHEST = 1e100;
/** How a pair's line looks: its class's colour, and its dash, so that colour is not alone. */
const LINES = /** @type {const} */ ({
  'log-likelihood': { shade: 1 },
  'cross-entropy': { shade: 3, dash: 'dash' },
  'quadratic-softmax': { shade: 5 },
  'quadratic-sigmoid': { shade: 4, dash: 'dash' },
});

/**
 * @param {HTMLElement} element
 * @param {import('./picture.js').Model} model
 * @returns {() => void} dispose
 */
export function costOfOne(element, { scene, gesture }) {
  const model = { state: scene, held: gesture.held };
  return charted(element, model, { name: 'cost-over-one-z', key, chart, over, paintLegend });
}

/** @param {Scene} scene */
function key({ z, y, chosen, pair, names }) {
  return [chosen, pair, end(z), ...z.toSpliced(chosen, 1), ...y, ...names].join(' ');
}

/** @param {readonly number[]} z */
function end(z) {
  return Math.min(axisEnd(z), FARTHEST);
}

/** @param {Scene} scene @param {number} [count] of points @returns {import('../../figures/chart/plan.js').Line[]} */
function lines(scene, count = POINTS) {
  const { z, y, chosen } = scene;
  const reach = end(z);
  const x = Array.from({ length: count }, (_, k) => -reach + (2 * reach * k) / (count - 1));
  return PAIR_NAMES.map((pair) => {
    const { output, cost } = PAIRS[pair];
    return {
      name: t(`common.pair.${pair}`),
      x,
      y: x.map((value) => costOf(z.with(chosen, value), y, output, cost)),
      ...LINES[pair],
      weight: pair === scene.pair ? 'heavy' : 'light',
    };
  });
}

/** @param {Scene} scene @param {boolean} held @returns {import('../../figures/chart/plan.js').Chart} */
function chart(scene, held) {
  const reach = end(scene.z);
  const all = lines(scene, held ? SKETCHED : POINTS);
  const most = Math.max(...all.flatMap(({ y }) => y));
  const ticks = [-reach, -reach / 2, 0, reach / 2, reach];
  const x = {
    range: /** @type {const} */ ([-reach, reach]),
    ticks: ticks.map((at) => ({ at, text: fixed(at, at % 1 === 0 ? 0 : 1) })),
    format: '.2f',
  };
  return {
    margin: { left: 2.4, right: 0.6, top: 0.4, bottom: 1.6 },
    x,
    rows: [{ y: { range: [0, 1.05 * most] } }],
    lines: all,
    legend: true,
    zoom: `${scene.chosen} ${reach}`,
  };
}

/**
 * A dashed line at the present z, a point on every curve, and at the chosen pair's the slope ∂C/∂z.
 * @param {SVGElement} over
 * @param {import('../../figures/chart/plan.js').Plan} plan
 * @param {Scene} scene
 */
function over(over, { box, rows: [row], unit }, { z, y, chosen, pair }) {
  if (over.childElementCount === 0) build(over);
  const place = (/** @type {number} */ value, /** @type {number} */ cost) => [
    box.left + row.x(value),
    box.top + row.y(cost),
  ];
  const [line, tangent, ...dots] = /** @type {SVGElement[]} */ ([...over.children]);
  const [x] = place(z[chosen], 0);
  const inside = x >= box.left - 1 && x <= box.left + box.width + 1;
  for (const mark of [line, tangent, ...dots]) show(mark, inside);
  if (!inside) return;
  set(line, { x1: x, x2: x, y1: box.top, y2: box.top + box.height });
  PAIR_NAMES.forEach((name, k) => {
    const { output, cost } = PAIRS[name];
    const value = costOf(z, y, output, cost);
    set(dots[k], { cx: x, cy: place(0, value)[1], r: 0.28 * unit, 'data-on': String(name === pair) });
    if (name !== pair) return;
    const reach = 0.14 * 2 * end(z);
    const slope = deltaOf(z, y, output, cost)[chosen];
    const [from, to] = [-reach, reach].map((by) => place(z[chosen] + by, value + slope * by));
    set(tangent, { x1: from[0], y1: from[1], x2: to[0], y2: to[1] });
  });
}

/** @param {SVGElement} over */
function build(over) {
  const dots = PAIR_NAMES.map((pair) => svg('circle', { class: 'dot', 'data-class': LINES[pair].shade }));
  over.replaceChildren(svg('line', { class: 'now' }), svg('line', { class: 'tangent' }), ...dots);
}

/** The curves' numbers, for saving. @param {Scene} scene @returns {string[][]} */
export function oneRows(scene) {
  const all = lines(scene);
  const head = [`z${scene.chosen + 1}`, ...PAIR_NAMES];
  return [head, ...all[0].x.map((x, k) => [x, ...all.map(({ y }) => y[k])].map(String))];
}

/** What the chart shows, for those who cannot see it. @param {Scene} scene */
export function oneWords({ z, y, chosen, pair }) {
  const { output, cost } = PAIRS[pair];
  return t('cost.one.words', {
    i: chosen + 1,
    z: fixed(z[chosen]),
    pair: t(`common.pair.${pair}`),
    cost: textOf(amount(PAIRS[pair], short(costOf(z, y, output, cost)))),
  });
}
