// @ts-check
import { fixed } from '../../kit/format.js';
import { say, set } from '../dom.js';
import { show, svg } from '../svg.js';
import { middle, reach, zHeight } from './layout.js';

/** @typedef {import('./layout.js').Layout} Layout */

/**
 * The row of z: a bar from 0 to each logit, its handle, its number, and a dashed line where it was.
 * @param {SVGElement} group
 * @param {Layout} place
 */
export function logitRow(group, place) {
  const base = svg('line', {
    class: 'axis',
    x1: place.left - 8,
    x2: place.width - place.right + 8,
    y1: place.z.middle,
    y2: place.z.middle,
  });
  const ends = [1, -1].map((sign) =>
    svg('text', { class: 'tick', x: place.left - 0.6 * place.unit, y: place.z.middle - sign * place.z.half + 4 }),
  );
  // The sliders tell the same of each z, and its class.
  set(group, { 'aria-hidden': 'true' });
  group.replaceChildren(base, ...ends);
  const parts = Array.from({ length: place.count }, (_, i) => logit(group, place, i));
  return {
    /** The columns, for dragging. */
    grips: parts.map((part) => part.root),
    /**
     * @param {readonly number[]} z
     * @param {readonly number[]} before
     * @param {number} end of the axis
     */
    paint(z, before, end) {
      say(ends[0], tick(end));
      say(ends[1], tick(-end));
      parts.forEach((part, i) => {
        part.paint(z[i], before[i], end);
      });
    },
  };
}

/**
 * @param {SVGElement} group
 * @param {Layout} place
 * @param {number} i
 */
function logit(group, place, i) {
  const x = middle(place, i);
  const left = x - place.bar / 2;
  const width = reach(place);
  const grip = svg('rect', {
    class: 'grip',
    x: x - width / 2,
    y: 0,
    width,
    height: place.z.middle + place.z.half + 0.5 * place.unit,
  });
  const bar = svg('rect', { class: 'bar', x: left, width: place.bar, rx: 3 });
  const ghost = svg('line', { class: 'ghost', x1: left - 6, x2: left + place.bar + 6 });
  const handle = svg('circle', { class: 'handle', cx: x, r: Math.min(0.56 * place.unit, place.bar / 2 + 2) });
  const number = svg(
    'text',
    place.aside
      ? { class: 'number', x: x + place.bar / 2 + 0.9 * place.unit }
      : { class: place.tiny ? 'number above tiny' : 'number above', x },
  );
  const root = svg('g', { class: 'logit', 'data-class': i + 1, 'data-drag': i + 1 }, [
    grip,
    bar,
    ghost,
    handle,
    number,
  ]);
  group.append(root);
  return {
    root,
    /** @param {number} value @param {number} before @param {number} end */
    paint(value, before, end) {
      const tip = zHeight(place, value, end);
      set(bar, { y: Math.min(tip, place.z.middle), height: Math.abs(tip - place.z.middle) });
      set(handle, { cy: tip });
      const was = zHeight(place, before ?? value, end);
      show(ghost, before !== undefined && before !== value);
      set(ghost, { y1: was, y2: was });
      set(number, { y: numberHeight(place, tip, value), 'data-value': String(value) });
      say(number, logitText(place, value));
    },
  };
}

/** @param {Layout} place @param {number} tip @param {number} value */
function numberHeight(place, tip, value) {
  if (place.aside) return tip + 0.32 * place.unit;
  const away = place.unit * (value >= 0 ? -0.75 : 1.5);
  return Math.max(tip + away, 0.8 * place.unit);
}

/** @param {Layout} place @param {number} value */
function logitText(place, value) {
  if (Math.abs(value) >= 100) return fixed(value, 0);
  return fixed(value, place.small ? 1 : 2);
}

/** @param {number} value */
function tick(value) {
  return fixed(value, 0);
}
