// @ts-check
/**
 * The instrument that a chart is zoomed and read off with: Plotly, laid over the page's own drawing on the same axes. Its own
 * lines and axes are never seen; what it shows is its tool bar, what the pointer is on, and the stretch that is being zoomed
 * into. It is a partial bundle, which draws a trace type that it lacks as a scatter without a word, so the first trace's type
 * is checked after every drawing.
 */
import './trusted.js';
import { colour, rem } from '../../kit/colours.js';
import { t } from '../../kit/i18n.js';
import { fresh, once } from '../../runs/files.js';
import { layoutOf, tracesOf, zoomOf } from './traces.js';

/** @typedef {import('./plan.js').Chart} Chart */
/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {ReturnType<typeof instrument>} Instrument */

/** Milliseconds between the two clicks of a slow hand, or on a busy machine. */
const SLOWEST_DOUBLE_CLICK = 1000;
const BUNDLE = new URL('../../../vendor/plotly-cartesian.min.js', import.meta.url).href;

/** A locale of our own: one called "en" would replace Plotly's, and with it the formats that every locale falls back to. */
const LOCALE = 'page';

/** The Plotly library. */
const plotly = once(async (_, attempt) => {
  await import(fresh(BUNDLE, attempt));
  const { Plotly } = /** @type {any} */ (globalThis);
  Plotly.register(locale());
  return Plotly;
});

/** Plotly's own words in the page's language. */
function locale() {
  const words = {
    Zoom: t('common.chart.zoom'),
    Pan: t('common.chart.pan'),
    'Double-click to zoom back out': t('common.chart.zoomOut'),
  };
  return { moduleType: 'locale', name: LOCALE, dictionary: words };
}

/**
 * @param {HTMLElement} place
 * @param {import('./reading.js').Wishes} wishes
 */
export function instrument(place, { zoom, click, save }) {
  const plot = /** @type {any} */ (place);
  /** @type {Chart} */
  let shown;
  /** @param {any} library */
  const config = (library) => ({
    displaylogo: false,
    displayModeBar: 'hover',
    doubleClick: false,
    doubleClickDelay: SLOWEST_DOUBLE_CLICK,
    locale: LOCALE,
    modeBarButtons: [
      [
        'zoom2d',
        { name: 'reset', title: t('common.chart.reset'), icon: library.Icons.home, click: () => zoom(null) },
        { name: 'save', title: t('common.chart.png'), icon: library.Icons.camera, click: save },
      ],
    ],
  });
  leaveSwipes(place);
  const listen = () => {
    const moved = (/** @type {Record<string, any>} */ change) => zoom(zoomOf(shown, change));
    plot.on('plotly_relayout', moved);
    plot.on('plotly_relayouting', moved);
    plot.on('plotly_doubleclick', () => zoom(null));
    plot.on('plotly_click', (/** @type {any} */ event) => click?.(event.points[0].x));
  };
  return {
    /**
     * @param {Chart} chart
     * @param {Plan} plan
     */
    async show(chart, plan) {
      const library = await plotly();
      const first = shown === undefined;
      shown = chart;
      const traces = tracesOf(chart, colour);
      await library.react(plot, traces, { ...looks(), ...layoutOf(chart, plan) }, config(library));
      if (first) listen();
      const [drawn, wanted] = [plot._fullData[0]?.type, traces[0]?.type];
      if (drawn !== wanted) throw new Error(`the chart bundle has no "${wanted}": it drew "${drawn}"`);
    },
  };
}

/**
 * Lets a finger scroll the page over an element whose own listeners would take every touch for themselves. Its tap is heard
 * as a mouse's click.
 * @param {Element} element
 */
function leaveSwipes(element) {
  for (const name of ['touchstart', 'touchmove', 'touchend']) {
    element.addEventListener(name, (event) => event.stopPropagation(), { capture: true, passive: true });
  }
}

/** What it says in words, in the page's colours and type. */
function looks() {
  const [paper, ink, quiet, line] = ['--paper', '--ink', '--quiet', '--line'].map(colour);
  const clear = 'rgba(0,0,0,0)';
  return {
    paper_bgcolor: clear,
    plot_bgcolor: clear,
    font: { family: getComputedStyle(document.body).fontFamily, size: 0.75 * rem(), color: ink },
    hoverlabel: { bgcolor: paper, bordercolor: line, font: { color: ink, size: 0.75 * rem() } },
    modebar: { bgcolor: clear, color: quiet, activecolor: ink },
    dragmode: 'zoom',
    showlegend: false,
  };
}
