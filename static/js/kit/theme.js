// @ts-check
/**
 * Switches of theme and language. The server has set both before the first paint and its links work without this; here
 * they work without a reload (theme) and carry the page's state along (language).
 */

/** Told after the colours have changed, for what is drawn with resolved colours. */
export const THEME_CHANGED = 'themechange';

const root = document.documentElement;

/** @param {string} theme "auto", "light", "dark" or "projector" */
export function setTheme(theme) {
  root.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that students have
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  const address = new URL(location.href);
  if (address.searchParams.has('theme')) {
    address.searchParams.set('theme', theme);
    history.replaceState(null, '', address);
  }
  mark();
  document.dispatchEvent(new CustomEvent(THEME_CHANGED, { detail: theme }));
}

/** @returns {boolean} whether the colours on screen are the dark ones, chosen or by the system's wish */
function dark() {
  const theme = root.dataset.theme;
  if (theme === 'dark') return true;
  return theme !== 'light' && theme !== 'projector' && matchMedia('(prefers-color-scheme: dark)').matches;
}

function mark() {
  for (const link of document.querySelectorAll('[data-switch="projector"]')) {
    link.setAttribute('data-on', String(root.dataset.theme === 'projector'));
  }
}

/** @param {Event} event */
function follow(event) {
  const link = event.target instanceof Element ? event.target.closest('a[data-switch]') : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  if (link.dataset.switch === 'language') {
    const address = new URL(location.href);
    address.searchParams.set('lang', String(link.dataset.value));
    link.href = address.href;
    return;
  }
  event.preventDefault();
  const projector = root.dataset.theme === 'projector';
  if (link.dataset.switch === 'projector') setTheme(projector ? 'light' : 'projector');
  else setTheme(dark() ? 'light' : 'dark');
}

document.addEventListener('click', follow);
for (const wish of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
  matchMedia(wish).addEventListener('change', () => {
    document.dispatchEvent(new CustomEvent(THEME_CHANGED, { detail: root.dataset.theme }));
  });
}
mark();
