// @ts-check
/**
 * Pointing at anything of class k lights everything of class k: the root carries its number in `data-lit`. Not during a
 * drag, when the eye is on what moves.
 * @param {HTMLElement} root
 * @returns {() => void} dispose
 */
export function linked(root) {
  let resting = '';
  const light = (/** @type {PointerEvent} */ event) => {
    if (event.buttons !== 0 || event.pointerType === 'touch') return;
    const lit = classUnder(event);
    if (lit !== resting) resting = '';
    if (resting === '' && (root.dataset.lit ?? '') !== lit) root.dataset.lit = lit;
  };
  // What was just dragged stays unlit until the pointer has been elsewhere: all of the answer should be read.
  const press = (/** @type {PointerEvent} */ event) => {
    resting = classUnder(event);
    root.dataset.lit = '';
  };
  const dark = () => {
    root.dataset.lit = '';
  };
  root.addEventListener('pointerover', light);
  root.addEventListener('pointerleave', dark);
  root.addEventListener('pointerdown', press);
  return () => {
    root.removeEventListener('pointerover', light);
    root.removeEventListener('pointerleave', dark);
    root.removeEventListener('pointerdown', press);
  };
}

/** @param {Event} event @returns {string} the number of the class pointed at, or '' */
function classUnder({ target }) {
  return (target instanceof Element && target.closest('[data-class]')?.getAttribute('data-class')) || '';
}
