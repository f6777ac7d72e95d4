// @ts-check
/**
 * Dragging with mouse, pen or finger. The thing dragged follows in the event itself, not a frame later: pointer moves
 * already come once a frame.
 * @param {Element} element
 * @param {{
 *   begin: (event: PointerEvent) => ((event: PointerEvent, dx: number, dy: number) => void) | undefined,
 *   end: () => void
 * }} on `begin` returns what to do on each move (pixels since the start), or nothing to refuse
 * @returns {() => void} dispose
 */
export function draggable(element, on) {
  /** @type {{ id: number, x: number, y: number, move: (event: PointerEvent, dx: number, dy: number) => void } | null} */
  let held = null;

  /** @param {Event} event */
  const down = (event) => {
    const pointer = /** @type {PointerEvent} */ (event);
    if (held || pointer.button !== 0) return;
    const move = on.begin(pointer);
    if (!move) return;
    held = { id: pointer.pointerId, x: pointer.clientX, y: pointer.clientY, move };
    element.setPointerCapture(pointer.pointerId);
    element.setAttribute('data-held', 'true');
  };
  /** @param {Event} event */
  const moved = (event) => {
    const pointer = /** @type {PointerEvent} */ (event);
    if (held?.id === pointer.pointerId) held.move(pointer, pointer.clientX - held.x, pointer.clientY - held.y);
  };
  /** @param {Event} event */
  const up = (event) => {
    if (held?.id !== /** @type {PointerEvent} */ (event).pointerId) return;
    held = null;
    element.removeAttribute('data-held');
    on.end();
  };

  const listeners = /** @type {const} */ ([
    ['pointerdown', down],
    ['pointermove', moved],
    ['pointerup', up],
    ['pointercancel', up],
  ]);
  for (const [name, listener] of listeners) element.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of listeners) element.removeEventListener(name, listener);
  };
}
