// @ts-check
/** What the theme's tokens have come to, for those who cannot read `var()`: charts and canvases. */
import { THEME_CHANGED } from './theme.js';

/** What the theme's tokens have come to, until it changes: to ask the browser costs a layout each time. */
const resolved = new Map();

document.addEventListener(THEME_CHANGED, () => resolved.clear());
// The projector's type is in proportion to the window.
addEventListener('resize', () => resolved.delete('rem'));

/** @template T @param {string} name @param {() => T} ask @returns {T} */
function once(name, ask) {
  if (!resolved.has(name)) resolved.set(name, ask());
  return resolved.get(name);
}

/**
 * The colour that a token has now, resolved for those who cannot read `var()`.
 * @param {string} token such as "--ink" or "--class-3"
 * @returns {string} "rgb(…)"
 */
export function colour(token) {
  return once(token, () => {
    const probe = document.createElement('span');
    // Else with forced colours every token would come to the system's colour of text.
    probe.style.setProperty('forced-color-adjust', 'none');
    probe.style.color = `var(${token})`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });
}

/** How many pixels a rem has now: charts scale with the theme's type. */
export function rem() {
  return once('rem', () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
}

/** The parts of a colour. @param {string} text "rgb(1, 2, 3)" @returns {number[]} */
export function rgb(text) {
  return (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}

/**
 * Calls back whenever colours or type have changed.
 * @param {() => void} redraw
 * @returns {() => void} dispose
 */
export function onTheme(redraw) {
  document.addEventListener(THEME_CHANGED, redraw);
  return () => document.removeEventListener(THEME_CHANGED, redraw);
}
