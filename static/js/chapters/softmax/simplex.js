// @ts-check
/**
 * All ways to share 1 among three classes are the points of a triangle: at a corner one class has everything, in the middle
 * each has a third. The point is the layer's output; dragged, it asks for the z that give it.
 */

import { say, set } from '../../figures/dom.js';
import { draggable } from '../../figures/drag.js';
import { className } from '../../figures/layer/controls.js';
import { traceOf, withA, withAll, withZ } from '../../figures/layer/state.js';
import { whileSeen } from '../../figures/sight.js';
import { show, svg } from '../../figures/svg.js';
import { trueType } from '../../figures/true-type.js';
import { fixed } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';

/** @typedef {import('../../figures/layer/state.js').Layer} Layer */

const WIDTH = 320;
const SIDE = 216;
const TOP = 26;
const HEIGHT = (SIDE * Math.sqrt(3)) / 2;
const CORNERS = [
  { x: (WIDTH - SIDE) / 2, y: TOP + HEIGHT },
  { x: (WIDTH + SIDE) / 2, y: TOP + HEIGHT },
  { x: WIDTH / 2, y: TOP },
];
const BOX = TOP + HEIGHT + 28;

/**
 * @param {SVGSVGElement} element
 * @param {import('../../figures/layer/controls.js').Model} model
 * @returns {() => void} dispose
 */
export function simplex(element, { layer, gesture }) {
  const parts = build(element);
  const untype = trueType(element);
  const paint = () => {
    if (layer.value.z.length !== 3 || layer.value.tab !== 'triangle') return;
    const { a, broken } = traceOf({ ...layer.value, naive: false });
    const before = gesture.trail.value.before;
    const was = before.z.length === 3 ? traceOf({ ...before, naive: false }).a : a;
    show(parts.point, !broken);
    paintPoint(parts, a, was);
    parts.path.setAttribute('d', path(layer.value));
    parts.names.forEach((name, i) => {
      say(name, `${className(layer.value, i)} ${fixed(a[i], 2)}`);
    });
    set(parts.point, {
      'aria-valuenow': String(a[0]),
      'aria-valuetext': a.map((value, i) => `${className(layer.value, i)} ${fixed(value, 2)}`).join(', '),
    });
  };
  const move = (/** @type {PointerEvent} */ event) => gesture.move(withAll(layer.value, sharesAt(element, event)));
  const disposers = [
    draggable(parts.field, {
      begin: (event) => {
        if (layer.value.z.length !== 3) return undefined;
        gesture.begin('point');
        move(event);
        return move;
      },
      end: gesture.end,
    }),
    layer.link(whileSeen(element, paint, nextFrame)),
  ];
  parts.point.addEventListener('keydown', (event) => {
    const key = /** @type {KeyboardEvent} */ (event).key;
    const next = keyed(layer.value, key);
    if (!next) return;
    event.preventDefault();
    gesture.press('z', next.chosen, next);
  });
  parts.point.addEventListener('blur', gesture.part);
  return () => {
    untype();
    for (const dispose of disposers) dispose();
  };
}

/** How far from its ends Home and End put the share of the first class. */
const ALMOST = 0.001;

/** Where a key takes the point: towards a corner or away from it; Home and End give the first class least and most. @param {Layer} layer @param {string} key */
function keyed(layer, key) {
  if (key === 'Home' || key === 'End') return withA(layer, 0, key === 'Home' ? ALMOST : 1 - ALMOST);
  const step = /** @type {Record<string, [number, number]>} */ ({
    ArrowUp: [2, 0.1],
    ArrowDown: [2, -0.1],
    ArrowRight: [1, 0.1],
    ArrowLeft: [0, 0.1],
    PageUp: [2, 1],
    PageDown: [2, -1],
  })[key];
  return step && withZ(layer, step[0], layer.z[step[0]] + step[1] * layer.temperature);
}

/** @param {SVGSVGElement} element */
function build(element) {
  set(element, { viewBox: `0 0 ${WIDTH} ${BOX.toFixed(0)}` });
  const outline = CORNERS.map(({ x, y }) => `${x},${y}`).join(' ');
  const grid = [0.25, 0.5, 0.75].flatMap((share) => [0, 1, 2].map((i) => level(i, share)));
  const path = svg('path', { class: 'route' });
  const legs = [0, 1, 2].map((i) => svg('line', { class: 'leg', 'data-class': i + 1 }));
  const ghost = svg('circle', { class: 'was', r: 6 });
  const point = svg(
    'g',
    {
      class: 'point',
      tabindex: '0',
      role: 'slider',
      'aria-label': t('softmax.triangle.point'),
      'aria-valuemin': '0',
      'aria-valuemax': '1',
    },
    [
      svg('circle', { class: 'reach', r: 23 }),
      svg('circle', { class: 'halo', r: 16 }),
      svg('circle', { class: 'core', r: 8 }),
    ],
  );
  const names = CORNERS.map(({ x, y }, i) =>
    svg('text', { class: 'corner', 'data-class': i + 1, x, y: i === 2 ? y - 10 : y + 20 }),
  );
  const face = svg('polygon', { class: 'face', points: outline });
  const field = svg('g', { class: 'field' }, [face, ...grid, path, ...legs, ghost, point]);
  element.replaceChildren(field, ...names);
  return { field, path, legs, ghost, point, names };
}

/** The line on which class i has the same share. @param {number} i @param {number} share */
function level(i, share) {
  const ends = [1, 2].map((step) => {
    const a = [0, 0, 0];
    a[i] = share;
    a[(i + step) % 3] = 1 - share;
    return place(a);
  });
  return svg('line', { class: 'level', x1: ends[0].x, y1: ends[0].y, x2: ends[1].x, y2: ends[1].y });
}

/** @param {readonly number[]} a */
function place(a) {
  return {
    x: a.reduce((sum, share, i) => sum + share * CORNERS[i].x, 0),
    y: a.reduce((sum, share, i) => sum + share * CORNERS[i].y, 0),
  };
}

/**
 * @param {ReturnType<typeof build>} parts
 * @param {readonly number[]} a
 * @param {readonly number[]} was
 */
function paintPoint({ point, ghost, legs }, a, was) {
  const [now, before] = [place(a), place(was)];
  set(point, { transform: `translate(${now.x.toFixed(2)} ${now.y.toFixed(2)})` });
  set(ghost, { cx: before.x, cy: before.y });
  show(
    ghost,
    a.some((value, i) => value !== was[i]),
  );
  legs.forEach((leg, i) => {
    const foot = place(a.map((share, k) => (k === i ? 0 : share + a[i] / 2)));
    set(leg, { x1: now.x, y1: now.y, x2: foot.x, y2: foot.y });
  });
}

/** Where the point goes as the chosen z runs from −∞ to ∞: from the edge straight to the corner. @param {Layer} layer */
function path(layer) {
  const { a } = traceOf({ ...layer, naive: false });
  const rest = 1 - a[layer.chosen];
  const edge = place(a.map((share, k) => (k === layer.chosen ? 0 : rest > 0 ? share / rest : 0.5)));
  const corner = CORNERS[layer.chosen];
  return `M${edge.x.toFixed(2)} ${edge.y.toFixed(2)}L${corner.x} ${corner.y}`;
}

/**
 * The shares at a point of the screen, kept inside the triangle.
 * @param {SVGSVGElement} element
 * @param {PointerEvent} event
 */
function sharesAt(element, event) {
  const matrix = element.getScreenCTM()?.inverse();
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  const third = (CORNERS[0].y - y) / HEIGHT;
  const second = (x - CORNERS[0].x) / SIDE - third / 2;
  const inside = [1 - second - third, second, third].map((share) => Math.min(Math.max(share, 0.001), 1));
  const sum = inside.reduce((total, share) => total + share, 0);
  return inside.map((share) => share / sum);
}
