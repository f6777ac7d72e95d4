// @ts-check
/**
 * Where the drawn network's units are, in pixels. Pure geometry; `unit` is the size of the type (a rem), so that circles and
 * names grow with the projector's type and the picture fills what it is given.
 */

/** 64 inputs are drawn as the picture that they are. */
export const PICTURE = { inputs: 64, side: 8 };
/** More lines than this between two layers are a grey wall: the heat maps show them better. */
const MOST_EDGES = 400;
/** In rem: what the picture of the inputs measures, the largest circle, the smallest that a number fits into. */
const PICTURED = 6.5;
const LARGEST = 1.05;
const READABLE = 0.75;
/** In rem: above the first unit, for the captions below, for a line of type, for a number in large type. */
const TOP = 0.4;
const CAPTIONS = 1.5;
const LINE = 1.1;
const NUMBER = 3.2;

/** @typedef {{ width: number, height: number, unit: number }} Frame */
/** @typedef {{ x: number, radius: number, count: number, y: number[], readable: boolean, named: boolean }} Column */

/**
 * The places of every layer's units.
 * @param {Frame} frame
 * @param {readonly number[]} sizes units of every layer
 * @param {{ inputs: readonly string[], classes: readonly string[] }} names
 * @returns {Column[]}
 */
export function columns(frame, sizes, { inputs, classes }) {
  const { width, unit } = frame;
  const last = sizes.length - 1;
  const asPicture = sizes[0] === PICTURE.inputs;
  const radii = sizes.map((_, layer) => radiusOf(frame, sizes, layer));
  const named = !asPicture && hasNames(frame, sizes);
  const longest = Math.max(...inputs.map((name) => widthOf(name, unit)));
  const left = asPicture ? (PICTURED / 2) * unit : Math.max(radii[0], named ? longest / 2 : 0);
  const stacked = stacks(frame, sizes);
  const longestClass = Math.max(...classes.map((name) => widthOf(name, unit, OUTPUT_TYPE)));
  const beside = stacked ? Math.max(longestClass, NUMBER * unit) : longestClass + NUMBER * unit;
  const right = width - radii[last] - 0.4 * unit - Math.min(0.45 * width, beside);
  // The names under the inputs end before the next column begins.
  const second = Math.max(left + (right - left) / last, named ? longest + radii[1] + 0.25 * unit : 0);
  return sizes.map((count, layer) => {
    const gap = (frame.height - (TOP + CAPTIONS) * unit) / count;
    const lifted = layer === 0 && named ? (LINE * unit) / 2 : 0;
    return {
      x: layer === 0 ? left : last === 1 ? right : second + ((right - second) * (layer - 1)) / (last - 1),
      radius: radii[layer],
      count,
      y: Array.from({ length: count }, (_, i) => TOP * unit + gap * (i + 0.5) - lifted),
      readable: radii[layer] >= READABLE * unit,
      named: layer === 0 && named,
    };
  });
}

/** Whether an output's name, its value and one number more have room under each other; else they stand in one line. @param {Frame} frame @param {readonly number[]} sizes */
function stacks({ height, unit }, sizes) {
  return (height - (TOP + CAPTIONS) * unit) / sizes[sizes.length - 1] >= 3 * LINE * unit;
}

/**
 * Where an output's name and its numbers begin, in the order in which they are read.
 * @param {Frame} frame
 * @param {readonly number[]} sizes
 * @param {Column} column of the outputs
 * @param {number} i
 * @param {readonly string[]} texts the name, then as many numbers as will stand there
 * @returns {{ x: number, y: number }[]}
 */
export function besideOutput(frame, sizes, column, i, texts) {
  const { unit } = frame;
  const x = column.x + column.radius + 0.4 * unit;
  const y = column.y[i];
  if (stacks(frame, sizes)) return texts.map((_, k) => ({ x, y: y + (k - (texts.length - 1) / 2) * LINE * unit }));
  const after = x + widthOf(texts[0], unit, OUTPUT_TYPE) + 0.3 * unit;
  return texts.map((_, k) => ({ x: k === 0 ? x : after + (k - 1) * NUMBER * unit, y }));
}

/** The height of the captions under the columns. @param {Frame} frame */
export function captionHeight({ height, unit }) {
  return height - 0.6 * unit;
}

/** The side of the inputs' picture, and its top. @param {Frame} frame */
export function pictured({ height, unit }) {
  const size = PICTURED * unit;
  return { size, top: (TOP * unit + height - CAPTIONS * unit - size) / 2 };
}

/** In rem: the type of names and of an output's name. */
const TYPE = 0.75;
const OUTPUT_TYPE = 0.8125;

/** About how wide a text is drawn; Chinese characters are twice as wide as letters. @param {string} text @param {number} unit @param {number} [type] in rem */
export function widthOf(text, unit, type = TYPE) {
  const letters = [...text].reduce((width, letter) => width + (letter > '\u2e7f' ? 1.05 : 0.56), 0);
  return letters * type * unit;
}

/** Whether a line of type has room under every input. @param {Frame} frame @param {readonly number[]} sizes */
function hasNames({ height, unit }, sizes) {
  return (height - (TOP + CAPTIONS) * unit) / sizes[0] >= (2 * READABLE + LINE) * unit;
}

/** A circle as large as its row allows; under an input its name has room. @param {Frame} frame @param {readonly number[]} sizes @param {number} layer */
function radiusOf({ height, unit }, sizes, layer) {
  const gap = (height - (TOP + CAPTIONS) * unit) / sizes[layer];
  const under = layer === 0 && hasNames({ width: 0, height, unit }, sizes) ? LINE * unit : 0;
  return Math.max(1.5, Math.min(LARGEST * unit, 0.46 * (gap - under)));
}

/** Whether the weights that lead into a layer are drawn as lines. @param {readonly number[]} sizes @param {number} layer ≥ 1 */
export function drawsEdges(sizes, layer) {
  return sizes[layer - 1] * sizes[layer] <= MOST_EDGES && !(layer === 1 && sizes[0] === PICTURE.inputs);
}

/**
 * A caption under every column, moved aside where its neighbour needs the room; the short words where the long ones have none.
 * @param {Frame} frame
 * @param {readonly Column[]} all
 * @param {readonly string[]} long
 * @param {readonly string[]} short
 * @returns {{ x: number, text: string }[]}
 */
export function captions({ width, unit }, all, long, short) {
  const spread = (/** @type {readonly string[]} */ texts) => {
    let free = 0;
    return texts.map((text, i) => {
      const half = widthOf(text, unit) / 2;
      const x = Math.max(all[i].x, free + half);
      free = x + half + 0.5 * unit;
      return { x, text, end: x + half };
    });
  };
  const wished = spread(long);
  return wished[wished.length - 1].end <= width ? wished : spread(short);
}
