// @ts-check
/**
 * What a class adds to the cost over its own a: −ln a and its likes, the point where the class is, and the slope there. The
 * point's height comes from the logits, so that it has a place even where a has become 0.
 */

import { say, set } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { show, svg } from '../../figures/svg.js';
import { fixed, short } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { costTrace, PAIRS } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */

/** Ends of the cost's axis: the first that holds all points. */
const ENDS = [0.6, 1, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
/** Points of a curve, evenly over a, and as many more in each half of it towards its end. */
const POINTS = 60;

/**
 * @param {SVGSVGElement} element
 * @param {import('./picture.js').Model} model
 * @returns {() => void} dispose
 */
export function costCurve(element, { scene }) {
  let built = build(element, scene.value.z.length);
  const paint = () => {
    if (scene.value.panel === 'terms') built.paint(scene.value);
  };
  const rebuild = () => {
    built = build(element, scene.value.z.length);
    paint();
  };
  const follow = whileSeen(element, paint, nextFrame);
  const unlink = scene.link((now, before) => {
    if (before?.z.length === now.z.length && before.panel === now.panel) follow();
    else nextFrame(rebuild);
  });
  const watcher = new ResizeObserver(() => nextFrame(rebuild));
  watcher.observe(element);
  return () => {
    watcher.disconnect();
    unlink();
  };
}

/** @param {SVGSVGElement} element @param {number} count */
function build(element, count) {
  const { width, height } = element.getBoundingClientRect();
  const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const box = { left: 2.4 * unit, right: width - 0.8 * unit, top: 0.8 * unit, bottom: height - 1.5 * unit };
  set(element, { viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}` });
  const across = (/** @type {number} */ a) => box.left + a * (box.right - box.left);
  const up = (/** @type {number} */ share) => box.bottom - Math.min(share, 1.02) * (box.bottom - box.top);
  const text = (/** @type {Record<string, string | number>} */ attributes) =>
    svg('text', { class: 'tick', ...attributes });
  const levels = [0, 0.5, 1].map((share) =>
    svg('line', {
      class: share === 0 ? 'axis' : 'axis faint',
      x1: box.left,
      x2: box.right,
      y1: up(share),
      y2: up(share),
    }),
  );
  const heights = [0, 0.5, 1].map((share) => text({ x: box.left - 5, y: up(share) + 4 }));
  const places = [0, 0.5, 1].map((a) => text({ class: 'tick below', x: across(a), y: box.bottom + 0.95 * unit }));
  const axis = text({ class: 'tick below row', x: across(0.75), y: box.bottom + 0.95 * unit });
  places.forEach((place, k) => {
    say(place, ['0', '0.5', '1'][k]);
  });
  say(axis, 'a');
  const plain = bending('curve faint');
  const curve = bending('curve');
  const tangent = svg('line', { class: 'tangent' });
  const label = svg('text', { class: 'slope-label', y: box.top + 1.1 * unit, x: box.right - 4 });
  const marks = Array.from({ length: count }, (_, i) => mark(i, unit));
  const own = svg('g', {}, [curve.root, tangent]);
  element.replaceChildren(
    ...levels,
    ...heights,
    ...places,
    axis,
    plain.root,
    own,
    ...marks.map(({ root }) => root),
    label,
  );
  return {
    /** @param {Scene} scene */
    paint(scene) {
      const { cost } = PAIRS[scene.pair];
      const { a, terms } = costTrace(scene);
      const { chosen, y } = scene;
      const shown = a.map((_, i) => i === chosen || cost !== 'log-likelihood' || y[i] !== 0);
      const most = Math.max(...terms.filter((_, i) => shown[i]));
      const end = cost === 'quadratic' ? 0.6 : (ENDS.slice(2).find((one) => one >= most) ?? most);
      const place = (/** @type {number} */ share, /** @type {number} */ value) => [across(share), up(value / end)];
      heights.forEach((one, k) => {
        say(one, fixed((k * end) / 2, ((k * end) / 2) % 1 === 0 ? 0 : 1));
      });
      set(own, { 'data-class': String(chosen + 1) });
      plain.bend(scene.pair, 1, end, place);
      curve.bend(scene.pair, y[chosen], end, place);
      marks.forEach((one, i) => {
        one.paint(place(a[i], terms[i]), shown[i], i === chosen);
      });
      paintTangent(tangent, {
        a: a[chosen],
        term: terms[chosen],
        slope: PAIRS[scene.pair].slope(a[chosen], y[chosen]),
        end,
        place,
      });
      say(label, slopeWords(a[chosen], y[chosen], PAIRS[scene.pair]));
    },
  };
}

/** A curve of a class's term over its a. A drag moves the point on it and seldom the curve. @param {string} name */
function bending(name) {
  const root = svg('path', { class: name });
  let drawn = '';
  return {
    root,
    /**
     * @param {import('./state.js').Pair} pair
     * @param {number} y
     * @param {number} end of the axis
     * @param {(share: number, value: number) => number[]} place
     */
    bend(pair, y, end, place) {
      const key = `${pair} ${y} ${end}`;
      if (key !== drawn) set(root, { d: path((share) => PAIRS[pair].term(share, y), end, place) });
      drawn = key;
    },
  };
}

/** @param {number} i @param {number} unit */
function mark(i, unit) {
  const dot = svg('circle', { class: 'dot', r: 0.32 * unit });
  return {
    root: svg('g', { 'data-class': i + 1 }, [dot]),
    /** @param {number[]} at @param {boolean} shown @param {boolean} chosen */
    paint([x, y], shown, chosen) {
      show(dot, shown);
      set(dot, { cx: x, cy: y, 'data-chosen': String(chosen) });
    },
  };
}

/**
 * A curve from a = 0 to 1, close together where it is steep, and only as high as the axis.
 * @param {(a: number) => number} value
 * @param {number} end
 * @param {(a: number, value: number) => number[]} place
 */
function path(value, end, place) {
  const even = Array.from({ length: POINTS + 1 }, (_, k) => k / POINTS);
  const near = Array.from({ length: POINTS }, (_, k) => Math.exp(-(k + 8) / 4));
  const points = [...even, ...near, ...near.map((a) => 1 - a)]
    .sort((left, right) => left - right)
    .map((a) => [a, value(a)])
    .filter(([, height]) => height <= end * 1.02);
  return `M${points
    .map(([a, height]) =>
      place(a, height)
        .map((at) => at.toFixed(1))
        .join(' '),
    )
    .join('L')}`;
}

/**
 * A piece of the line that touches the curve at the point, inside the axes.
 * @param {SVGElement} tangent
 * @param {{ a: number, term: number, slope: number, end: number, place: (a: number, value: number) => number[] }} at
 */
function paintTangent(tangent, { a, term, slope, end, place }) {
  show(tangent, Number.isFinite(slope));
  if (!Number.isFinite(slope)) return;
  const reach = Math.min(0.25, (0.4 * end) / Math.max(Math.abs(slope), 1e-9));
  const [low, high] = [Math.max(a - reach, 0), Math.min(a + reach, 1)];
  const [x1, y1] = place(low, term + slope * (low - a));
  const [x2, y2] = place(high, term + slope * (high - a));
  set(tangent, { x1, y1, x2, y2 });
}

/** @param {number} a @param {number} y @param {import('../../nn/pairs.js').Pair} pair */
function slopeWords(a, y, pair) {
  if (pair.name === 'log-likelihood' && y === 0) return t('cost.curve.nothing');
  if (a === 0 && pair.nats) return t('cost.curve.zero');
  const slope = short(pair.slope(a, y), 3);
  if (pair.name === 'log-likelihood' && y === 1) return t('cost.curve.slope.log', { slope });
  return t('cost.curve.slope', { slope });
}
