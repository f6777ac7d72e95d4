// @ts-check
/** What `/digits` is about: the drawing, which network looks at it, what it is asked, and what a training from here is like. */
import { choice, number } from '../../kit/address.js';
import { readStrokes, way, written } from '../../nn/strokes.js';

/** @typedef {import('../../nn/strokes.js').Stroke} Stroke */
/**
 * `net`: which starter; `chosen`: the class that is explained, −1 for the best; `temperature`: of the outputs; `drawing`: on
 * the paper; `image`: a held-out image in its place, from 1, 0 for none; `nudges`: the digits into which it was nudged, in
 * turn; `target`: the one it is to be fooled into, −1 for the runner-up; `pen`: the pen's width in hundredths of the paper;
 * `form`, `start`, `pair`, `epochs`: of a training from here; `label`: what a drawing is kept as.
 * @typedef {{
 *   net: '28x28' | '8x8', chosen: number, temperature: number, drawing: readonly Stroke[], image: number,
 *   nudges: readonly number[], target: number, pen: number, form: string, start: string, pair: string, epochs: number,
 *   label: number,
 * }} State
 */

export const IMAGES = 100;
export const EPOCHS = { low: 1, high: 1000, whole: true };
/** More nudges than this are forgotten, the first ones first. */
const MOST_NUDGES = 20;
export const PAIRS = ['softmax log-likelihood', 'softmax quadratic', 'sigmoid cross-entropy', 'sigmoid quadratic'];
const DIGIT = { low: -1, high: 9, whole: true };

/** For a page that is opened without a drawing, something to look at: a seven that every network knows. @type {readonly Stroke[]} */
export const SEVEN = [
  { pen: 9, points: line([90, 70], [190, 70]) },
  { pen: 9, points: line([190, 70], [130, 220]) },
];

/** @param {readonly string[]} nets those that are there, the best first @returns {import('../../kit/address.js').Table} */
export function digitsTable(nets) {
  return {
    net: choice(nets[0], nets),
    chosen: number(-1, DIGIT),
    temperature: number(1, { low: 0.1, high: 20 }),
    drawing: { initial: SEVEN, read: readStrokes, write: written },
    image: number(0, { low: 0, high: IMAGES, whole: true }),
    nudges: {
      initial: [],
      read: (text) => (/^\d*$/.test(text) && text.length <= MOST_NUDGES ? [...text].map(Number) : undefined),
      write: (nudges) => nudges.join(''),
    },
    target: number(-1, DIGIT),
    pen: number(8, { low: 2, high: 16, whole: true }),
    form: choice(nets[nets.length - 1], nets),
    start: choice('scaled', ['scaled', 'article']),
    pair: choice(PAIRS[0], PAIRS),
    epochs: number(30, EPOCHS),
    label: number(0, { low: 0, high: 9, whole: true }),
  };
}

/** An image stands in the drawing's place. @param {any} given as readUrl returns it @returns {State} */
export function fromUrl(given) {
  return given.image > 0 ? { ...given, drawing: SEVEN } : given;
}

/** @param {State} state @param {number} target @returns {State} nudged once more */
export function nudged(state, target) {
  return { ...state, nudges: [...state.nudges, target].slice(-MOST_NUDGES) };
}

/** @param {readonly [number, number]} from @param {readonly [number, number]} to in half units */
function line(from, to) {
  return [...from, ...way(from, to).flat()];
}
