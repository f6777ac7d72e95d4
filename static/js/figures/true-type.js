// @ts-check
/** Type of its true size in a picture that is drawn in units of its own and scaled to its box. */

/**
 * Keeps in `--unit` how many of the picture's units a pixel of the screen has: `calc(var(--type-1) * var(--unit))` is then
 * as large in the picture as beside it, whatever the picture is scaled to.
 * @param {SVGSVGElement} picture
 * @returns {() => void} dispose
 */
export function trueType(picture) {
  const measure = () => {
    const scale = picture.getScreenCTM()?.d ?? 0;
    if (scale > 0) picture.style.setProperty('--unit', (1 / scale).toFixed(3));
  };
  const watcher = new ResizeObserver(measure);
  watcher.observe(picture);
  return () => watcher.disconnect();
}
