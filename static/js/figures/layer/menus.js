// @ts-check
/**
 * An open menu is brought on screen; it closes at Escape and at a click elsewhere.
 * @param {Document} page
 */
export function menus(page) {
  const close = (/** @type {Event} */ event) => {
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
    for (const menu of page.querySelectorAll('details.menu[open]')) {
      if (event instanceof KeyboardEvent) /** @type {HTMLElement | null} */ (menu.querySelector('summary'))?.focus();
      if (event instanceof KeyboardEvent || !menu.contains(/** @type {Node} */ (event.target)))
        menu.removeAttribute('open');
    }
  };
  const opened = (/** @type {Event} */ event) => {
    const menu = /** @type {Element} */ (event.target);
    if (menu.matches('details.menu[open]')) menu.querySelector('.list')?.scrollIntoView({ block: 'nearest' });
  };
  page.addEventListener('toggle', opened, true);
  page.addEventListener('click', close);
  page.addEventListener('keydown', close);
  return () => {
    page.removeEventListener('toggle', opened, true);
    page.removeEventListener('click', close);
    page.removeEventListener('keydown', close);
  };
}
