// @ts-check
/** Images of a few pixels, in ink or in the colours of plus and minus. */
import { colour, rgb } from '../../kit/colours.js';

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values a square, row by row
 * @param {number} [largest] of a signed image; 0: ink from 0 to 1
 */
export function paintPixels(canvas, values, largest = 0) {
  const side = Math.round(Math.sqrt(values.length));
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const [minus, neutral, plus] = (largest > 0 ? ['--minus', '--neutral', '--plus'] : ['--ink', '--field', '--ink']).map(
    (token) => rgb(colour(token)),
  );
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(side, side);
  for (let p = 0; p < values.length; p += 1) {
    const end = values[p] < 0 ? minus : plus;
    const share = Math.min(1, Math.abs(values[p]) / (largest > 0 ? largest : 1));
    for (let part = 0; part < 3; part += 1)
      image.data[4 * p + part] = neutral[part] + share * (end[part] - neutral[part]);
    image.data[4 * p + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** The largest size of a number. @param {ArrayLike<number>} values */
export function largestOf(values) {
  let most = 1e-12;
  for (let p = 0; p < values.length; p += 1) most = Math.max(most, Math.abs(values[p]));
  return most;
}
