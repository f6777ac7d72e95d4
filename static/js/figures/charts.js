// @ts-check
/**
 * Plotly, for what people want to zoom, read off, toggle and save. It is loaded once, after the page works, and drawn in the
 * page's own colours and language. It is a partial bundle, which draws a trace type that it lacks as a scatter without a
 * word, so the first trace's type is checked after every draw.
 */
import './trusted.js';
import { colour, rem } from '../kit/colours.js';
import { t } from '../kit/i18n.js';

const BUNDLE = new URL('../../vendor/plotly-cartesian.min.js', import.meta.url).href;

/** A locale of our own: one called "en" would replace Plotly's, and with it the formats that every locale falls back to. */
const LOCALE = 'page';

/** @type {Promise<any> | undefined} */
let loading;

/** @returns {Promise<any>} the Plotly library */
export function plotly() {
  loading ??= import(BUNDLE).then(() => {
    const { Plotly } = /** @type {any} */ (globalThis);
    Plotly.register(locale());
    return Plotly;
  });
  return loading;
}

/** Somebody's words for a chart: Plotly takes what looks like markup for markup. @param {string} text */
export function plain(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Plotly's own words in the page's language. */
function locale() {
  const words = {
    'Download plot as a PNG': t('common.chart.png'),
    'Download plot': t('common.chart.png'),
    'Reset axes': t('common.chart.reset'),
    Autoscale: t('common.chart.reset'),
    Zoom: t('common.chart.zoom'),
    Pan: t('common.chart.pan'),
    'Double-click to zoom back out': t('common.chart.zoomOut'),
  };
  return { moduleType: 'locale', name: LOCALE, dictionary: words };
}

/** What Plotly's tool bar offers, in which language, and what a saved picture is called. @param {string} filename */
export function chartConfig(filename) {
  return {
    displaylogo: false,
    displayModeBar: 'hover',
    modeBarButtons: [['zoom2d', 'resetScale2d', 'toImage']],
    toImageButtonOptions: { format: 'svg', filename },
    locale: LOCALE,
    responsive: true,
    doubleClick: 'reset',
  };
}

/**
 * A layout in the page's colours and type. What is given goes over it, axes field by field.
 * @param {{ xaxis?: object, yaxis?: object, [field: string]: any }} [over]
 */
export function chartLayout(over = {}) {
  const [paper, ink, quiet, line] = ['--paper', '--ink', '--quiet', '--line'].map(colour);
  const unit = rem();
  const axis = {
    gridcolor: line,
    linecolor: line,
    zeroline: false,
    tickfont: { size: 0.7 * unit, color: quiet },
    title: { font: { size: 0.75 * unit, color: quiet }, standoff: 4 },
    // Else every tick's label is measured at every drawing, for a quarter of its time, to hide one that would be cut off.
    ticklabeloverflow: 'allow',
    fixedrange: false,
  };
  return {
    paper_bgcolor: paper,
    plot_bgcolor: paper,
    font: { family: getComputedStyle(document.body).fontFamily, size: 0.75 * unit, color: ink },
    margin: { l: 2.4 * unit, r: 0.8 * unit, t: 0.5 * unit, b: 1.8 * unit },
    showlegend: false,
    hovermode: 'x unified',
    dragmode: 'zoom',
    hoverlabel: { bgcolor: paper, bordercolor: line, font: { color: ink, size: 0.75 * unit } },
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: quiet, activecolor: ink },
    ...over,
    xaxis: { ...axis, ...over.xaxis },
    yaxis: { ...axis, ...over.yaxis },
  };
}

/**
 * Draws traces into an element, new or again.
 * @param {HTMLElement} element
 * @param {any[]} traces
 * @param {object} layout
 * @param {string} filename what a saved picture is called
 * @returns {Promise<any>} Plotly
 */
export async function draw(element, traces, layout, filename) {
  const library = await plotly();
  await library.react(element, traces, layout, chartConfig(filename));
  const drawn = /** @type {any} */ (element)._fullData?.[0]?.type;
  const wanted = traces[0]?.type ?? 'scatter';
  if (traces.length > 0 && drawn !== wanted) throw new Error(`the chart bundle has no "${wanted}": it drew "${drawn}"`);
  return library;
}
