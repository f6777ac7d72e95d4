// @ts-check
/** Cost, gradient and factor over the epochs, one under the other on one axis of epochs, with one cursor through all. */
import { chartLayout, draw, plotly } from '../../figures/charts.js';
import { colour, onTheme, rem } from '../../kit/colours.js';
import { grouped } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { thin } from '../../kit/thin.js';

/** @typedef {import('./state.js').Track} Track */
/** @typedef {{ tracks: Track[], length: number, log: boolean, at: number | null, layer: string, mode: string }} Curves */

const MOST_POINTS = 600;
/** Milliseconds between two drawings while it runs. */
const GAP = 120;
const ROWS = /** @type {const} */ ([
  ['cost', 'y', [0.66, 0.96]],
  ['gradient', 'y2', [0.33, 0.58]],
  ['factor', 'y3', [0, 0.25]],
]);
/** @type {Record<string, string>} */
const DASHES = { 'softmax-quadratic': 'dash', 'softmax-log-likelihood': 'dot' };

/**
 * @param {HTMLElement} element
 * @param {import('../../kit/observable.js').Watched<Curves>} curves
 * @param {(epoch: number) => void} look called with the epoch that was clicked
 */
export function raceCurves(element, curves, look) {
  let busy = false;
  let drawn = '';
  let drawnAt = Number.NEGATIVE_INFINITY;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const paint = async () => {
    timer = undefined;
    if (busy) return;
    busy = true;
    const now = curves.value;
    drawn = lookOf(now);
    drawnAt = performance.now();
    await draw(element, traces(now), layout(now), 'race');
    if (element.dataset.state !== 'drawn') {
      /** @type {any} */ (element).on('plotly_click', (/** @type {any} */ event) =>
        look(Math.round(event.points[0].x)),
      );
      element.dataset.state = 'drawn';
    }
    busy = false;
    ask();
  };
  const ask = () => {
    if (timer !== undefined || busy || lookOf(curves.value) === drawn) return;
    timer = setTimeout(() => nextFrame(paint), Math.max(0, drawnAt + GAP - performance.now()));
  };
  const anew = () => {
    drawn = '';
    ask();
  };
  curves.link(ask);
  onTheme(anew);
  new ResizeObserver(async () => {
    if (element.dataset.state === 'drawn') (await plotly()).Plots.resize(element);
    anew();
  }).observe(element);
}

/** @param {Curves} now */
function lookOf({ tracks, length, log, at, layer, mode }) {
  const ends = tracks.map(({ racer, x, cost, points }) => `${racer.name} ${x.length} ${cost.at(-1)} ${points.length}`);
  return [...ends, tracks[0]?.cost[0], length, log, at, layer, mode].join(' ');
}

/** @param {Curves} now */
function traces({ tracks, log }) {
  return ROWS.flatMap(([row, yaxis]) =>
    tracks.map((track) => {
      const shade = colour(`--class-${track.racer.shade}`);
      const curve = thin(row === 'cost' ? track.x : track.points, track[row], MOST_POINTS);
      return {
        type: 'scatter',
        mode: curve.x.length > 1 ? 'lines' : 'markers',
        name: t(`race.racer.${track.racer.name}`),
        x: curve.x,
        y: log ? curve.y.map((value) => (value > 0 ? value : null)) : curve.y,
        yaxis,
        line: { color: shade, width: 0.16 * rem(), dash: DASHES[track.racer.name] ?? 'solid', simplify: false },
        marker: { color: shade, size: 0.5 * rem() },
        hovertemplate: '%{y:.4g}',
      };
    }),
  );
}

/** @param {Curves} now */
function layout({ tracks, length, log, at, layer, mode }) {
  const ticks = [0, 1, 2, 3, 4, 5].map((part) => Math.round((part * length) / 5));
  const axes = ROWS.map(([row, name, domain]) => [
    name.replace('y', 'yaxis'),
    {
      domain,
      anchor: 'x',
      ...scale(
        tracks.flatMap((track) => track[row]),
        log,
      ),
    },
  ]);
  const { yaxis, ...others } = Object.fromEntries(axes);
  const base = chartLayout({ yaxis });
  const axis = /** @type {any} */ (base.yaxis);
  return {
    ...base,
    ...Object.fromEntries(Object.entries(others).map(([name, over]) => [name, { ...axis, ...over }])),
    xaxis: {
      .../** @type {any} */ (base.xaxis),
      range: [0, length],
      tickvals: ticks,
      ticktext: ticks.map(grouped),
      anchor: 'y3',
      hoverformat: 'd',
    },
    margin: { l: 3.2 * rem(), r: 1.4 * rem(), t: 0.2 * rem(), b: 1.6 * rem() },
    hoversubplots: 'axis',
    annotations: ROWS.map(([row, , domain]) =>
      title(t(`race.chart.${row}${row === 'cost' || mode === 'neuron' ? '' : `.${layer}`}`), domain[1]),
    ),
    shapes: at === null ? [] : [cursor(at)],
    uirevision: mode,
  };
}

/** @param {readonly number[]} values @param {boolean} log */
function scale(values, log) {
  const usable = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  const high = usable.reduce((most, value) => Math.max(most, value), 0);
  if (!log) return { type: 'linear', range: [0, high > 0 ? 1.08 * high : 1], nticks: 4, exponentformat: 'power' };
  const low = usable.reduce((least, value) => Math.min(least, value), high || 1);
  const [bottom, top] = [Math.log10(low || 1e-3), Math.log10(high || 1)];
  const room = 0.08 * (top - bottom) + 0.05;
  return {
    type: 'log',
    range: [bottom - room, top + room],
    nticks: 4,
    exponentformat: 'power',
    dtick: Math.max(1, Math.ceil((top - bottom) / 4)),
  };
}

/** @param {string} text @param {number} y */
function title(text, y) {
  const font = { color: colour('--quiet'), size: 0.75 * rem() };
  return { text, font, xref: 'paper', yref: 'paper', x: 0, y, xanchor: 'left', yanchor: 'bottom', showarrow: false };
}

/** @param {number} epoch */
function cursor(epoch) {
  const line = { color: colour('--ink'), width: 1, dash: 'dash' };
  return { type: 'line', x0: epoch, x1: epoch, yref: 'paper', y0: 0, y1: 0.96, line };
}
