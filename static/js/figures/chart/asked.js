// @ts-check
/**
 * When a reader has a chart in hand: a mouse rests over it, a finger has tapped it, or it has the focus. A swipe across it and
 * a mouse on its way elsewhere ask for nothing.
 */

/** Milliseconds that a mouse is over a chart before it is taken to be there for the chart's sake. */
const DWELL = 120;

/**
 * @param {HTMLElement} element
 * @param {{ taken: () => void, left: () => void }} on
 * @returns {() => void} dispose
 */
export function whenAsked(element, on) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const leave = () => {
    rest();
    on.left();
  };
  /** @param {PointerEvent} event */
  const pointed = ({ pointerType, buttons }) => {
    if (pointerType !== 'touch' && buttons === 0) timer ??= setTimeout(on.taken, DWELL);
    else rest();
  };
  /** @param {PointerEvent} event */
  const left = ({ pointerType }) => {
    if (pointerType !== 'touch' && !element.contains(document.activeElement)) leave();
  };
  /** @param {FocusEvent} event */
  const blurred = ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && element.contains(relatedTarget)) && !element.matches(':hover')) leave();
  };
  /** @param {PointerEvent} event */
  const elsewhere = ({ target }) => {
    if (!element.contains(/** @type {Node} */ (target))) leave();
  };
  element.addEventListener('pointermove', pointed);
  element.addEventListener('pointerleave', left);
  element.addEventListener('click', on.taken);
  element.addEventListener('focusin', on.taken);
  element.addEventListener('focusout', blurred);
  document.addEventListener('pointerdown', elsewhere, { capture: true, passive: true });
  return () => {
    rest();
    element.removeEventListener('pointermove', pointed);
    element.removeEventListener('pointerleave', left);
    element.removeEventListener('click', on.taken);
    element.removeEventListener('focusin', on.taken);
    element.removeEventListener('focusout', blurred);
    document.removeEventListener('pointerdown', elsewhere, { capture: true });
  };
}
