// @ts-check
/**
 * What reads a chart off and zooms into it. It is fetched when the chart is first taken in hand, and follows the chart only
 * while it is in hand: at other times nobody sees it, and it is slow beside a frame.
 */
import { set } from '../dom.js';
import { whenAsked } from './asked.js';

/** @typedef {import('./plan.js').Chart} Chart */
/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./zoom.js').Zoom} Zoom */
/** @typedef {{ name: string, zoom: (zoom: Zoom | null) => void, click?: (x: number) => void, save: () => void }} Wishes */

/** Milliseconds at least between two of its drawings; and it rests so many times as long as the last one took. */
const GAP = 120;
const RESTS = 5;

/**
 * @param {HTMLElement} element the chart
 * @param {HTMLElement} place where the instrument lies, inside the chart
 * @param {Wishes} wishes what is called when a reader has asked for something
 */
export function reading(element, place, wishes) {
  /** @type {{ chart: Chart, plan: Plan } | undefined} */
  let newest;
  /** @type {typeof newest} */
  let shown;
  /** @type {import('./plotly.js').Instrument | undefined} */
  let instrument;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let [hand, busy, due] = [false, false, 0];

  const renew = () => {
    if (!hand || busy || timer !== undefined || newest === undefined || newest === shown) return;
    timer = setTimeout(show, Math.max(0, due - performance.now()));
  };
  const show = async () => {
    timer = undefined;
    if (!hand || newest === undefined) return;
    busy = true;
    instrument ??= (await import('./plotly.js')).instrument(place, wishes);
    const begun = performance.now();
    shown = newest;
    await instrument.show(shown.chart, shown.plan);
    due = performance.now() + Math.max(GAP, RESTS * (performance.now() - begun));
    busy = false;
    set(element, { 'data-reading': 'ready' });
    renew();
  };
  const take = (/** @type {boolean} */ taken) => {
    hand = taken;
    set(element, { 'data-hand': String(taken) });
    renew();
  };
  const dispose = whenAsked(element, { taken: () => take(true), left: () => take(false) });
  return {
    /** @param {Chart} chart @param {Plan} plan */
    follow(chart, plan) {
      newest = { chart, plan };
      renew();
    },
    dispose,
  };
}
