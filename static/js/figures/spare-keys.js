// @ts-check
/** Keys that nobody else needs: a shortcut of a page is for those alone. */

/** Where Space and the arrows have a meaning of their own. */
const OWN = 'input, select, textarea, [role="tab"], [role="slider"], [role="application"], [data-unit]';
const PRESSED = 'button, summary, a[href]';
/** Which way a key scrolls what can be scrolled. */
const ACROSS = ['ArrowLeft', 'ArrowRight'];

/**
 * Whether a key is left over: it is no part of a shortcut of the browser's, what has the focus does nothing with it, and
 * neither that nor the page around it scrolls by it.
 * @param {KeyboardEvent} event
 */
export function isSpare(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return true;
  if (target.closest(OWN) || (key === ' ' && target.closest(PRESSED))) return false;
  // What takes the focus only to be scrolled keeps its keys even while it has nothing to scroll.
  if (target.tabIndex === 0 && !target.closest(PRESSED)) return false;
  return !scrolls(target, ACROSS.includes(key));
}

/** Whether something around an element scrolls. @param {Element} from @param {boolean} across */
function scrolls(from, across) {
  for (let one = /** @type {Element | null} */ (from); one; one = one.parentElement) {
    const room = across ? one.scrollWidth - one.clientWidth : one.scrollHeight - one.clientHeight;
    if (room <= 1) continue;
    if (one === document.documentElement) return true;
    const { overflowX, overflowY } = getComputedStyle(one);
    if (/auto|scroll/.test(across ? overflowX : overflowY)) return true;
  }
  return false;
}
