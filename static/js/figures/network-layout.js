// @ts-check
/** Where the drawn network's units are. Coordinates are those of the picture's view box. */

export const WIDTH = 440;
export const HEIGHT = 360;
export const TOP = 26;
export const BOTTOM = 30;
/** A unit as small as this shows no number inside. */
export const READABLE = 13;
/** 64 inputs are drawn as the picture that they are. */
export const PICTURE = { inputs: 64, side: 8, size: 104 };
/** More lines than this between two layers are a grey wall: the heat maps show them better. */
const MOST_EDGES = 400;
const LARGEST = 18;
/** An output shows three decimals. */
const LARGEST_OUTPUT = 22;
const LEFT = 64;
/** Room for a number beside an output that is too small to hold it. */
const BESIDE = 40;

/** @typedef {{ x: number, radius: number, count: number, y: number[] }} Column */

/**
 * The places of a layer's units.
 * @param {readonly number[]} sizes units of every layer
 * @param {number} layer
 * @param {readonly string[]} names of the classes
 * @returns {Column}
 */
export function places(sizes, layer, names) {
  const last = sizes.length - 1;
  const gap = (HEIGHT - TOP - BOTTOM) / sizes[layer];
  const longest = Math.max(...names.map(widthOf));
  const beside = radiusOf(sizes[last], LARGEST_OUTPUT) < READABLE ? BESIDE : 0;
  const right = WIDTH - 30 - beside - Math.min(110, longest);
  return {
    x: LEFT + ((right - LEFT) * layer) / last,
    radius: radiusOf(sizes[layer], layer === last ? LARGEST_OUTPUT : LARGEST),
    count: sizes[layer],
    y: Array.from({ length: sizes[layer] }, (_, i) => TOP + gap * (i + 0.5)),
  };
}

/** About how wide a name is drawn; Chinese characters are twice as wide as letters. @param {string} name */
export function widthOf(name) {
  return [...name].reduce((width, letter) => width + (letter > '\u2e7f' ? 13 : 7.5), 0);
}

/** @param {number} count @param {number} largest */
function radiusOf(count, largest) {
  return Math.max(1.5, Math.min(largest, (0.42 * (HEIGHT - TOP - BOTTOM)) / count));
}

/** Whether the weights that lead into a layer are drawn as lines. @param {readonly number[]} sizes @param {number} layer ≥ 1 */
export function drawsEdges(sizes, layer) {
  return sizes[layer - 1] * sizes[layer] <= MOST_EDGES && !(layer === 1 && sizes[0] === PICTURE.inputs);
}
