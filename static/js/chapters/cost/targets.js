// @ts-check
/** The target beside each output: a dashed outline as high as y, with a knob to move it. What is missing to it is −δ. */

import { say, set } from '../../figures/dom.js';
import { aHeight, FINGER, middle } from '../../figures/layer/layout.js';
import { svg } from '../../figures/svg.js';
import { fixed } from '../../kit/format.js';

/** @typedef {import('./layout.js').CostLayout} CostLayout */

/**
 * @param {SVGElement} group
 * @param {CostLayout} place
 */
export function targetRow(group, place) {
  const parts = Array.from({ length: place.count }, (_, i) => target(place, i));
  group.replaceChildren(...parts.map(({ root }) => root));
  return {
    /** The knobs, for dragging. */
    grips: parts.map(({ knob }) => knob),
    /** @param {readonly number[]} y */
    paint(y) {
      parts.forEach((part, i) => {
        part.paint(y[i]);
      });
    },
  };
}

/** @param {CostLayout} place @param {number} i */
function target(place, i) {
  const margin = place.small ? 2 : 5;
  const left = middle(place, i) - place.bar / 2 - margin;
  const radius = Math.min(0.42 * place.unit, place.bar / 2);
  const outline = svg('rect', { class: 'wanted', x: left, width: place.bar + 2 * margin, rx: 3 });
  const centre = left - radius;
  // Between the bars: what is over a bar takes hold of the output.
  const reach = Math.min(FINGER * place.unit, place.column - place.bar);
  const knob = svg('g', { class: 'knob-y', 'data-drag-y': i + 1 }, [
    svg('rect', {
      class: 'grip',
      x: left + margin - reach,
      y: -reach / 2,
      width: reach,
      height: reach,
    }),
    svg('path', { class: 'flag', d: diamond(centre, radius) }),
  ]);
  const number = svg('text', {
    class: 'asked',
    x: centre - radius - 3,
    'data-y-text': i + 1,
    'data-reads': 'y',
    'data-of': i + 1,
  });
  return {
    root: svg('g', { class: 'target', 'data-class': i + 1 }, [outline, knob, number]),
    knob,
    /** @param {number} y */
    paint(y) {
      const tip = aHeight(place, y);
      set(outline, { y: tip, height: place.a.bottom - tip });
      set(knob, { transform: `translate(0 ${tip.toFixed(2)})`, 'data-on': String(y > 0) });
      set(number, {
        y: tip + 0.3 * place.unit,
        visibility: place.aside && y > 0 ? 'visible' : 'hidden',
        'data-value': String(y),
      });
      say(number, y === 0 || y === 1 ? fixed(y, 0) : fixed(y, 2));
    },
  };
}

/** @param {number} x @param {number} radius */
function diamond(x, radius) {
  return `M${x - radius} 0L${x} ${-radius}L${x + radius} 0L${x} ${radius}Z`;
}
