// @ts-check
/**
 * The unit that is pointed at or has the focus: its weights as numbers on their lines, or over the picture of the inputs.
 * One unit takes part in the Tab order; arrow keys go to its neighbours.
 */

import { svg } from '../../figures/svg.js';
import { fixed, signed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';

/** @typedef {{ layer: number, unit: number }} Place layer 0 holds the inputs */

/** How far from its beginning a line carries its number. */
const ALONG = 0.3;
/** More numbers than this cover each other. */
const MOST_NUMBERS = 20;

/**
 * @param {SVGSVGElement} element holds `[data-unit="layer unit"]` groups
 * @param {(place: Place | null) => void} look
 * @returns {() => void} dispose
 */
export function unitChoice(element, look) {
  const placeOf = (/** @type {Event} */ { target }) => {
    const text = target instanceof Element ? target.closest('[data-unit]')?.getAttribute('data-unit') : null;
    if (!text) return null;
    const [layer, unit] = text.split(' ').map(Number);
    return { layer, unit };
  };
  const point = (/** @type {Event} */ event) => look(placeOf(event));
  const leave = () =>
    look(document.activeElement ? placeOf(/** @type {any} */ ({ target: document.activeElement })) : null);
  const press = (/** @type {Event} */ event) => {
    const place = placeOf(event);
    const step = /** @type {Record<string, [number, number]>} */ ({
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
    })[/** @type {KeyboardEvent} */ (event).key];
    if (!place || !step) return;
    event.preventDefault();
    const next = element.querySelector(`[data-unit="${place.layer + step[0]} ${step[0] ? 0 : place.unit + step[1]}"]`);
    if (next instanceof SVGElement) {
      for (const unit of element.querySelectorAll('[data-unit]'))
        unit.setAttribute('tabindex', unit === next ? '0' : '-1');
      next.focus();
    }
  };
  const listeners = /** @type {const} */ ([
    ['pointerover', point],
    ['pointerleave', leave],
    ['focusin', point],
    ['focusout', () => look(null)],
    ['keydown', press],
  ]);
  for (const [name, listener] of listeners) element.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of listeners) element.removeEventListener(name, listener);
  };
}

/**
 * The numbers on the lines that lead into a unit, and its bias under it.
 * @param {Place} place
 * @param {readonly import('../../figures/network-layout.js').Column[]} columns
 * @param {import('../../nn/network.js').Parameters} parameters
 * @param {number} rem in pixels
 * @returns {SVGElement[]}
 */
export function weightNumbers({ layer, unit }, columns, { w, b }, rem) {
  if (layer === 0) return [];
  const [from, to] = [columns[layer - 1], columns[layer]];
  const bias = svg('text', { x: to.x, y: to.y[unit] + to.radius + 0.55 * rem, class: 'weight' }, [
    `b ${signed(b[layer - 1][unit])}`,
  ]);
  if (from.count > MOST_NUMBERS) return [bias];
  const numbers = from.y.map((y, j) =>
    svg('text', { x: from.x + ALONG * (to.x - from.x), y: y + ALONG * (to.y[unit] - y), class: 'weight' }, [
      signed(w[layer - 1][j][unit]),
    ]),
  );
  return [...numbers, bias];
}

/**
 * A unit in words: its a, its bias and its weights.
 * @param {Place} place
 * @param {readonly (readonly number[])[]} a
 * @param {import('../../nn/network.js').Parameters} parameters
 */
export function unitWords({ layer, unit }, a, { w, b }) {
  const values = { layer: layer + 1, unit: unit + 1, a: fixed(a[layer][unit], 3) };
  if (layer === 0) return t('train.unit.input', values);
  const weights = w[layer - 1].slice(0, MOST_NUMBERS).map((row) => signed(row[unit]));
  return t('train.unit', { ...values, b: signed(b[layer - 1][unit]), w: weights.join(', ') });
}
