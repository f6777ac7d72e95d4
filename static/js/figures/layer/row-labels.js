// @ts-check
import { fixed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { say, set } from '../dom.js';
import { svg } from '../svg.js';

/** @typedef {import('./layout.js').Layout} Layout */

/**
 * The names of the three rows in the left margin, each with the sum that belongs to it.
 * @param {SVGElement} group
 * @param {Layout} place
 */
export function rowLabels(group, place) {
  const x = 0.2 * place.unit;
  const bandMiddle = place.band.top + place.band.height / 2;
  const aMiddle = place.a.top + place.a.height / 2;
  // In a low row the outputs' sum stands beside its letter: under each other they would reach the axis's ticks.
  const low = place.a.height < 4.4 * place.unit;
  const sums = low
    ? [
        { x: 5.5 * x, y: -0.2 },
        { x, y: 0.8 },
      ]
    : [
        { x, y: 0.9 },
        { x, y: 1.9 },
      ];
  // And in one that is lower still they have no place: the table of numbers and the sentence have them.
  const none = place.a.height < 2.7 * place.unit;
  const exponent = svg('tspan', { class: 'exponent', dy: '-0.45em' });
  const sum = svg('text', { class: 'sum', 'data-reads': 'sum', x, y: bandMiddle + 1.45 * place.unit });
  const total = svg('text', {
    class: 'sum',
    x: sums[0].x,
    y: aMiddle + sums[0].y * place.unit,
    'data-field': 'sum',
    'data-reads': 'total',
  });
  const beside = svg('text', {
    class: 'sum',
    x,
    y: aMiddle + sums[1].y * place.unit,
    'data-field': 'sigmoid-sum',
    'data-reads': 'sigmoid-total',
  });
  group.replaceChildren(
    svg('text', { class: 'row', 'aria-hidden': 'true', x, y: place.z.middle + 0.4 * place.unit }, ['z']),
    svg('text', { class: 'row', 'aria-hidden': 'true', x, y: bandMiddle + 0.4 * place.unit }, ['e', exponent]),
    svg('text', { class: 'row', 'aria-hidden': 'true', x, y: aMiddle - 0.2 * place.unit }, ['a']),
    sum,
    total,
    beside,
  );
  return {
    /** @param {import('./state.js').Trace} trace */
    paint(trace) {
      say(exponent, exponentText(trace));
      set(exponent, { class: trace.shift === 0 ? 'exponent' : 'exponent long' });
      paintSum(sum, 'Σ', trace.sum, 2);
      paintSum(total, 'Σ', trace.total, 3);
      set(total, { visibility: none ? 'hidden' : 'visible' });
      set(beside, { visibility: place.thin > 0 && !none ? 'visible' : 'hidden' });
      paintSum(beside, t('softmax.sigmoid.sum'), trace.sigmoidTotal, 2);
    },
  };
}

/** @param {SVGElement} text @param {string} sign @param {number} value @param {number} places */
function paintSum(text, sign, value, places) {
  set(text, { 'data-value': String(value) });
  say(text, `${sign} ${fixed(value, places)}`);
}

/** What e is raised to, in words for the row. @param {import('./state.js').Trace} trace */
export function exponentText({ z, scaled, shift }) {
  const divided = z.some((value, i) => value !== scaled[i]) ? 'z∕T' : 'z';
  return shift === 0 ? divided : `${divided}−max`;
}
