// @ts-check
/** Each sample's part of the gradient as a tile; pointing at one chooses the sample, and all of them sum to the gradient. */

import { html, say, set } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { colour, onTheme, rgb } from '../../kit/colours.js';
import { power } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { sumOf, tilesOf } from '../../nn/tiles.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./walks.js').Answer} Answer */

/** Pixels of an entry of a tile, and between two tiles. */
const PIXEL = 4;
const GAP = 3;
/** Tiles in a row. */
const ACROSS = 25;

/**
 * @param {HTMLElement} element
 * @param {{ state: import('../../kit/observable.js').Watched<State>, answer: import('../../kit/observable.js').Watched<Answer | null> }} model
 * @param {(sample: number) => void} choose called with the sample whose tile was pressed, from 0
 */
export function walkTiles(element, { state, answer }, choose) {
  const canvas = html('canvas', { role: 'img' });
  const words = html('p', { class: 'quiet' });
  const title = html('h2', {}, t('network.tiles'));
  element.replaceChildren(title, words, canvas);
  let [across, width, height, count] = [1, 1, 1, 0];

  const paint = () => {
    const now = answer.value;
    const line = now?.walk.lines[state.value.line - 1];
    element.hidden = now === null || line === undefined || line.kind !== 'dw';
    if (now === null || line === undefined || element.hidden) return;
    const { walk } = now;
    const tiles = tilesOf(walk.a[line.layer - 2], walk.delta[line.layer - 2]);
    const sum = sumOf(tiles);
    const slope = walk.gradient.w[line.layer - 2];
    const gap = Math.max(...sum.flatMap((row, j) => row.map((value, i) => Math.abs(value - slope[j][i]))));
    say(words, t('network.tiles.words', { n: walk.samples, gap: gap === 0 ? '0' : power(gap, 0) }));
    words.dataset.gap = String(gap);
    [width, height, count] = [sum[0].length * PIXEL + GAP, sum.length * PIXEL + GAP, tiles.length];
    across = Math.min(ACROSS, count);
    set(canvas, { width: String(across * width + GAP), height: String(Math.ceil(count / across) * height + GAP) });
    canvas.setAttribute('aria-label', words.textContent ?? '');
    drawTiles(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')), tiles, state.value.sample, {
      across,
      width,
      height,
    });
  };
  canvas.addEventListener('click', (event) => {
    const scale = canvas.width / canvas.clientWidth;
    const [x, y] = [
      Math.floor((event.offsetX * scale - GAP) / width),
      Math.floor((event.offsetY * scale - GAP) / height),
    ];
    const sample = y * across + x;
    if (x >= 0 && x < across && sample >= 0 && sample < count) choose(sample);
  });
  const follow = whileSeen(element, paint);
  for (const source of [state, answer]) source.link(follow);
  onTheme(paint);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly number[][][]} tiles
 * @param {number} chosen
 * @param {{ across: number, width: number, height: number }} grid
 */
function drawTiles(context, tiles, chosen, { across, width, height }) {
  const tokens = ['--minus', '--neutral', '--plus', '--ink'];
  const [minus, neutral, plus, ink] = tokens.map((token) => rgb(colour(token)));
  const largest = Math.max(...tiles.flat(2).map(Math.abs), 1e-300);
  const image = context.createImageData(context.canvas.width, context.canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const fill = (/** @type {number[]} */ [left, top, across, down], /** @type {number[]} */ [red, green, blue]) => {
    const shade = (255 << 24) | (blue << 16) | (green << 8) | red;
    for (let y = top; y < top + down; y += 1)
      pixels.fill(shade, y * image.width + left, y * image.width + left + across);
  };
  tiles.forEach((tile, sample) => {
    const [left, top] = [GAP + (sample % across) * width, GAP + Math.floor(sample / across) * height];
    if (sample === chosen) fill([left - 2, top - 2, width - GAP + 4, height - GAP + 4], ink);
    tile.forEach((row, j) => {
      row.forEach((value, i) => {
        const [side, share] = [value < 0 ? minus : plus, Math.sqrt(Math.abs(value) / largest)];
        const shade = neutral.map((base, k) => Math.round(base + share * (side[k] - base)));
        fill([left + i * PIXEL, top + j * PIXEL, PIXEL, PIXEL], shade);
      });
    });
  });
  context.putImageData(image, 0, 0);
}
