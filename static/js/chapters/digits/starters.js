// @ts-check
/** The networks that were trained at set-up, and held-out images, each fetched once. */
import { readNetwork } from '../../nn/digits.js';
import { bytes, once } from '../../runs/files.js';

/** @typedef {{ label: number, pixels: Float32Array }} Image */

/** Where set-up has put them. */
const MADE = new URL('../../../made/', import.meta.url).href;
/** What a pixel of full ink is, and the side, in the files of held-out images. @type {Record<string, { ink: number, side: number }>} */
const IMAGES = { '28x28': { ink: 255, side: 28 }, '8x8': { ink: 16, side: 8 } };

export function starters() {
  return {
    network: once(async (form) => readNetwork(await bytes(`${MADE}starter-${form}.bin`))),
    images: once(async (form) => readImages(await bytes(`${MADE}held-out-${form}.bin`), IMAGES[form])),
  };
}

/** @param {ArrayBuffer} content @param {{ ink: number, side: number }} form @returns {Image[]} */
function readImages(content, { ink, side }) {
  const raw = new Uint8Array(content);
  const record = 1 + side * side;
  return Array.from({ length: raw.length / record }, (_, n) => ({
    label: raw[n * record],
    pixels: Float32Array.from(raw.subarray(n * record + 1, (n + 1) * record), (value) => value / ink),
  }));
}
