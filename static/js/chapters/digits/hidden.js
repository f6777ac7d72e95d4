// @ts-check
/** The hidden units as the images that they look for, each framed by how active it is now. */

import { html, set } from '../../figures/dom.js';
import { onTheme } from '../../kit/colours.js';
import { fixed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { largestOf, paintPixels } from './pixels.js';

/** @typedef {import('../../nn/digits.js').Network} Network */

/** @param {HTMLElement} element */
export function digitHidden(element) {
  /** @type {{ root: HTMLElement, canvas: HTMLCanvasElement }[]} */
  let units = [];
  /** @type {Network | null} */
  let drawn = null;
  const images = (/** @type {Network} */ network) => {
    if (units.length !== network.hidden) {
      units = Array.from({ length: network.hidden }, () => {
        const canvas = html('canvas', { role: 'img' });
        return { root: html('li', {}, canvas), canvas };
      });
      element.replaceChildren(...units.map(({ root }) => root));
    }
    units.forEach(({ canvas }, h) => {
      const weights = Float32Array.from({ length: network.pixels }, (_, p) => network.w1[p * network.hidden + h]);
      paintPixels(canvas, weights, largestOf(weights));
    });
    drawn = network;
  };
  onTheme(() => drawn && images(drawn));
  return {
    /** @param {Network} network @param {readonly number[]} hidden */
    paint(network, hidden) {
      if (drawn !== network) images(network);
      units.forEach(({ root, canvas }, h) => {
        root.style.setProperty('--share', hidden[h].toFixed(2));
        set(canvas, { 'aria-label': t('digits.hidden.unit', { n: h + 1, a: fixed(hidden[h]) }) });
      });
    },
  };
}
