// @ts-check
/**
 * The picture of a softmax layer, drawn as the article only described it: z, e^z as parts of one sum, a. It paints in the
 * same event that changed a value and touches attributes only; it is built anew when its size or its classes change.
 */

import { nextFrame, soon } from '../../kit/frame.js';
import { textOf } from '../../kit/saying.js';
import { set } from '../dom.js';
import { draggable } from '../drag.js';
import { keyedTo } from '../slider.js';
import { svg } from '../svg.js';
import { layout, onAxis } from './layout.js';
import { logitRow } from './logits.js';
import { outputRow } from './outputs.js';
import { readOut } from './reads.js';
import { rowLabels } from './row-labels.js';
import { shareRow } from './shares.js';
import { shiftHandle } from './shift-handle.js';
import { axisEnd, mean, nameOf, shiftedTo, traceOf, withA, withZ } from './state.js';

/** @typedef {import('./state.js').Layer} Layer */
/** @typedef {ReturnType<typeof import('../../kit/gesture.js').gestures<Layer>>} Gestures */

/**
 * @param {SVGSVGElement} element
 * @param {{ layer: import('../../kit/observable.js').Watched<Layer>, gesture: Gestures }} model
 * @returns {() => void} dispose
 */
export function layerPicture(element, { layer, gesture }) {
  const groups = ['ribbons', 'labels', 'outputs', 'shares', 'logits', 'shift'].map((name) => svg('g', { class: name }));
  element.replaceChildren(...groups);
  let built = build(element, groups, layer.value);
  let end = axisEnd(layer.value.z);
  let held = false;
  /** @type {(() => void)[]} */
  let grips = [];

  const read = () => readOut(element, (i) => textOf(nameOf(layer.value, i)));
  const paint = () => {
    if (!held) end = axisEnd(layer.value.z);
    const before = gesture.trail.value.before;
    const comparable = before.z.length === layer.value.z.length ? before : layer.value;
    built.paint(traceOf(layer.value), traceOf(comparable), end);
    if (!gesture.held.value) soon(read);
  };
  const rebuild = () => {
    for (const dispose of grips) dispose();
    built = build(element, groups, layer.value);
    grips = grip();
    paint();
  };
  const hold = (/** @type {string} */ kind, /** @type {number} */ i) => {
    held = true;
    gesture.begin(kind, i);
  };
  const release = () => {
    held = false;
    gesture.end();
    paint();
  };

  function grip() {
    const { place } = built;
    const perPixel = () => end / place.z.half;
    const logits = built.logits.grips.flatMap((root, i) => [
      draggable(root, { begin: () => dragZ(i, perPixel()), end: release }),
      doubled(root, () => gesture.once('z', i, withZ(layer.value, i, 0))),
    ]);
    const outputs = built.outputs.grips.map((root, i) => draggable(root, { begin: () => dragA(i), end: release }));
    const shift = draggable(groups[5], { begin: () => dragShift(perPixel()), end: release });
    return [...logits, ...outputs, shift];
  }
  const dragZ = (/** @type {number} */ i, /** @type {number} */ scale) => {
    const start = Math.min(Math.max(layer.value.z[i], -end), end);
    hold('z', i);
    return (/** @type {PointerEvent} */ event, /** @type {number} */ _, /** @type {number} */ dy) => {
      gesture.move(withZ(layer.value, i, onAxis(start - dy * scale * (event.shiftKey ? 0.1 : 1), end)));
    };
  };
  const dragA = (/** @type {number} */ i) => {
    const start = traceOf(layer.value).a[i];
    if (!Number.isFinite(start)) return undefined;
    hold('a', i);
    return (/** @type {PointerEvent} */ _, /** @type {number} */ __, /** @type {number} */ dy) => {
      gesture.move(withA(layer.value, i, start - dy / built.place.a.height));
    };
  };
  const dragShift = (/** @type {number} */ scale) => {
    const start = mean(layer.value.z);
    const { before } = { before: layer.value };
    hold('shift', -1);
    return (/** @type {PointerEvent} */ _, /** @type {number} */ __, /** @type {number} */ dy) => {
      gesture.move(shiftedTo(before, onAxis(start - dy * scale, end)));
    };
  };

  const shiftKeys = (/** @type {Event} */ event) => {
    const slider = { value: mean(layer.value.z), low: -end, high: end, step: end / 50 };
    const wanted = keyedTo(/** @type {KeyboardEvent} */ (event), slider);
    if (wanted === undefined) return;
    event.preventDefault();
    gesture.press('shift', -1, shiftedTo(layer.value, wanted));
  };

  grips = grip();
  groups[5].addEventListener('keydown', shiftKeys);
  groups[5].addEventListener('blur', gesture.part);
  groups[5].addEventListener('dblclick', () => gesture.once('shift', -1, shiftedTo(layer.value, 0)));
  const unlinks = [
    layer.link((now, before) => {
      const same = before && before.z.length === now.z.length && before.sigmoid === now.sigmoid;
      if (same) paint();
      else rebuild();
    }),
    gesture.trail.link(paint),
    gesture.held.link((moving) => moving || soon(read)),
  ];
  const watcher = new ResizeObserver(() => nextFrame(rebuild));
  watcher.observe(element);
  return () => {
    watcher.disconnect();
    for (const dispose of [...unlinks, ...grips]) dispose();
  };
}

/**
 * @param {SVGSVGElement} element
 * @param {SVGElement[]} groups
 * @param {Layer} layer
 */
function build(element, [ribbons, labels, outs, powers, logs, shift], layer) {
  const { width, height } = element.getBoundingClientRect();
  const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const place = layout({ width, height, unit, count: layer.z.length, sigmoid: layer.sigmoid });
  set(element, { viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}` });
  // The controls under the picture keep to its columns.
  element.parentElement?.style.setProperty('--before-columns', `${place.left}px`);
  element.parentElement?.style.setProperty('--after-columns', `${place.right}px`);
  const rows = {
    labels: rowLabels(labels, place),
    logits: logitRow(logs, place),
    shares: shareRow(ribbons, powers, place),
  };
  const outputs = outputRow(outs, place);
  const handle = shiftHandle(shift, place);
  return {
    place,
    logits: rows.logits,
    outputs,
    /** @param {import('./state.js').Trace} now @param {import('./state.js').Trace} before @param {number} end */
    paint(now, before, end) {
      rows.logits.paint(now.z, before.z, end);
      rows.shares.paint(now, end);
      outputs.paint(now, before);
      rows.labels.paint(now);
      handle.paint(now.z, end);
    },
  };
}

/** @param {Element} element @param {() => void} action */
function doubled(element, action) {
  element.addEventListener('dblclick', action);
  return () => element.removeEventListener('dblclick', action);
}
