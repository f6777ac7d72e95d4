// @ts-check
/** Links to what the server has of a run: every cost to the last digit, and the NumPy program that repeats it. */

/**
 * @param {HTMLElement} menu holds `a[data-link="script"]` and the like
 * @param {{ lines: import('../../kit/observable.js').Watched<{ run: { id: string } }[]> }} model
 * @returns {() => void} dispose
 */
export function links(menu, { lines }) {
  const all = /** @type {NodeListOf<HTMLAnchorElement>} */ (menu.querySelectorAll('[data-link]'));
  menu.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-link]')) menu.removeAttribute('open');
  });
  return lines.link(([lead]) => {
    for (const link of all) {
      link.setAttribute('aria-disabled', String(lead === undefined));
      if (lead === undefined) link.removeAttribute('href');
      else link.href = `/api/runs/${lead.run.id}/${link.dataset.link}`;
    }
  });
}
