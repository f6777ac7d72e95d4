// @ts-check
import { isSpare } from './spare-keys.js';

/** Keys that walk through steps, where nothing else needs them. @param {Record<string, () => void>} walks by key */
export function walkKeys(walks) {
  document.addEventListener('keydown', (event) => {
    const walk = walks[event.key];
    if (!walk || event.shiftKey || !isSpare(event)) return;
    event.preventDefault();
    walk();
  });
}
