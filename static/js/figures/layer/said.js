// @ts-check
import { soon } from '../../kit/frame.js';
import { shapeOf } from '../../kit/saying.js';
import { layerSaying } from './told.js';
import { phrase } from './words.js';

/** @typedef {import('../../kit/saying.js').Saying} Saying */

/** Milliseconds of rest after which a screen reader is told: it should hear the end of a drag, not its middle. */
const REST = 600;

/**
 * One sentence that says what just happened; the same in the page's live region once it rests.
 * @param {HTMLElement} element
 * @param {HTMLElement | null} live
 * @param {import('./controls.js').Model} model
 * @param {(trail: any, now: any) => Saying} [tell] what there is to say of the last gesture
 * @returns {() => void} dispose
 */
export function said(element, live, { layer, gesture }, tell = layerSaying) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let shown = '';
  /** @type {ReturnType<typeof phrase> | undefined} */
  let words;
  const paint = () => {
    const told = tell(gesture.trail.value, layer.value);
    const now = shapeOf(told);
    if (now !== shown) {
      words = phrase(told.key, told.values);
      element.replaceChildren(...words.nodes);
    }
    shown = now;
    words?.update(told.values);
    clearTimeout(timer);
    if (!live || gesture.trail.value.kind === 'none') return;
    timer = setTimeout(() => {
      live.textContent = element.textContent;
    }, REST);
  };
  const unlink = layer.link(() => soon(paint));
  return () => {
    clearTimeout(timer);
    unlink();
  };
}
