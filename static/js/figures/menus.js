// @ts-check
/** What a page opens over itself. */
const OPEN = 'details.menu[open], details.chapter-menu[open]';

/**
 * An open menu closes at Escape and at a click elsewhere.
 * @param {Document} page
 */
export function menus(page) {
  const close = (/** @type {Event} */ event) => {
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
    for (const menu of page.querySelectorAll(OPEN)) {
      if (event instanceof KeyboardEvent) /** @type {HTMLElement | null} */ (menu.querySelector('summary'))?.focus();
      if (event instanceof KeyboardEvent || !menu.contains(/** @type {Node} */ (event.target)))
        menu.removeAttribute('open');
    }
  };
  page.addEventListener('click', close);
  page.addEventListener('keydown', close);
  return () => {
    page.removeEventListener('click', close);
    page.removeEventListener('keydown', close);
  };
}
