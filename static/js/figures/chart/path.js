// @ts-check
/** A chart's line as a path in the box of its row, in pixels. Pure. */
import { thin } from '../../kit/thin.js';

/** @typedef {import('./plan.js').Line} Line */
/** @typedef {import('./plan.js').PlannedRow} PlannedRow */

/**
 * A line as a path in its row's box: thinned to its pixels without losing extremes, interrupted where a value has no place.
 * @param {Line} line
 * @param {PlannedRow} row
 * @returns {{ path: string, single: boolean }} `single`: it is one point, which a line cannot show
 */
export function linePath({ x, y }, row) {
  const { width } = row.box;
  const inside = stretch(
    x,
    (value) => row.x(value) >= 0,
    (value) => row.x(value) > width,
  );
  const few = thin(x.slice(...inside), y.slice(...inside), 2 * Math.max(Math.round(width), 1));
  let path = '';
  let points = 0;
  let drawing = false;
  for (let k = 0; k < few.x.length; k += 1) {
    const [left, top] = [row.x(few.x[k]), row.y(few.y[k])];
    const placed = Number.isFinite(left) && Number.isFinite(top);
    if (placed) {
      path += `${drawing ? 'L' : 'M'}${tenth(left)} ${tenth(top)}`;
      points += 1;
    }
    drawing = placed;
  }
  return points === 1 ? { path: `${path}h0`, single: true } : { path, single: false };
}

/** Which of the ascending values are inside, with one neighbour on each side. @param {readonly number[]} x @param {(value: number) => boolean} begun @param {(value: number) => boolean} over @returns {[number, number]} */
function stretch(x, begun, over) {
  return [Math.max(first(x, begun) - 1, 0), Math.min(first(x, over) + 1, x.length)];
}

/** The place of the first that holds, of values of which all later ones hold, too. @param {readonly number[]} x @param {(value: number) => boolean} holds */
function first(x, holds) {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(x[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rounded to a tenth of a pixel. @param {number} pixels */
export function tenth(pixels) {
  return Math.round(pixels * 10) / 10;
}
