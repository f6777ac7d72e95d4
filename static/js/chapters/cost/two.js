// @ts-check
/**
 * The cost over two z at once, as a map with lines of equal cost: the point can be dragged over it, and the arrow is the way
 * straight down, −∂C/∂z.
 */
import { chartLayout } from '../../figures/charts.js';
import { set } from '../../figures/dom.js';
import { draggable } from '../../figures/drag.js';
import { axisEnd } from '../../figures/layer/state.js';
import { rested } from '../../figures/rested.js';
import { show, svg } from '../../figures/svg.js';
import { colour, rem } from '../../kit/colours.js';
import { fixed, lowered, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { costOf } from '../../nn/costs.js';
import { costTrace, movedZ, PAIRS } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */

const SIDE = 41;
const FARTHEST = 1e100;
/** The arrow's length at the steepest slope that a one-hot target gives, in rems. */
const ARROW = 3;
/** What an arrow key moves the point by, as a part of the axis. */
const NUDGE = 1 / 50;

/**
 * @param {HTMLElement} element
 * @param {import('./picture.js').Model} model
 * @returns {() => void} dispose
 */
export function costOfTwo(element, { scene, gesture }) {
  const point = grip();
  /** @type {any} */
  let shown;
  const over = (/** @type {SVGElement} */ above, /** @type {any} */ plot, /** @type {Scene} */ now) => {
    shown = plot;
    if (!point.root.isConnected) above.replaceChildren(point.root);
    point.paint(plot._fullLayout, now);
  };
  const disposeChart = rested(
    element,
    { state: scene, held: gesture.held },
    { name: 'cost-over-two-z', key, traces, layout, over },
  );
  const disposeDrag = draggable(point.root, {
    begin: () => {
      const { z, chosen, second } = scene.value;
      const { xaxis, yaxis } = shown._fullLayout;
      gesture.begin('z', chosen);
      return (_, dx, dy) => {
        const x = within(z[chosen] + (dx * (xaxis.range[1] - xaxis.range[0])) / xaxis._length, xaxis.range);
        const y = within(z[second] - (dy * (yaxis.range[1] - yaxis.range[0])) / yaxis._length, yaxis.range);
        gesture.move({ ...scene.value, z: z.with(chosen, x).with(second, y) });
      };
    },
    end: gesture.end,
  });
  point.root.addEventListener('keydown', (event) => {
    const { z, chosen, second } = scene.value;
    const step = NUDGE * end(z);
    const [i, by] = /** @type {Record<string, [number, number]>} */ ({
      ArrowRight: [chosen, step],
      ArrowLeft: [chosen, -step],
      ArrowUp: [second, step],
      ArrowDown: [second, -step],
    })[/** @type {KeyboardEvent} */ (event).key] ?? [-1, 0];
    if (i < 0) return;
    event.preventDefault();
    const moved = movedZ(scene.value, i, Number((z[i] + by).toPrecision(12)));
    gesture.once('z', i, { ...moved, chosen, second });
  });
  return () => {
    disposeChart();
    disposeDrag();
  };
}

/** @param {number} value @param {[number, number]} range */
function within(value, [low, high]) {
  return Number(Math.min(Math.max(value, low), high).toPrecision(4));
}

/** @param {Scene} scene */
function key({ z, y, chosen, second, pair }) {
  return [chosen, second, pair, end(z), ...z.filter((_, i) => i !== chosen && i !== second), ...y].join(' ');
}

/** @param {readonly number[]} z */
function end(z) {
  return Math.min(axisEnd(z), FARTHEST);
}

/** @param {Scene} scene */
function traces({ z, y, chosen, second, pair }) {
  const reach = end(z);
  const { output, cost } = PAIRS[pair];
  const ticks = Array.from({ length: SIDE }, (_, k) => -reach + (2 * reach * k) / (SIDE - 1));
  const heights = ticks.map((up) =>
    ticks.map((across) => costOf(z.with(chosen, across).with(second, up), y, output, cost)),
  );
  return [
    {
      type: 'contour',
      x: ticks,
      y: ticks,
      z: heights,
      ncontours: 14,
      colorscale: [
        [0, colour('--paper')],
        [1, colour('--plus')],
      ],
      line: { color: colour('--edge'), width: 0.05 * rem() },
      contours: { showlabels: true, labelfont: { size: 0.65 * rem(), color: colour('--ink') } },
      showscale: false,
      hovertemplate: `z${lowered(chosen + 1)} %{x:.2f}, z${lowered(second + 1)} %{y:.2f}: C %{z:.3f}<extra></extra>`,
    },
  ];
}

/** @param {Scene} scene */
function layout({ z, chosen, second }) {
  const reach = end(z);
  const ticks = [-reach, 0, reach];
  const axis = (/** @type {number} */ i) => ({
    range: [-reach, reach],
    tickvals: ticks,
    ticktext: ticks.map((value) => fixed(value, 0)),
    title: { text: `z${lowered(i + 1)}`, standoff: 2, font: { size: 0.85 * rem(), color: colour('--ink') } },
  });
  return chartLayout({
    margin: { l: 2.8 * rem(), r: 0.8 * rem(), t: 0.5 * rem(), b: 2.2 * rem() },
    hovermode: 'closest',
    xaxis: axis(chosen),
    yaxis: axis(second),
  });
}

/** The point, where it was left to be dragged, and its arrow. */
function grip() {
  const halo = svg('circle', { class: 'halo', r: rem() });
  const core = svg('circle', { class: 'core', r: 0.4 * rem() });
  const shaft = svg('line', { class: 'arrow' });
  const head = svg('path', { class: 'arrow-head', d: 'M0 0L-9 5L-9 -5Z' });
  const root = svg('g', { class: 'point', tabindex: '0', role: 'slider', 'aria-label': t('cost.two.point') }, [
    shaft,
    head,
    halo,
    core,
  ]);
  return {
    root,
    /** @param {{ xaxis: any, yaxis: any }} axes @param {Scene} scene */
    paint({ xaxis, yaxis }, scene) {
      const { z, chosen, second } = scene;
      const trace = costTrace(scene);
      const x = xaxis._offset + xaxis.l2p(z[chosen]);
      const y = yaxis._offset + yaxis.l2p(z[second]);
      const reach = ARROW * rem();
      const [dx, dy] = [-trace.delta[chosen] * reach, trace.delta[second] * reach];
      const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
      for (const circle of [halo, core]) set(circle, { cx: x, cy: y });
      set(shaft, { x1: x, y1: y, x2: x + dx, y2: y + dy });
      set(head, { transform: `translate(${x + dx} ${y + dy}) rotate(${angle})` });
      show(head, Math.hypot(dx, dy) > 4);
      const words = t('cost.two.words', {
        i: chosen + 1,
        zi: fixed(z[chosen]),
        j: second + 1,
        zj: fixed(z[second]),
        cost: short(trace.cost, 3),
      });
      set(root, { 'aria-valuenow': String(z[chosen]), 'aria-valuetext': words });
    },
  };
}

/** The map's numbers, for saving. @param {Scene} scene @returns {string[][]} */
export function twoRows(scene) {
  const [{ x, y, z }] = traces(scene);
  const head = [`z${scene.chosen + 1}`, `z${scene.second + 1}`, 'cost'];
  return [head, ...y.flatMap((up, row) => x.map((across, column) => [across, up, z[row][column]].map(String)))];
}
