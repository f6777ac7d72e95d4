// @ts-check
/**
 * A drawing as strokes: each a pen and the points it went through, on a grid of half a unit of the ink, so near to each other
 * that a point is two letters of an address. The same strokes give the same ink.
 */
import { draw, paper, SIDE } from './drawing.js';

/** @typedef {{ x: number, y: number }} Point in units of the ink */
/** `pen`: its width in hundredths of the paper; `points`: x and y in turn, in half units. @typedef {{ pen: number, points: readonly number[] }} Stroke */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Half units a point may be from the one before, and a stroke's beginning beyond the paper's edge. */
const [FARTHEST, BEYOND] = [31, 64];
/** Half units that are no new point: they could not be seen. */
const NEAREST = 2;

/** @param {Point} point @returns {[number, number]} on the grid, within what can be written */
export function onGrid({ x, y }) {
  const last = 2 * SIDE + BEYOND;
  const near = (/** @type {number} */ value) => Math.min(Math.max(Math.round(2 * value), -BEYOND), last) + 0;
  return [near(x), near(y)];
}

/**
 * The points on the way to another one; none where that is too near.
 * @param {readonly [number, number]} from @param {readonly [number, number]} to
 * @returns {[number, number][]}
 */
export function way([x, y], [toX, toY]) {
  const [dx, dy] = [toX - x, toY - y];
  const far = Math.max(Math.abs(dx), Math.abs(dy));
  if (far < NEAREST) return [];
  const count = Math.ceil(far / FARTHEST);
  return Array.from({ length: count }, (_, n) => [
    x + Math.round((dx * (n + 1)) / count),
    y + Math.round((dy * (n + 1)) / count),
  ]);
}

/** @param {number} pen @returns {number} its radius in units of the ink */
export function radiusOf(pen) {
  return (pen * SIDE) / 200;
}

/** Draws one stretch. @param {Float32Array} ink is changed @param {readonly number[]} from @param {readonly number[]} to @param {number} pen */
export function stretch(ink, [x, y], [toX, toY], pen) {
  draw(ink, { x: x / 2, y: y / 2 }, { x: toX / 2, y: toY / 2 }, radiusOf(pen));
}

/** @param {readonly Stroke[]} strokes @returns {Float32Array} */
export function inkOf(strokes) {
  const ink = paper();
  for (const { pen, points } of strokes) {
    stretch(ink, points.slice(0, 2), points.slice(0, 2), pen);
    for (let at = 2; at < points.length; at += 2) stretch(ink, points.slice(at - 2, at), points.slice(at, at + 2), pen);
  }
  return ink;
}

/** @param {readonly Stroke[]} strokes @returns {string} letters, digits, "-", "_", and "." between strokes */
export function written(strokes) {
  return strokes
    .map(({ pen, points }) => {
      const [x, y] = points;
      const start = [LETTERS[pen], ...wide(x + BEYOND), ...wide(y + BEYOND)];
      const steps = points.slice(2).map((value, at) => LETTERS[value - points[at] + FARTHEST]);
      return [...start, ...steps].join('');
    })
    .join('.');
}

/** @param {string} text @returns {Stroke[] | undefined} undefined where it is no drawing */
export function readStrokes(text) {
  if (text === '') return [];
  const strokes = text.split('.').map(readStroke);
  return strokes.every((stroke) => stroke !== undefined) ? /** @type {Stroke[]} */ (strokes) : undefined;
}

/** @param {string} text @returns {Stroke | undefined} */
function readStroke(text) {
  const values = [...text].map((letter) => LETTERS.indexOf(letter));
  if (values.length < 5 || values.length % 2 === 0 || values.includes(-1)) return undefined;
  const [pen, x, x1, y, y1, ...steps] = values;
  const points = [64 * x + x1 - BEYOND, 64 * y + y1 - BEYOND];
  for (const step of steps) points.push(points[points.length - 2] + step - FARTHEST);
  return pen > 0 ? { pen, points } : undefined;
}

/** @param {number} value below 4096 @returns {string[]} */
function wide(value) {
  return [LETTERS[Math.floor(value / 64)], LETTERS[value % 64]];
}
