// @ts-check
/** What a menu opens lies inside the window, whatever side its button is on: beside the button, moved or turned up at an edge. */

/** CSS pixels that stay free between a list and the window's edge, and between a list and its button. */
const EDGE = 8;
const GAP = 4;
const MENUS = 'details.menu[open], details.chapter-menu[open]';

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */

/**
 * Where a list of this size lies best.
 * @param {Box} button
 * @param {{ width: number, height: number }} list
 * @param {{ width: number, height: number }} window
 * @param {boolean} end whether the list's end is at the button's end
 * @returns {{ left: number, top: number }}
 */
export function placeOf(button, list, window, end) {
  const wished = end ? button.right - list.width : button.left;
  const left = Math.max(EDGE, Math.min(wished, window.width - EDGE - list.width));
  const below = button.bottom + GAP;
  const above = button.top - GAP - list.height;
  const lowest = window.height - EDGE - list.height;
  const top = below <= lowest ? below : above >= EDGE ? above : Math.max(EDGE, lowest);
  return { left, top };
}

/** Places the lists of a page's menus as they open, and again as the window changes. @param {Document} page */
export function placeMenus(page) {
  const all = () => {
    for (const menu of page.querySelectorAll(MENUS)) place(/** @type {HTMLElement} */ (menu));
  };
  page.addEventListener('toggle', all, true);
  page.addEventListener('scroll', all, { capture: true, passive: true });
  addEventListener('resize', all);
}

/** @param {HTMLElement} menu */
function place(menu) {
  const list = /** @type {HTMLElement | null} */ (menu.querySelector(':scope > .list'));
  const button = menu.querySelector(':scope > summary')?.getBoundingClientRect();
  if (!list || !button) return;
  move(list, 0, 0);
  list.dataset.placed = 'true';
  // What it is fixed to may be a part of the page and not the window.
  const origin = list.getBoundingClientRect();
  const size = { width: document.documentElement.clientWidth, height: innerHeight };
  const { left, top } = placeOf(button, origin, size, menu.classList.contains('end'));
  move(list, left - origin.left, top - origin.top);
}

/** @param {HTMLElement} list @param {number} left @param {number} top */
function move(list, left, top) {
  list.style.setProperty('--left', `${left}px`);
  list.style.setProperty('--top', `${top}px`);
}
