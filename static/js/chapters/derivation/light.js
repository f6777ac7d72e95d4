// @ts-check
/**
 * Pointing at a quantity, or reaching it by keyboard, lights it wherever it stands, in formula and picture alike, and shows its value beside it.
 * What belongs together carries the same name in `data-quantity`.
 * @param {HTMLElement} root
 * @param {HTMLElement} bubble
 * @returns {() => void} dispose
 */
export function quantityLight(root, bubble) {
  /** @type {HTMLElement | null} */
  let held = null;
  const light = (/** @type {HTMLElement | null} */ element) => {
    if (element === held) return;
    held = element;
    const names = (element?.dataset.quantity ?? '').split(' ').filter(Boolean);
    for (const lit of root.querySelectorAll('[data-lit]')) lit.removeAttribute('data-lit');
    for (const name of names) {
      for (const same of root.querySelectorAll(`[data-quantity~="${name}"]`)) same.setAttribute('data-lit', 'true');
    }
    element?.setAttribute('data-lit', 'true');
    bubble.hidden = !element?.dataset.says;
    if (!bubble.hidden && element) show(bubble, element);
  };
  const over = (/** @type {Event} */ event) => light(quantityUnder(event));
  const dark = () => light(null);
  const put = (/** @type {KeyboardEvent} */ { key }) => key === 'Escape' && dark();
  const listeners = /** @type {const} */ ([
    ['pointerover', over],
    ['focusin', over],
    ['pointerleave', dark],
    ['focusout', dark],
    ['keydown', put],
  ]);
  for (const [name, listener] of listeners) root.addEventListener(name, /** @type {EventListener} */ (listener));
  // The bubble stands still where it was put: away with it when what it points at moves.
  root.addEventListener('scroll', dark, true);
  return () => {
    for (const [name, listener] of listeners) root.removeEventListener(name, /** @type {EventListener} */ (listener));
    root.removeEventListener('scroll', dark, true);
  };
}

/** @param {Event} event @returns {HTMLElement | null} */
function quantityUnder({ target }) {
  return target instanceof Element ? target.closest('[data-mark], [data-quantity]') : null;
}

/** @param {HTMLElement} bubble @param {HTMLElement} element */
function show(bubble, element) {
  bubble.textContent = element.dataset.says ?? '';
  const at = element.getBoundingClientRect();
  const width = bubble.offsetWidth;
  const left = Math.min(Math.max(at.left + at.width / 2 - width / 2, 4), innerWidth - width - 4);
  const above = at.top - bubble.offsetHeight - 6;
  bubble.style.left = `${left}px`;
  bubble.style.top = `${above > 4 ? above : at.bottom + 6}px`;
}
