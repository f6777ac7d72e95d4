// @ts-check
/**
 * Dragging with mouse, pen or finger: the one place that knows whose pointer holds what, how a hold ends, and what of a
 * finger's moves is taken from the page's scrolling.
 */

/** What a drag does with each move: pixels since the start. @typedef {(event: PointerEvent, dx: number, dy: number) => void} Move */

/**
 * The thing dragged follows in the event itself, not a frame later: pointer moves already come once a frame. A finger on it
 * scrolls nothing (base.css gives `[data-drags]` its touch-action); one beside it does. One pointer holds it at a time. The
 * hold ends when the pointer is lifted, cancelled or lost, when the window is left, and when the thing is disposed of.
 * @param {Element} element
 * @param {{ begin: (event: PointerEvent) => Move | undefined, end: () => void }} on `begin` returns what to do on each move,
 *   or nothing to refuse
 * @returns {() => void} dispose
 */
export function draggable(element, on) {
  /** @type {{ id: number, x: number, y: number, move: Move } | null} */
  let held = null;

  const letGo = () => {
    if (held === null) return;
    held = null;
    element.removeAttribute('data-held');
    on.end();
  };
  const down = (/** @type {PointerEvent} */ pointer) => {
    if (pointer.button !== 0) return;
    // The first pointer of its kind, while one is held: that one was lifted where nobody saw it.
    if (held && (pointer.isPrimary || held.id === pointer.pointerId)) letGo();
    if (held) return;
    const move = on.begin(pointer);
    if (!move) return;
    held = { id: pointer.pointerId, x: pointer.clientX, y: pointer.clientY, move };
    if (pointer.isTrusted) element.setPointerCapture(pointer.pointerId);
    element.setAttribute('data-held', 'true');
  };
  const moved = (/** @type {PointerEvent} */ pointer) => {
    if (held?.id !== pointer.pointerId) return;
    if (pointer.buttons === 0) letGo();
    else held.move(pointer, pointer.clientX - held.x, pointer.clientY - held.y);
  };
  const up = (/** @type {PointerEvent} */ pointer) => {
    if (held?.id === pointer.pointerId) letGo();
  };

  const listeners = /** @type {[string, EventListener][]} */ (
    Object.entries({ pointerdown: down, pointermove: moved, pointerup: up, pointercancel: up, lostpointercapture: up })
  );
  for (const [name, listener] of listeners) element.addEventListener(name, listener);
  addEventListener('blur', letGo);
  element.setAttribute('data-drags', '');
  return () => {
    letGo();
    removeEventListener('blur', letGo);
    element.removeAttribute('data-drags');
    for (const [name, listener] of listeners) element.removeEventListener(name, listener);
  };
}
