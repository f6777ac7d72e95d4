// @ts-check
/** The row of δ = ∂C/∂z under the outputs: up where the cost rises with this z, down where it falls. */

import { say, set } from '../../figures/dom.js';
import { middle } from '../../figures/layer/layout.js';
import { show, svg } from '../../figures/svg.js';
import { signed } from '../../kit/format.js';
import { deltaEnd } from './layout.js';

/** @typedef {import('./layout.js').CostLayout} CostLayout */

/**
 * @param {SVGElement} group
 * @param {CostLayout} place
 */
export function deltaRow(group, place) {
  const { middle: y, half } = place.delta;
  const base = svg('line', { class: 'axis', x1: place.left - 8, x2: place.width - place.right + 8, y1: y, y2: y });
  const ends = [1, -1].map((sign) =>
    svg('text', { class: 'tick', x: place.left - 0.6 * place.unit, y: y - sign * half + 4, 'aria-hidden': 'true' }),
  );
  const parts = Array.from({ length: place.count }, (_, i) => delta(place, i));
  group.replaceChildren(base, ...ends, ...parts.map(({ root }) => root));
  return {
    /** @param {readonly number[]} now @param {readonly number[]} before */
    paint(now, before) {
      const end = deltaEnd([...now, ...before]);
      say(ends[0], `+${end}`);
      say(ends[1], `−${end}`);
      parts.forEach((part, i) => {
        part.paint(now[i], before[i], end);
      });
    },
  };
}

/** @param {CostLayout} place @param {number} i */
function delta(place, i) {
  const x = middle(place, i);
  const left = x - place.bar / 2;
  const bar = svg('rect', { class: 'slope', x: left, width: place.bar, rx: 2 });
  const ghost = svg('line', { class: 'ghost', x1: left - 6, x2: left + place.bar + 6 });
  const reads = { 'data-reads': 'delta', 'data-of': i + 1 };
  const number = svg(
    'text',
    place.aside
      ? { class: 'slope-number', x: x + place.bar / 2 + 0.5 * place.unit, 'data-delta': i + 1, ...reads }
      : { class: `slope-number above${place.tiny ? ' tiny' : ''}`, x, 'data-delta': i + 1, ...reads },
  );
  return {
    root: svg('g', { class: 'delta', 'data-class': i + 1 }, [bar, ghost, number]),
    /** @param {number} value @param {number} was @param {number} end */
    paint(value, was, end) {
      const tip = height(place, value, end);
      const y = place.delta.middle;
      set(bar, { y: Math.min(tip, y), height: Math.max(Math.abs(tip - y), value === 0 ? 0 : 1) });
      set(bar, { 'data-sign': value === 0 ? '0' : value > 0 ? '+' : '-' });
      show(ghost, was !== undefined && was !== value);
      const before = height(place, was ?? value, end);
      set(ghost, { y1: before, y2: before });
      set(number, { y: numberHeight(place, tip, value), 'data-value': String(value) });
      say(number, signed(value, place.small ? 1 : 3));
    },
  };
}

/** @param {CostLayout} place @param {number} value @param {number} end */
function height(place, value, end) {
  return place.delta.middle - (value / end || 0) * place.delta.half;
}

/** @param {CostLayout} place @param {number} tip @param {number} value */
function numberHeight(place, tip, value) {
  if (place.aside)
    return Math.min(Math.max(tip, place.delta.middle - place.delta.half), place.height) + 0.32 * place.unit;
  return tip + (value >= 0 ? -0.35 : 1) * place.unit;
}
