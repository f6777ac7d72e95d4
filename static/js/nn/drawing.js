// @ts-check
/**
 * From a drawing to what a network was trained on. Ink is a square of numbers from 0 (paper) to 1, row by row; MNIST's way:
 * the drawing's box is scaled into 20 × 20, and its centre of mass is put into the middle of 28 × 28. The 8 × 8 digits are
 * scaled into the whole square, of which 8 × 8 blocks are averaged.
 */

/** Side of the ink that is drawn on. */
export const SIDE = 140;
/** Ink fainter than this does not belong to the drawing. */
const FAINT = 0.05;

/** @typedef {{ side: number, box: number, byMass: boolean }} Form */

/** @type {Readonly<Record<string, Form>>} */
export const FORMS = Object.freeze({
  '28x28': { side: 28, box: 20, byMass: true },
  '8x8': { side: 8, box: 8, byMass: false },
});

/** @returns {Float32Array} nothing drawn */
export function paper() {
  return new Float32Array(SIDE * SIDE);
}

/**
 * Draws a line with a round pen; ink that is there stays. Coordinates are those of the ink.
 * @param {Float32Array} ink is changed
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 * @param {number} radius
 */
export function draw(ink, from, to, radius) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const [left, right] = [Math.min(from.x, to.x) - radius - 1, Math.max(from.x, to.x) + radius + 1];
  const [top, bottom] = [Math.min(from.y, to.y) - radius - 1, Math.max(from.y, to.y) + radius + 1];
  for (let y = Math.max(0, Math.floor(top)); y <= Math.min(SIDE - 1, bottom); y += 1) {
    for (let x = Math.max(0, Math.floor(left)); x <= Math.min(SIDE - 1, right); x += 1) {
      const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const cover = radius + 0.5 - Math.hypot(px - along * dx, py - along * dy);
      if (cover > 0) ink[y * SIDE + x] = Math.max(ink[y * SIDE + x], Math.min(1, cover));
    }
  }
}

/**
 * The smallest box that holds the drawing; null where nothing is drawn.
 * @param {Float32Array} ink
 */
export function boxOf(ink) {
  let [left, top, right, bottom] = [SIDE, SIDE, -1, -1];
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      if (ink[y * SIDE + x] > FAINT) {
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      }
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * What a network sees of a drawing.
 * @param {Float32Array} ink
 * @param {Form} form
 * @returns {Float32Array} side × side numbers from 0 to 1
 */
export function seen(ink, { side, box, byMass }) {
  const result = new Float32Array(side * side);
  const found = boxOf(ink);
  if (found === null) return result;
  const scale = box / Math.max(found.width, found.height);
  const [width, height] = [found.width, found.height].map((length) => Math.max(1, Math.round(length * scale)));
  const small = scaled(ink, found, width, height);
  const [x, y] = byMass ? byCentreOfMass(small, width, height, side) : [(side - width) / 2, (side - height) / 2];
  const [left, top] = [clamp(Math.round(x), side - width), clamp(Math.round(y), side - height)];
  for (let row = 0; row < height; row += 1) {
    result.set(small.subarray(row * width, (row + 1) * width), (top + row) * side + left);
  }
  return result;
}

/** @param {number} value @param {number} most */
function clamp(value, most) {
  return Math.min(Math.max(value, 0), most);
}

/** Where the box goes so that the ink's centre of mass is in the middle. @param {Float32Array} small @param {number} width @param {number} height @param {number} side */
function byCentreOfMass(small, width, height, side) {
  let [mass, sumX, sumY] = [0, 0, 0];
  small.forEach((value, index) => {
    mass += value;
    sumX += value * ((index % width) + 0.5);
    sumY += value * (Math.floor(index / width) + 0.5);
  });
  return mass === 0 ? [(side - width) / 2, (side - height) / 2] : [side / 2 - sumX / mass, side / 2 - sumY / mass];
}

/** Points that are averaged across an entry. */
const SUB = 6;

/**
 * A part of the ink in fewer numbers, each the mean of what it covers.
 * @param {Float32Array} ink
 * @param {{ left: number, top: number, width: number, height: number }} box
 * @param {number} width
 * @param {number} height
 */
function scaled(ink, box, width, height) {
  const small = new Float32Array(width * height);
  const [stepX, stepY] = [box.width / width / SUB, box.height / height / SUB];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let v = 0; v < SUB; v += 1) {
        const row = Math.floor(box.top + (y * SUB + v + 0.5) * stepY) * SIDE;
        for (let u = 0; u < SUB; u += 1) sum += ink[row + Math.floor(box.left + (x * SUB + u + 0.5) * stepX)];
      }
      small[y * width + x] = sum / (SUB * SUB);
    }
  }
  return small;
}

/**
 * An image as ink: every pixel a square in the middle of the paper.
 * @param {ArrayLike<number>} image numbers from 0 to 1
 * @returns {Float32Array}
 */
export function inked(image) {
  const side = Math.round(Math.sqrt(image.length));
  const pixel = Math.floor(SIDE / side);
  const margin = Math.floor((SIDE - pixel * side) / 2);
  const ink = paper();
  for (let index = 0; index < image.length; index += 1) {
    const [x, y] = [margin + (index % side) * pixel, margin + Math.floor(index / side) * pixel];
    for (let row = 0; row < pixel; row += 1) ink.fill(image[index], (y + row) * SIDE + x, (y + row) * SIDE + x + pixel);
  }
  return ink;
}
