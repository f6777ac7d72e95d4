// @ts-check
/** The hand that draws: its stroke is on the ink at once and part of the scene when it ends. */
import { onGrid, stretch, way } from '../../nn/strokes.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('../../nn/strokes.js').Point} Point */

/**
 * @param {{ state: import('../../kit/observable.js').Watched<State>, gesture: any }} model
 * @param {{ begun: (now: State) => void, ink: () => Float32Array, ended: (now: State) => void }} page `begun`: the paper is
 * that of this scene; `ended`: the ink is already that of this scene
 */
export function drawingHand({ state, gesture }, page) {
  /** @type {[number, number][]} */
  let points = [];

  return {
    /** A stroke begins: on a new paper where an image lies, or what was nudged. */
    begun() {
      const { image, nudges, drawing } = state.value;
      gesture.begin('draw');
      const next = { ...state.value, drawing: image > 0 || nudges.length > 0 ? [] : drawing, image: 0, nudges: [] };
      points = [];
      page.begun(next);
      gesture.move(next);
    },
    /** @param {Point | null} from @param {Point} to @returns {Point} where the pen is now */
    stroke(from, to) {
      const { pen } = state.value;
      const start = onGrid(from ?? to);
      if (points.length === 0) {
        points = [start];
        stretch(page.ink(), start, start, pen);
      }
      for (const point of way(/** @type {[number, number]} */ (points.at(-1)), onGrid(to))) {
        stretch(page.ink(), /** @type {[number, number]} */ (points.at(-1)), point, pen);
        points.push(point);
      }
      return to;
    },
    ended() {
      if (points.length > 0) {
        const { pen, drawing } = state.value;
        const next = { ...state.value, drawing: [...drawing, { pen, points: points.flat() }] };
        points = [];
        page.ended(next);
        gesture.move(next);
      }
      gesture.end();
    },
  };
}
