// @ts-check
/**
 * Drawing only what can be seen. What explains a picture follows it while it is on screen; what has been scrolled away is
 * brought up to date when the hand rests or it comes into sight: a phone shows a third of a page.
 */
import { soon } from '../kit/frame.js';

/** Milliseconds without a change after which what is out of sight follows. */
const REST = 200;

/** @typedef {{ seen: boolean, asked: boolean, follow: () => void, timer?: ReturnType<typeof setTimeout> }} View */

/** @type {WeakMap<Element, Set<View>>} */
const views = new WeakMap();

/** @type {IntersectionObserver | undefined} */
let watcher;

/** @param {IntersectionObserverEntry[]} entries */
function look(entries) {
  for (const { target, isIntersecting } of entries) {
    for (const view of views.get(target) ?? []) {
      view.seen = isIntersecting;
      if (isIntersecting && view.asked) catchUp(view);
    }
  }
}

/** @param {View} view */
function catchUp(view) {
  clearTimeout(view.timer);
  view.asked = false;
  view.follow();
}

/**
 * @param {Element} element
 * @param {() => void} paint
 * @param {(task: () => void) => void} [follow] how soon it is painted where it is seen
 * @returns {() => void} asks for a painting
 */
export function whileSeen(element, paint, follow = soon) {
  /** @type {View} */
  const view = { seen: true, asked: false, follow: () => follow(paint) };
  watcher ??= new IntersectionObserver(look);
  views.set(element, (views.get(element) ?? new Set()).add(view));
  watcher.observe(element);
  return () => {
    if (view.seen) return view.follow();
    view.asked = true;
    clearTimeout(view.timer);
    view.timer = setTimeout(() => catchUp(view), REST);
  };
}
