// @ts-check
/** The costs of a sound and of a faulty training, on one logarithmic scale. */
import { grouped, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { set } from '../dom.js';
import { svg } from '../svg.js';

/** @typedef {import('./clinic.js').Case} Case */

/** In rem: what the axes' numbers need. */
const MARGIN = { left: 2.6, right: 0.8, top: 0.5, bottom: 1.3 };
/** Powers of ten that the scale reaches over; what lies outside is drawn at its edge. */
const [LOW, HIGH] = [-2.2, 3];

/**
 * @param {SVGSVGElement} element
 * @param {Case} found
 * @param {import('../network-layout.js').Frame} frame
 */
export function drawCourse(element, { sound, faulty }, { width, height, unit }) {
  const [left, right] = [MARGIN.left * unit, width - MARGIN.right * unit];
  const [top, bottom] = [MARGIN.top * unit, height - MARGIN.bottom * unit];
  const last = sound.length - 1;
  const x = (/** @type {number} */ epoch) => left + ((right - left) * epoch) / last;
  const y = (/** @type {number} */ cost) => {
    const power = Math.min(Math.max(Math.log10(Math.max(cost, 1e-9)), LOW), HIGH);
    return bottom - ((bottom - top) * (power - LOW)) / (HIGH - LOW);
  };
  const line = (/** @type {(number | null)[]} */ costs, /** @type {string} */ kind) => {
    const ends = costs.indexOf(null);
    const shown = /** @type {number[]} */ (ends < 0 ? costs : costs.slice(0, ends));
    const points = shown.map((cost, epoch) => `${x(epoch).toFixed(1)},${y(cost).toFixed(1)}`).join(' ');
    return { shape: svg('polyline', { class: kind, points }), ends, shown };
  };
  const [good, bad] = [line(sound, 'sound'), line(faulty, 'faulty')];
  const ticks = [-2, -1, 0, 1, 2, 3].flatMap((power) => [
    svg('line', { class: 'grid', x1: left, x2: right, y1: y(10 ** power), y2: y(10 ** power) }),
    svg('text', { class: 'tick', x: left - 0.3 * unit, y: y(10 ** power) }, [grouped(10 ** power)]),
  ]);
  const epochs = [0, last / 2, last].map((epoch) =>
    svg('text', { class: 'tick below', x: x(epoch), y: bottom + 0.75 * unit }, [String(epoch)]),
  );
  const broken =
    bad.ends < 0
      ? []
      : [svg('text', { class: 'broken', x: x(bad.ends - 1) + 4, y: y(Number(bad.shown.at(-1))) }, ['✗ NaN'])];
  element.replaceChildren(...ticks, ...epochs, good.shape, bad.shape, ...broken);
  const end = (/** @type {number[]} */ costs) => short(Number(costs.at(-1)), 3);
  set(element, {
    'aria-label': t(bad.ends < 0 ? 'clinic.course.words' : 'clinic.course.broken', {
      sound: end(good.shown),
      faulty: end(bad.shown),
      epochs: last,
      at: bad.ends,
    }),
  });
}
