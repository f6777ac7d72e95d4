// @ts-check
/**
 * The picture of the cost: z, the outputs with the target that they should have been, and δ under them. It paints in the
 * event that changed a value; it is built anew when its size or its classes change.
 */

import { say, set } from '../../figures/dom.js';
import { draggable } from '../../figures/drag.js';
import { onAxis } from '../../figures/layer/layout.js';
import { logitRow } from '../../figures/layer/logits.js';
import { outputRow } from '../../figures/layer/outputs.js';
import { readOut } from '../../figures/layer/reads.js';
import { axisEnd, nameOf } from '../../figures/layer/state.js';
import { svg } from '../../figures/svg.js';
import { fixed } from '../../kit/format.js';
import { nextFrame, soon } from '../../kit/frame.js';
import { textOf } from '../../kit/saying.js';
import { deltaRow } from './deltas.js';
import { costLayout } from './layout.js';
import { costTrace, movedA, movedZ, PAIRS, withY } from './state.js';
import { targetRow } from './targets.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {ReturnType<typeof import('../../kit/gesture.js').gestures<Scene>>} Gestures */
/** @typedef {{ scene: import('../../kit/observable.js').Watched<Scene>, gesture: Gestures }} Model */

/** Rems of height that the row of a needs for all the names in its margin. */
const LOW = 5.5;

/**
 * @param {SVGSVGElement} element
 * @param {Model} model
 * @returns {() => void} dispose
 */
export function costPicture(element, model) {
  const { scene, gesture } = model;
  const groups = ['labels', 'outputs', 'targets', 'logits', 'deltas'].map((name) => svg('g', { class: name }));
  element.replaceChildren(...groups);
  let built = build(element, groups, scene.value.z.length);
  let end = axisEnd(scene.value.z);
  /** @type {(() => void)[]} */
  let grips = [];

  const read = () => readOut(element, (i) => textOf(nameOf(/** @type {any} */ (scene.value), i)));
  const paint = () => {
    if (!gesture.held.value) end = axisEnd(scene.value.z);
    const { before } = gesture.trail.value;
    const comparable = before.z.length === scene.value.z.length && before.pair === scene.value.pair;
    built.paint(scene.value, comparable ? before : scene.value, end);
    if (!gesture.held.value) soon(read);
  };
  const rebuild = () => {
    for (const dispose of grips) dispose();
    built = build(element, groups, scene.value.z.length);
    grips = grip(built, model, () => end);
    paint();
  };

  grips = grip(built, model, () => end);
  const unlinks = [
    scene.link((now, before) => (before?.z.length === now.z.length ? paint() : rebuild())),
    gesture.trail.link(paint),
    gesture.held.link(paint),
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
 * @param {number} count
 */
function build(element, [labels, outs, targets, logs, deltas], count) {
  const { width, height } = element.getBoundingClientRect();
  const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const place = costLayout({ width, height, unit, count });
  set(element, { viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}` });
  // The controls under the picture keep to its columns.
  element.parentElement?.style.setProperty('--before-columns', `${place.left}px`);
  element.parentElement?.style.setProperty('--after-columns', `${place.right}px`);
  const names = rowNames(labels, place);
  const outputs = outputRow(outs, place);
  const targetsRow = targetRow(targets, place);
  const logits = logitRow(logs, place);
  const slopes = deltaRow(deltas, place);
  return {
    place,
    grips: { logits: logits.grips, outputs: outputs.grips, targets: targetsRow.grips },
    /** @param {Scene} now @param {Scene} before @param {number} end */
    paint(now, before, end) {
      const [trace, was] = [costTrace(now), costTrace(before)];
      logits.paint(now.z, before.z, end);
      outputs.paint(/** @type {any} */ (trace), /** @type {any} */ (was));
      targetsRow.paint(now.y);
      slopes.paint(trace.delta, was.delta);
      names.paint(now);
    },
  };
}

/**
 * What can be taken hold of: a z, an output (its z is then found), a target.
 * @param {ReturnType<typeof build>} built
 * @param {Model} model
 * @param {() => number} end of the axis of z
 */
function grip({ place, grips }, { scene, gesture }, end) {
  /** @typedef {(event: PointerEvent, dx: number, dy: number) => void} Move */
  const dragZ = (/** @type {number} */ i) => {
    const start = Math.min(Math.max(scene.value.z[i], -end()), end());
    const scale = end() / place.z.half;
    gesture.begin('z', i);
    return /** @type {Move} */ (event, _, dy) => {
      const value = onAxis(start - dy * scale * (event.shiftKey ? 0.1 : 1), end());
      gesture.move(movedZ(scene.value, i, value));
    };
  };
  const dragA = (/** @type {number} */ i) => {
    const start = costTrace(scene.value).a[i];
    gesture.begin('a', i);
    return /** @type {Move} */ (_, __, dy) => gesture.move(movedA(scene.value, i, start - dy / place.a.height));
  };
  const dragY = (/** @type {number} */ i) => {
    const start = scene.value.y[i];
    gesture.begin('y', i);
    return /** @type {Move} */ (_, __, dy) => {
      const value = Math.round((start - dy / place.a.height) * 100) / 100;
      if (scene.value.kind !== 'one-hot' || value >= 0.5) gesture.move(withY(scene.value, i, value));
    };
  };
  const rows = /** @type {const} */ ([
    [grips.logits, dragZ],
    [grips.outputs, dragA],
    [grips.targets, dragY],
  ]);
  const drags = rows.flatMap(([elements, begin]) =>
    elements.map((element, i) => draggable(element, { begin: () => begin(i), end: gesture.end })),
  );
  const backs = grips.logits.map((element, i) => {
    const back = () => gesture.once('z', i, movedZ(scene.value, i, 0));
    element.addEventListener('dblclick', back);
    return () => element.removeEventListener('dblclick', back);
  });
  return [...drags, ...backs];
}

/**
 * The names of the rows in the left margin, with the sums that belong to them.
 * @param {SVGElement} group
 * @param {import('./layout.js').CostLayout} place
 */
function rowNames(group, place) {
  const x = 0.2 * place.unit;
  const middle = place.a.top + place.a.height / 2;
  const name = (/** @type {string} */ text, /** @type {number} */ y) =>
    svg('text', { class: 'row', x, y, 'aria-hidden': 'true' }, [text]);
  const total = svg('text', {
    class: 'sum',
    x,
    y: middle + 0.9 * place.unit,
    'data-field': 'sum',
    'data-reads': 'total',
  });
  const asked = svg('text', {
    class: 'sum',
    x,
    y: middle + 1.9 * place.unit,
    'data-field': 'asked',
    'data-reads': 'asked',
  });
  const layer = svg('text', { class: 'sum', x, y: middle - 1.5 * place.unit });
  // In a low row the names would run into the ticks.
  const roomy = place.a.height > LOW * place.unit;
  for (const one of [asked, layer]) set(one, { visibility: roomy ? 'visible' : 'hidden' });
  group.replaceChildren(
    name('z', place.z.middle + 0.4 * place.unit),
    layer,
    name('a', middle),
    total,
    asked,
    name('δ', place.delta.middle + 0.4 * place.unit),
  );
  return {
    /** @param {Scene} scene */
    paint(scene) {
      const trace = costTrace(scene);
      say(layer, PAIRS[scene.pair].output);
      set(total, { 'data-value': String(trace.total) });
      say(total, `Σa ${fixed(trace.total, 3)}`);
      set(asked, { 'data-value': String(trace.asked) });
      say(asked, `Σy ${fixed(trace.asked, 2)}`);
    },
  };
}
