// @ts-check
import { observable } from './observable.js';

const SECOND = 1000;

/** Whether the reader wants as little motion as can be. */
export const wantsCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * A value that changes many times a second, for those who want less motion: once a second, and at once where it is news.
 * @template T
 * @param {import('./observable.js').Watched<T>} source
 * @param {(now: T, shown: T) => boolean} news
 * @returns {import('./observable.js').Watched<T>}
 */
export function calm(source, news) {
  if (!wantsCalm()) return source;
  const shown = observable(source.value);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const show = () => {
    clearTimeout(timer);
    timer = undefined;
    shown.value = source.value;
  };
  source.link((now) => {
    if (news(now, shown.value)) show();
    else timer ??= setTimeout(show, SECOND);
  });
  return shown;
}
