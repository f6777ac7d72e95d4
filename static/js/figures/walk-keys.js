// @ts-check
/** Keys that walk through steps, wherever the focus is. */

/** Where an arrow key has a meaning of its own. */
const OWN_ARROWS = 'input, select, textarea, [role="tablist"]';

/** @param {Record<string, () => void>} walks by key */
export function walkKeys(walks) {
  document.addEventListener('keydown', (event) => {
    const walk = walks[event.key];
    if (!walk || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(OWN_ARROWS)) return;
    event.preventDefault();
    walk();
  });
}
