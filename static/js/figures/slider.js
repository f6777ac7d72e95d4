// @ts-check
/** Sliders of the browser's own: a finger that scrolls over one moves nothing, and a drag or a run of keys is one gesture. */

/** Pixels that a finger goes before it is known what it means. */
const SLOP = 8;

/** @param {EventTarget | null} target @returns {HTMLInputElement | null} */
function sliderOf(target) {
  return target instanceof HTMLInputElement && target.type === 'range' && !target.disabled ? target : null;
}

/**
 * A finger that goes down on a slider may mean the page: until it has gone sideways or was lifted the slider keeps its value,
 * and where the page scrolls after all it gets it back. For all sliders of a page, to be called once.
 * @param {Document} page
 */
export function patientSliders(page) {
  /** @type {{ slider: HTMLInputElement, id: number, x: number, y: number, value: string, asked: string | null, sure: boolean } | null} */
  let finger = null;
  /** The slider whose next `change` tells of nothing. @type {HTMLInputElement | null} */
  let unchanged = null;

  const tell = (/** @type {HTMLInputElement} */ slider, /** @type {string} */ value) => {
    slider.value = value;
    for (const name of ['input', 'change']) slider.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const down = (/** @type {PointerEvent} */ event) => {
    unchanged = null;
    const slider = event.pointerType === 'touch' && event.isPrimary ? sliderOf(event.target) : null;
    const { pointerId: id, clientX: x, clientY: y } = event;
    finger = slider && { slider, id, x, y, value: slider.value, asked: null, sure: false };
  };
  const move = (/** @type {PointerEvent} */ event) => {
    if (finger === null || finger.id !== event.pointerId) return;
    const [across, along] = [Math.abs(event.clientX - finger.x), Math.abs(event.clientY - finger.y)];
    finger.sure ||= across > SLOP && across >= along;
  };
  const up = (/** @type {PointerEvent} */ event) => {
    if (finger?.id !== event.pointerId) return;
    const { slider, asked, sure } = finger;
    finger = null;
    if (!sure && asked !== null) tell(slider, asked);
  };
  const cancel = (/** @type {PointerEvent} */ event) => {
    if (finger?.id !== event.pointerId) return;
    const { slider, value, sure } = finger;
    finger = null;
    if (sure) tell(slider, value);
    else slider.value = value;
    unchanged = slider;
  };
  const input = (/** @type {Event} */ event) => {
    if (finger === null || finger.sure || finger.slider !== event.target) {
      unchanged = null;
      return;
    }
    event.stopImmediatePropagation();
    finger.asked = finger.slider.value;
    finger.slider.value = finger.value;
  };
  const change = (/** @type {Event} */ event) => {
    if (unchanged === null || event.target !== unchanged) return;
    unchanged = null;
    event.stopImmediatePropagation();
  };
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: cancel, input, change };
  for (const [name, listener] of Object.entries(listeners)) {
    page.addEventListener(name, /** @type {EventListener} */ (listener), { capture: true });
  }
}

/**
 * Whether a slider's last `input` came from a key, not from a hand on it.
 * @param {HTMLInputElement} slider
 * @returns {() => boolean}
 */
export function byKey(slider) {
  let key = false;
  slider.addEventListener('keydown', () => {
    key = true;
  });
  slider.addEventListener('pointerdown', () => {
    key = false;
  });
  return () => key;
}

/**
 * Moves a state by a slider: from the press of a hand to its release one gesture, and one for all presses of keys until
 * something else is done or the focus leaves.
 * @template S
 * @param {HTMLInputElement} slider
 * @param {Pick<ReturnType<typeof import('../kit/gesture.js').gestures<S>>, 'begin' | 'move' | 'end' | 'press' | 'part'>} gesture
 * @param {{ kind: string, index?: number, next: (value: number) => S }} of `next`: the state in which the slider has a value
 * @returns {() => boolean} whether a hand has hold of it
 */
export function slides(slider, gesture, { kind, index = -1, next }) {
  const key = byKey(slider);
  let open = false;
  slider.addEventListener('input', () => {
    const moved = next(slider.valueAsNumber);
    if (key()) gesture.press(kind, index, moved);
    else {
      if (!open) gesture.begin(kind, index);
      open = true;
      gesture.move(moved);
    }
  });
  slider.addEventListener('change', () => {
    if (open) gesture.end();
    open = false;
  });
  slider.addEventListener('blur', gesture.part);
  return () => open;
}

/**
 * Where a key moves a slider of the page's own making.
 * @param {KeyboardEvent} event
 * @param {{ value: number, low: number, high: number, step: number }} slider
 * @returns {number | undefined} nothing for a key that means nothing to it
 */
export function keyedTo({ key }, { value, low, high, step }) {
  if (key === 'Home') return low;
  if (key === 'End') return high;
  const steps = /** @type {Record<string, number>} */ ({
    ArrowUp: 1,
    ArrowRight: 1,
    ArrowDown: -1,
    ArrowLeft: -1,
    PageUp: 10,
    PageDown: -10,
  })[key];
  return steps === undefined ? undefined : Math.min(Math.max(value + steps * step, low), high);
}
