// @ts-check
import { short } from '../../kit/format.js';
import { say, set } from '../dom.js';
import { show, svg } from '../svg.js';
import { middle, ribbon, segments, zHeight } from './layout.js';

/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./state.js').Trace} Trace */

/**
 * The row of e^z: one band whose parts are the powers' shares of their sum, with a ribbon from each z and to each a.
 * @param {SVGElement} ribbons the group under everything
 * @param {SVGElement} group
 * @param {Layout} place
 */
export function shareRow(ribbons, group, place) {
  const track = svg('rect', {
    class: 'track',
    x: place.left,
    y: place.band.top,
    width: place.column * place.count,
    height: place.band.height,
    rx: 3,
  });
  group.replaceChildren(track);
  ribbons.replaceChildren();
  const parts = Array.from({ length: place.count }, (_, i) => share(ribbons, group, place, i));
  return {
    /** @param {Trace} trace @param {number} end of the z axis */
    paint(trace, end) {
      const shares = trace.broken ? trace.a.map(() => 1 / place.count) : trace.a;
      segments(place, shares).forEach((segment, i) => {
        parts[i].paint(segment, trace, end);
      });
    },
  };
}

/**
 * @param {SVGElement} ribbons
 * @param {SVGElement} group
 * @param {Layout} place
 * @param {number} i
 */
function share(ribbons, group, place, i) {
  const { top, height } = place.band;
  const upper = svg('path', { class: 'ribbon', 'data-class': i + 1 });
  const lower = svg('path', { class: 'ribbon', 'data-class': i + 1 });
  const part = svg('rect', { class: 'share', y: top, height, rx: 3 });
  const number = svg('text', {
    class: 'power',
    y: top + height / 2 + 0.3 * place.unit,
    'data-reads': 'power',
    'data-of': i + 1,
  });
  ribbons.append(upper, lower);
  group.append(svg('g', { 'data-class': i + 1 }, [part, number]));
  const column = { x: middle(place, i) - place.bar / 2, width: place.bar };
  return {
    /** @param {{ x: number, width: number }} segment @param {Trace} trace @param {number} end */
    paint(segment, trace, end) {
      const power = trace.powers[i];
      const from = Math.max(place.z.middle, zHeight(place, trace.z[i], end)) + 0.3 * place.unit;
      set(upper, { d: ribbon({ ...column, y: from }, { ...segment, y: top - 3 }) });
      set(lower, { d: ribbon({ ...segment, y: top + height + 3 }, { ...column, y: place.a.top }) });
      show(upper, !trace.broken);
      show(lower, !trace.broken);
      set(part, { x: segment.x, width: segment.width, class: trace.broken ? 'share broken' : 'share' });
      const text = short(power, 2);
      const fits = segment.width > (text.length * 0.52 + 0.5) * place.unit;
      show(number, fits);
      if (!fits) return;
      set(number, { x: segment.x + segment.width / 2, 'data-value': String(power) });
      say(number, text);
    },
  };
}
