// @ts-check
/** Every parameter array as a heat map: with numbers where they fit, as a picture where they do not. */

import { html, say, set } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { colour, onTheme, rgb } from '../../kit/colours.js';
import { signed } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';

/** @typedef {import('./page.js').Shown} Shown */

const MOST_ROWS = 8;
const MOST_COLUMNS = 12;
/** CSS pixels: of one weight at the most, and of a whole picture. */
const PIXELS = 6;
const WIDEST = 240;
const HIGHEST = 130;

/**
 * @param {HTMLElement} element
 * @param {{ shown: import('../../kit/observable.js').Watched<Shown | null> }} model
 * @returns {() => void} dispose
 */
export function weights(element, { shown }) {
  let built = '';
  /** @type {((array: readonly (readonly number[])[]) => void)[]} */
  let painters = [];
  const paint = () => {
    if (shown.value === null) return;
    const arrays = arraysOf(shown.value);
    const key = arrays.map(({ rows }) => `${rows.length}×${rows[0].length}`).join();
    if (key !== built) {
      const maps = arrays.map(heatMap);
      const pairs = maps.flatMap(({ figure }, i) =>
        i % 2 === 0 ? [html('div', { class: 'layer-arrays' }, figure, maps[i + 1].figure)] : [],
      );
      element.replaceChildren(...pairs);
      painters = maps.map(({ update }) => update);
      built = key;
    }
    arrays.forEach(({ rows }, i) => {
      painters[i](rows);
    });
  };
  const disposers = [shown.link(whileSeen(element, paint, nextFrame)), onTheme(() => nextFrame(paint))];
  return () => {
    for (const dispose of disposers) dispose();
  };
}

/**
 * W2, b2, W3, b3 … in the article's order; layers are numbered from 1, the inputs.
 * @param {Pick<Shown, 'parameters'>} shown
 */
export function arraysOf({ parameters }) {
  return parameters.w.flatMap((w, layer) => [
    { name: `W${layer + 2}`, rows: w },
    { name: `b${layer + 2}`, rows: [parameters.b[layer]] },
  ]);
}

/** @param {{ name: string, rows: readonly (readonly number[])[] }} array */
function heatMap({ name, rows }) {
  const [height, width] = [rows.length, rows[0].length];
  const head = html('h3', {}, name, ' ', html('small', { class: 'quiet' }, `${height}×${width}`));
  const range = html('small', { class: 'quiet range' });
  const small = height <= MOST_ROWS && width <= MOST_COLUMNS;
  const map = small ? numbered(name, height, width) : pictured(name, height, width);
  const figure = html(
    'figure',
    { class: 'array', 'data-array': name },
    html('figcaption', {}, head),
    map.element,
    range,
  );
  return {
    figure,
    update: (/** @type {readonly (readonly number[])[]} */ now) => {
      const largest = Math.max(...now.flat().map(Math.abs), 1e-9);
      map.paint(now, largest);
      say(range, small ? '' : `±${largest.toPrecision(2)}`);
    },
  };
}

/** @param {string} name @param {number} height @param {number} width */
function numbered(name, height, width) {
  const cells = Array.from({ length: height }, () => Array.from({ length: width }, () => html('td')));
  const body = html('tbody', {}, ...cells.map((row) => html('tr', {}, ...row)));
  const caption = html('caption', { class: 'unseen' }, t('train.array', { name }));
  const element = html('table', { class: 'heat' }, caption, body);
  const paint = (/** @type {readonly (readonly number[])[]} */ rows, /** @type {number} */ largest) => {
    rows.forEach((row, j) => {
      row.forEach((value, i) => {
        const cell = cells[j][i];
        say(cell, signed(value, Math.abs(value) >= 99.95 ? 0 : 1));
        set(cell, { 'data-sign': value < 0 ? '-' : '+', title: String(value) });
        cell.style.setProperty('--share', Math.min(1, Math.abs(value) / largest).toFixed(2));
      });
    });
  };
  return { element, paint };
}

/** @param {string} name @param {number} height @param {number} width */
function pictured(name, height, width) {
  const turned = height > 3 * width;
  const [across, down] = turned ? [height, width] : [width, height];
  const element = html('canvas', { width: across, height: down, role: 'img' });
  element.setAttribute('aria-label', t('train.array', { name }));
  const pixel = Math.min(PIXELS, WIDEST / across, HIGHEST / down);
  element.style.width = `${pixel * across}px`;
  element.style.height = `${pixel * down}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (element.getContext('2d'));
  const paint = (/** @type {readonly (readonly number[])[]} */ rows, /** @type {number} */ largest) => {
    const [minus, neutral, plus] = ['--minus', '--neutral', '--plus'].map((token) => rgb(colour(token)));
    const image = context.createImageData(element.width, element.height);
    rows.forEach((row, j) => {
      row.forEach((value, i) => {
        const at = 4 * (turned ? i * element.width + j : j * element.width + i);
        const share = Math.min(1, Math.abs(value) / largest);
        const side = value < 0 ? minus : plus;
        for (let k = 0; k < 3; k += 1) image.data[at + k] = neutral[k] + share * (side[k] - neutral[k]);
        image.data[at + 3] = 255;
      });
    });
    context.putImageData(image, 0, 0);
  };
  return { element, paint };
}
