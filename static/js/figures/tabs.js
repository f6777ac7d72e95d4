// @ts-check
/**
 * Tabs as the ARIA practices describe them: arrow keys move between them, one panel is shown.
 * @param {HTMLElement} list the element with role "tablist"; its tabs name their panels by aria-controls
 * @param {(name: string) => void} choose called with the tab's `data-tab`
 * @returns {(name: string) => void} shows a tab
 */
export function tabs(list, choose) {
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role="tab"]')]);
  list.addEventListener('click', (event) => {
    const tab = event.target instanceof Element ? event.target.closest('[role="tab"]') : null;
    if (tab instanceof HTMLElement) choose(String(tab.dataset.tab));
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -all.length, End: all.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const seen = all.filter((tab) => tab.checkVisibility());
    const at = seen.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
    const next = Math.abs(step) > 1 ? (step > 0 ? seen.length - 1 : 0) : (at + step + seen.length) % seen.length;
    choose(String(seen[next].dataset.tab));
    seen[next].focus();
  });
  // Where the window has room again for what stood behind a tab, that tab is gone: the first one takes its place.
  new ResizeObserver(() => {
    const selected = all.find((tab) => tab.getAttribute('aria-selected') === 'true');
    const first = all.find((tab) => tab.checkVisibility());
    if (first && !selected?.checkVisibility()) choose(String(first.dataset.tab));
  }).observe(list);
  return (name) => {
    for (const tab of all) {
      const selected = tab.dataset.tab === name;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      const panel = document.getElementById(String(tab.getAttribute('aria-controls')));
      if (panel) panel.dataset.open = String(selected);
    }
  };
}
