// @ts-check
/** What `/digits` is about: which network looks, what it is asked about, and how. The drawing itself is ink. */
import { choice, number } from '../../kit/address.js';

/**
 * `net`: which starter; `chosen`: the class that is explained, −1 for the best; `temperature`: of the outputs; `image`: a
 * held-out image on the canvas, from 1, 0 for a drawing; `pen`: the pen's width in hundredths of the paper; `epochs`: how long
 * a training from here is.
 * @typedef {{
 *   net: '28x28' | '8x8', chosen: number, temperature: number, image: number, pen: number, epochs: number
 * }} State
 */

export const IMAGES = 100;
export const EPOCHS = { low: 1, high: 1000, whole: true };

/** @param {readonly string[]} nets those that are there, the best first @returns {import('../../kit/address.js').Table} */
export function digitsTable(nets) {
  return {
    net: choice(nets[0], nets),
    chosen: number(-1, { low: -1, high: 9, whole: true }),
    temperature: number(1, { low: 0.1, high: 20 }),
    image: number(0, { low: 0, high: IMAGES, whole: true }),
    epochs: number(30, EPOCHS),
    pen: number(8, { low: 2, high: 16, whole: true }),
  };
}
