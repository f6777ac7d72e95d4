// @ts-check
/** A picture drawn in the screen's pixels: its own size, the size of its type, and when either has changed. */
import { onTheme, rem } from '../kit/colours.js';
import { nextFrame } from '../kit/frame.js';
import { set } from './dom.js';

/** @typedef {import('./network-layout.js').Frame} Frame */

/**
 * Draws again in the next frame whenever the picture's size, the theme or its type has changed. The frame is measured once
 * for each: to ask at every drawing would cost a layout each time.
 * @param {SVGSVGElement} element its units are the screen's pixels
 * @param {() => void} redraw
 * @returns {{ frame: () => Frame, dispose: () => void }}
 */
export function framed(element, redraw) {
  /** @type {Frame | null} */
  let measured = null;
  const again = () => {
    measured = null;
    nextFrame(redraw);
  };
  const watcher = new ResizeObserver(again);
  watcher.observe(element);
  const unlink = onTheme(again);
  return {
    frame: () => {
      measured ??= measure(element);
      return measured;
    },
    dispose: () => {
      watcher.disconnect();
      unlink();
    },
  };
}

/** @param {SVGSVGElement} element @returns {Frame} */
function measure(element) {
  const { width, height } = element.getBoundingClientRect();
  set(element, { viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}` });
  return { width, height, unit: rem() };
}
