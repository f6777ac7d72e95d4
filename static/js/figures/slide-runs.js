// @ts-check
import { byKey } from './slider.js';

/**
 * Tells of each `input` of a slider whether it goes on with the one before: what is undone together.
 * @param {HTMLInputElement} slider
 * @param {(value: number, goesOn: boolean) => void} moved
 */
export function slideRuns(slider, moved) {
  const key = byKey(slider);
  let run = '';
  slider.addEventListener('input', () => {
    const now = key() ? 'keys' : 'hand';
    moved(slider.valueAsNumber, run === now);
    run = now;
  });
  const part = () => {
    run = '';
  };
  for (const name of ['blur', 'pointerdown']) slider.addEventListener(name, part);
  slider.addEventListener('keydown', ({ ctrlKey, metaKey }) => (ctrlKey || metaKey) && part());
}
