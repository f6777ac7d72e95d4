// @ts-check
import { chartLayout, colour, draw, onTheme, rem } from '../charts.js';
import { fixed, lowered } from '../format.js';
import { t } from '../i18n.js';
import { softmax } from '../nn/layers.js';
import { nextFrame } from '../state/frame.js';
import { axisEnd } from '../state/layer.js';
import { className } from './controls.js';
import { set, svg } from './svg.js';

/** @typedef {import('../state/layer.js').Layer} Layer */

const POINTS = 121;

/**
 * All outputs as one z goes from end to end of the axis and the others stay: a_j(z_i), one up, the rest down. Plotly draws
 * the curves, only when they change; the present point lies over them and follows in the frame.
 * @param {HTMLElement} element
 * @param {{ layer: import('../state/observable.js').Watched<Layer> }} model
 * @returns {() => void} dispose
 */
export function curves(element, { layer }) {
  const plot = document.createElement('div');
  plot.className = 'plot';
  const points = svg('svg', { class: 'points', 'aria-hidden': 'true' });
  element.append(plot, points);
  let drawn = '';
  let busy = false;
  let ready = false;

  const redraw = async () => {
    const wanted = layer.value;
    const key = curveKey(wanted);
    if (busy || key === drawn || element.offsetParent === null) return;
    busy = true;
    drawn = key;
    await draw(plot, traces(wanted), curveLayout(wanted), 'softmax-curves');
    busy = false;
    ready = true;
    element.dataset.state = 'drawn';
    paintPoints(points, plot, layer.value);
    if (curveKey(layer.value) !== drawn) later();
  };
  // Plotly is slow beside a frame: it draws after the frame that showed the bars has been painted.
  const later = () => setTimeout(redraw);
  const paint = () => {
    if (ready) paintPoints(points, plot, layer.value);
    if (curveKey(layer.value) !== drawn) later();
  };

  const again = () => {
    drawn = '';
    later();
  };
  const disposers = [layer.link(() => nextFrame(paint)), onTheme(again)];
  const watcher = new ResizeObserver(() => nextFrame(again));
  watcher.observe(element);
  return () => {
    watcher.disconnect();
    for (const dispose of disposers) dispose();
  };
}

/** What the curves depend on: everything but the z they run over. @param {Layer} layer */
function curveKey(layer) {
  const { z, temperature, chosen } = layer;
  return [chosen, temperature, curveEnd(layer), ...z.toSpliced(chosen, 1), ...layer.names].join(' ');
}

/** The axis ends where the picture's does. @param {Layer} layer */
function curveEnd({ z }) {
  return axisEnd(z);
}

/** @param {Layer} layer */
function traces(layer) {
  const end = curveEnd(layer);
  const x = Array.from({ length: POINTS }, (_, k) => -end + (2 * end * k) / (POINTS - 1));
  const a = x.map((value) => softmax(layer.z.with(layer.chosen, value), layer.temperature));
  return layer.z.map((_, j) => ({
    type: 'scatter',
    mode: 'lines',
    name: `a${lowered(j + 1)} ${className(layer, j)}`,
    x,
    y: a.map((outputs) => outputs[j]),
    line: { color: colour(`--class-${j + 1}`), width: (j === layer.chosen ? 0.19 : 0.13) * rem(), shape: 'linear' },
    hovertemplate: '%{y:.3f}',
  }));
}

/** @param {Layer} layer */
function curveLayout(layer) {
  const end = curveEnd(layer);
  const ticks = [-end, -end / 2, 0, end / 2, end];
  return chartLayout({
    margin: { l: 2.1 * rem(), r: 0.6 * rem(), t: 0.5 * rem(), b: 1.5 * rem() },
    xaxis: {
      range: [-end, end],
      tickvals: ticks,
      ticktext: ticks.map((value) => fixed(value, value % 1 === 0 ? 0 : 1)),
      hoverformat: '.2f',
    },
    yaxis: { range: [-0.02, 1.04], tickvals: [0, 0.5, 1] },
  });
}

/**
 * A dashed line at the present z and a point on each curve.
 * @param {SVGElement} points
 * @param {any} plot
 * @param {Layer} layer
 */
function paintPoints(points, plot, layer) {
  const { xaxis, yaxis, width, height } = plot._fullLayout;
  const x = xaxis._offset + xaxis.l2p(layer.z[layer.chosen]);
  const visible = x >= xaxis._offset - 1 && x <= xaxis._offset + xaxis._length + 1;
  set(points, { viewBox: `0 0 ${width} ${height}`, visibility: visible ? 'visible' : 'hidden' });
  if (points.childElementCount !== layer.z.length + 1) {
    const dots = layer.z.map((_, j) => svg('circle', { class: 'dot', 'data-class': j + 1, r: 0.3 * rem() }));
    points.replaceChildren(svg('line', { class: 'now' }), ...dots);
  }
  const a = softmax(layer.z, layer.temperature);
  const [line, ...dots] = points.children;
  set(line, { x1: x, x2: x, y1: yaxis._offset, y2: yaxis._offset + yaxis._length });
  dots.forEach((dot, j) => {
    set(dot, { cx: x, cy: yaxis._offset + yaxis.l2p(a[j]) });
  });
}

/** The curves' numbers, for saving. @param {Layer} layer @returns {string[][]} */
export function curveRows(layer) {
  const [first, ...rest] = traces(layer);
  const head = [`z${layer.chosen + 1}`, ...layer.z.map((_, j) => `a${j + 1}`)];
  return [head, ...first.x.map((x, k) => [x, first.y[k], ...rest.map((trace) => trace.y[k])].map(String))];
}

/** What the chart shows, for those who cannot see it. @param {Layer} layer */
export function curveWords(layer) {
  return t('softmax.curves.words', { i: layer.chosen + 1, z: fixed(layer.z[layer.chosen]) });
}
