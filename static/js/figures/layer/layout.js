// @ts-check
/**
 * Where everything in the picture of the layer lies, in pixels: three rows z, e^z and a, joined by ribbons. Pure geometry;
 * `unit` is the size of the type (a rem), so that the projector's larger type gets its room.
 */

/**
 * @typedef {{
 *   width: number, height: number, unit: number, count: number, left: number, right: number, column: number, bar: number,
 *   thin: number, aside: boolean, roomy: boolean, small: boolean, tiny: boolean,
 *   z: { top: number, middle: number, half: number }, band: { top: number, height: number },
 *   a: { top: number, height: number, bottom: number }
 * }} Layout
 * `bar` and `thin` are the widths of the softmax and sigmoid bars; `aside`: labels stand beside their bars, else above;
 * `roomy`: there is room for numbers on the sigmoid bars; `small`: short numbers only; `tiny`: in small type.
 */

/**
 * @param {{ width: number, height: number, unit: number, count: number, sigmoid: boolean }} given
 * @returns {Layout}
 */
export function layout({ width, height, unit, count, sigmoid }) {
  const compact = width < 30 * unit;
  const left = (compact ? 3.3 : 4.4) * unit;
  const right = (compact ? 1.9 : 2.9) * unit;
  const column = (width - left - right) / count;
  const bar = Math.min(Math.max(column * 0.29, 8), 3.4 * unit);
  const thin = sigmoid ? bar * 0.5 : 0;
  const beside = column - bar / 2 - 0.5 * unit - (bar / 2 + (sigmoid ? thin + 0.8 * unit : 0));
  const top = 1.1 * unit;
  const half = 0.12 * height;
  const bandTop = top + 2 * half + 0.14 * height;
  const bandHeight = (compact ? 1.5 : 2) * unit;
  const aTop = bandTop + bandHeight + 0.14 * height;
  const bottom = height - 0.6 * unit;
  return {
    width,
    height,
    unit,
    count,
    left,
    right,
    column,
    bar,
    thin,
    aside: beside >= 4 * unit,
    roomy: column >= 6.4 * unit,
    small: column < 3.6 * unit,
    tiny: column < 2.2 * unit,
    z: { top, middle: top + half, half },
    band: { top: bandTop, height: bandHeight },
    a: { top: aTop, height: bottom - aTop, bottom },
  };
}

/** As wide as a finger, in rems. */
export const FINGER = 2.75;
/** What is left between two grips, in rems, where there is room: a finger there scrolls the page. */
const GAP = 1.4;

/**
 * How wide a column can be taken hold of.
 * @param {Layout} place
 */
export function reach({ column, bar, unit }) {
  const wide = column - GAP * unit;
  return Math.min(column, Math.max(bar, FINGER * unit), wide > 2 * unit ? wide : column);
}

/**
 * The middle of class i's column.
 * @param {Layout} place
 * @param {number} i
 */
export function middle(place, i) {
  return place.left + place.column * (i + 0.5);
}

/**
 * Where on the screen a value of z lies; beyond the end of the axis it stays at the end.
 * @param {Layout} place
 * @param {number} value
 * @param {number} end of the axis
 */
export function zHeight(place, value, end) {
  return place.z.middle - (Math.min(Math.max(value / end, -1), 1) || 0) * place.z.half;
}

/**
 * @param {Layout} place
 * @param {number} share
 */
export function aHeight(place, share) {
  return place.a.bottom - (Number.isFinite(share) ? share : 0) * place.a.height;
}

/**
 * The parts of the band, each as wide as its share; what is not a number takes no room.
 * @param {Layout} place
 * @param {readonly number[]} shares
 * @returns {{ x: number, width: number }[]}
 */
export function segments(place, shares) {
  const gap = 2;
  const inner = place.column * place.count - gap * (place.count - 1);
  let x = place.left;
  return shares.map((share) => {
    const width = (Number.isFinite(share) ? share : 0) * inner;
    const segment = { x, width };
    x += width + gap;
    return segment;
  });
}

/**
 * A ribbon from one horizontal edge to another.
 * @param {{ x: number, width: number, y: number }} from
 * @param {{ x: number, width: number, y: number }} to
 * @returns {string} SVG path
 */
export function ribbon(from, to) {
  const half = ((from.y + to.y) / 2).toFixed(1);
  const [x1, x2, y1] = [from.x, from.x + from.width, from.y].map((value) => value.toFixed(1));
  const [x3, x4, y2] = [to.x, to.x + to.width, to.y].map((value) => value.toFixed(1));
  return `M${x1} ${y1}C${x1} ${half} ${x3} ${half} ${x3} ${y2}L${x4} ${y2}C${x4} ${half} ${x2} ${half} ${x2} ${y1}Z`;
}

/**
 * A value on the axis, in steps of 1/500 of its half: a drag gives numbers that can be read and said.
 * @param {number} value
 * @param {number} end
 */
export function onAxis(value, end) {
  const steps = Math.round((Math.min(Math.max(value, -end), end) / end) * 500);
  return end >= 500 ? (steps / 500) * end : Number(((steps * end) / 500).toFixed(4));
}
