// @ts-check
/**
 * A Plotly chart of something that a hand moves: Plotly draws when the hand rests, and what lies over the chart (the present
 * point) follows in the frame. The chart says `data-stale` while it shows what was.
 */

import { onTheme } from '../kit/colours.js';
import { nextFrame, soon } from '../kit/frame.js';
import { draw } from './charts.js';
import { html, set } from './dom.js';
import { svg } from './svg.js';

/** Milliseconds of rest after which Plotly draws what has changed: it is slow beside a frame. */
const REST = 200;

/**
 * @template S
 * @typedef {{
 *   name: string, key: (state: S) => string, traces: (state: S) => any[], layout: (state: S) => object,
 *   over: (over: SVGElement, plot: any, state: S, stale: boolean) => void
 * }} Drawing
 * `key`: what the chart depends on; `over`: paints the present point into the layer above, and while the chart is stale may
 * stand in for it; `name`: of a saved picture
 */

/**
 * @template S
 * @param {HTMLElement} element
 * @param {{ state: import('../kit/observable.js').Watched<S>, held: import('../kit/observable.js').Watched<boolean> }} model
 * @param {Drawing<S>} drawing
 * @returns {() => void} dispose
 */
export function rested(element, { state, held }, { name, key, traces, layout, over }) {
  const plot = html('div', { class: 'plot' });
  const above = svg('svg', { class: 'points', 'aria-hidden': 'true' });
  element.append(plot, above);
  let drawn = '';
  let busy = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const redraw = async () => {
    const wanted = state.value;
    if (busy || held.value || element.offsetParent === null) return;
    busy = true;
    await draw(plot, traces(wanted), layout(wanted), name);
    busy = false;
    drawn = key(wanted);
    element.dataset.state = 'drawn';
    element.dataset.drawn = drawn;
    soon(paint);
  };
  const later = (/** @type {number} */ rest) => {
    clearTimeout(timer);
    timer = setTimeout(redraw, rest);
  };
  const paint = () => {
    const stale = key(state.value) !== drawn;
    if (drawn !== '' && element.offsetParent !== null) {
      const { width, height } = /** @type {any} */ (plot)._fullLayout;
      set(above, { viewBox: `0 0 ${width} ${height}` });
      over(above, plot, state.value, stale);
    }
    element.dataset.stale = String(stale && drawn !== '');
    if (stale) later(drawn === '' ? 0 : REST);
  };
  const again = () => {
    drawn = '';
    later(0);
  };
  const ask = () => soon(paint);
  const disposers = [state.link(ask), held.link(ask), onTheme(again)];
  const watcher = new ResizeObserver(() => nextFrame(again));
  watcher.observe(element);
  return () => {
    watcher.disconnect();
    clearTimeout(timer);
    for (const dispose of disposers) dispose();
  };
}
