// @ts-check
/**
 * The cost over two z at once, as a map with lines of equal cost: the point can be dragged over it, and the arrow is the way
 * straight down, −∂C/∂z.
 */
import { linearTicks } from '../../figures/chart/axis.js';
import { charted } from '../../figures/chart/chart.js';
import { paintField } from '../../figures/chart/field.js';
import { set } from '../../figures/dom.js';
import { draggable } from '../../figures/drag.js';
import { axisEnd } from '../../figures/layer/state.js';
import { keyedTo } from '../../figures/slider.js';
import { show, svg } from '../../figures/svg.js';
import { fixed, lowered, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { costOf } from '../../nn/costs.js';
import { costTrace, movedZ, PAIRS } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */

/** Places of the map in each direction, and as many while a hand moves. */
const SIDE = 41;
const SKETCHED = 17;
/** Lines of equal cost. */
const LEVELS = 14;
const FARTHEST = 1e100;
/** The axis is so many arrows long at the steepest slope that a one-hot target gives, 1. */
const STEPS = 5;
/** What an arrow key moves the point by, as a part of the axis. */
const NUDGE = 1 / 50;
/** As far around the point as a finger takes hold of it, in rems. */
const FINGER = 1.4;
/** The keys that move the point along the second z; the others along the first. */
const UPRIGHT = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'];

/**
 * @param {HTMLElement} element
 * @param {import('./picture.js').Model} model
 * @returns {() => void} dispose
 */
export function costOfTwo(element, { scene, gesture }) {
  const point = grip();
  /** @type {import('../../figures/chart/plan.js').Plan} */
  let shown;
  const over = (
    /** @type {SVGElement} */ above,
    /** @type {import('../../figures/chart/plan.js').Plan} */ plan,
    /** @type {Scene} */ now,
  ) => {
    shown = plan;
    if (!point.root.isConnected) above.replaceChildren(point.root);
    point.paint(plan, now);
  };
  const model = { state: scene, held: gesture.held };
  const disposeChart = charted(element, model, {
    name: 'cost-over-two-z',
    key,
    chart,
    over,
    handles: true,
    paintField,
  });
  const disposeDrag = draggable(point.root, {
    begin: () => {
      const { z, chosen, second } = scene.value;
      const { left, width, height } = shown.box;
      const [row] = shown.rows;
      gesture.begin('z', chosen);
      return (_, dx, dy) => {
        const x = shown.value(Math.min(Math.max(left + row.x(z[chosen]) + dx, left), left + width));
        const y = row.value(Math.min(Math.max(row.y(z[second]) + dy, 0), height));
        gesture.move({ ...scene.value, z: z.with(chosen, kept(x)).with(second, kept(y)) });
        // What is over a chart waits for its turn; what is held does not.
        point.paint(shown, scene.value);
      };
    },
    end: gesture.end,
  });
  point.root.addEventListener('keydown', (event) => {
    const key = /** @type {KeyboardEvent} */ (event);
    const { z, chosen, second } = scene.value;
    const i = UPRIGHT.includes(key.key) ? second : chosen;
    const wanted = keyedTo(key, { value: z[i], low: -end(z), high: end(z), step: NUDGE * end(z) });
    if (wanted === undefined) return;
    event.preventDefault();
    const moved = movedZ(scene.value, i, Number(wanted.toPrecision(12)));
    gesture.press('z', i, { ...moved, chosen, second });
  });
  point.root.addEventListener('blur', gesture.part);
  return () => {
    disposeChart();
    disposeDrag();
  };
}

/** As many digits as a hand can mean. @param {number} value */
function kept(value) {
  return Number(value.toPrecision(4));
}

/** @param {Scene} scene */
function key({ z, y, chosen, second, pair }) {
  return [chosen, second, pair, end(z), ...z.filter((_, i) => i !== chosen && i !== second), ...y].join(' ');
}

/** @param {readonly number[]} z */
function end(z) {
  return Math.min(axisEnd(z), FARTHEST);
}

/** The cost over both z. @param {Scene} scene @param {number} [side] */
function map({ z, y, chosen, second, pair }, side = SIDE) {
  const reach = end(z);
  const { output, cost } = PAIRS[pair];
  const places = Array.from({ length: side }, (_, k) => -reach + (2 * reach * k) / (side - 1));
  const values = places.map((up) =>
    places.map((across) => costOf(z.with(chosen, across).with(second, up), y, output, cost)),
  );
  return { x: places, y: places, values };
}

/** @param {Scene} scene @param {boolean} held @returns {import('../../figures/chart/plan.js').Chart} */
function chart(scene, held) {
  const { z, chosen, second } = scene;
  const reach = end(z);
  const field = map(scene, held ? SKETCHED : SIDE);
  const axis = (/** @type {number} */ i) => ({
    range: /** @type {const} */ ([-reach, reach]),
    ticks: [-reach, 0, reach].map((at) => ({ at, text: fixed(at, 0) })),
    title: `z${lowered(i + 1)}`,
  });
  return {
    margin: { left: 2.8, right: 0.8, top: 0.5, bottom: 2.2 },
    x: axis(chosen),
    rows: [{ y: axis(second) }],
    lines: [],
    field: { ...field, levels: levels(field.values), format: 'C %{z:.3f}' },
    zoom: `${chosen} ${second} ${reach}`,
  };
}

/** Round costs between the lowest and the highest. @param {readonly (readonly number[])[]} values */
function levels(values) {
  const all = values.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return linearTicks([low, high], LEVELS).filter(({ at }) => at > low && at < high);
}

/** The point, where it was left to be dragged, and its arrow. */
function grip() {
  const halo = svg('circle', { class: 'halo' });
  const core = svg('circle', { class: 'core' });
  const shaft = svg('line', { class: 'arrow' });
  const head = svg('path', { class: 'arrow-head', d: 'M0 0L-9 5L-9 -5Z' });
  const around = svg('circle', { class: 'reach' });
  const root = svg('g', { class: 'point', tabindex: '0', role: 'slider', 'aria-label': t('cost.two.point') }, [
    shaft,
    head,
    around,
    halo,
    core,
  ]);
  return {
    root,
    /** @param {import('../../figures/chart/plan.js').Plan} plan @param {Scene} scene */
    paint({ box, rows: [row], unit }, scene) {
      const { z, chosen, second } = scene;
      const trace = costTrace(scene);
      const x = box.left + row.x(z[chosen]);
      const y = box.top + row.y(z[second]);
      // In the units of the axes: these may have different scales, and the way down is not what it looks like then.
      const step = end(z) / STEPS;
      const [dx, dy] = [
        box.left + row.x(z[chosen] - step * trace.delta[chosen]) - x,
        box.top + row.y(z[second] - step * trace.delta[second]) - y,
      ];
      const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
      set(around, { cx: x, cy: y, r: FINGER * unit });
      set(halo, { cx: x, cy: y, r: unit });
      set(core, { cx: x, cy: y, r: 0.4 * unit });
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
      const [low, high] = [String(-end(z)), String(end(z))];
      set(root, {
        'aria-valuemin': low,
        'aria-valuemax': high,
        'aria-valuenow': String(z[chosen]),
        'aria-valuetext': words,
      });
    },
  };
}

/** The map's numbers, for saving. @param {Scene} scene @returns {string[][]} */
export function twoRows(scene) {
  const { x, y, values } = map(scene);
  const head = [`z${scene.chosen + 1}`, `z${scene.second + 1}`, 'cost'];
  return [head, ...y.flatMap((up, row) => x.map((across, column) => [across, up, values[row][column]].map(String)))];
}
