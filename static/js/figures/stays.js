// @ts-check
/**
 * Tells the page how much of the window's top is taken by what stays there while the rest scrolls, as `--stays`: whatever gets
 * the focus is scrolled below it (base.css). Whether it stays, its style sheet says.
 * @param {Element} element
 */
export function stays(element) {
  const root = document.documentElement;
  const measure = () => {
    const { position, top } = getComputedStyle(element);
    const covered = position === 'sticky' ? element.getBoundingClientRect().height + Number.parseFloat(top) : 0;
    root.style.setProperty('--stays', `${Math.max(covered, 0)}px`);
  };
  const watcher = new ResizeObserver(measure);
  for (const one of [element, root]) watcher.observe(one);
}
