// @ts-check
/** Where everything in the picture of the cost lies: the rows z, a with its target, and δ. Pure geometry, in pixels. */
import { layout } from '../../figures/layer/layout.js';

/** @typedef {import('../../figures/layer/layout.js').Layout & { delta: { middle: number, half: number } }} CostLayout */

/**
 * @param {{ width: number, height: number, unit: number, count: number }} given
 * @returns {CostLayout}
 */
export function costLayout(given) {
  const { height, unit } = given;
  const place = layout({ ...given, sigmoid: false });
  const top = 1.1 * unit;
  const room = height - top;
  const half = 0.13 * room;
  const aTop = top + 2 * half + 0.1 * room;
  const aHeight = 0.33 * room;
  const deltaHalf = 0.1 * room;
  return {
    ...place,
    z: { top, middle: top + half, half },
    a: { top: aTop, height: aHeight, bottom: aTop + aHeight },
    delta: { middle: aTop + aHeight + 0.07 * room + deltaHalf, half: deltaHalf },
  };
}

/**
 * The end of the axis of δ: 1, which is all that a one-hot target can ask for, or the next whole number beyond.
 * @param {readonly number[]} delta
 */
export function deltaEnd(delta) {
  return Math.max(1, ...delta.filter(Number.isFinite).map((value) => Math.ceil(Math.abs(value) - 1e-9)));
}
