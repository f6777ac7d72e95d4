// @ts-check
/** The cost over the epochs, live: one line a rule, the cost of guessing as a line to compare with, the epoch looked at. */
import { chartLayout, draw, plotly } from '../../figures/charts.js';
import { colour, onTheme, rem } from '../../kit/colours.js';
import { fixed, grouped, raised, short } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { thin } from '../../kit/thin.js';

/** @typedef {import('../../runs/run.js').Run} Run */
/** @typedef {'exact' | 'article'} Rule */
/**
 * @typedef {{ lines: { rule: Rule, run: Run }[], log: boolean, epochs: number, guessing: number | null, pinned: number | null }} Course
 * `guessing`: the cost of saying that all classes are equally likely, in nats, where the cost has one
 */

/** Points of a line on screen. */
const MOST_POINTS = 1200;
/** Milliseconds between two drawings while it runs: Plotly needs a good part of a frame for one. */
const GAP = 110;
const TOKENS = { exact: '--class-3', article: '--class-4' };

/**
 * @param {HTMLElement} element
 * @param {{ course: import('../../kit/observable.js').Watched<Course> }} model
 * @returns {() => void} dispose
 */
export function costCourse(element, { course }) {
  let busy = false;
  let again = false;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let drawn = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const paint = async () => {
    timer = undefined;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    if (element.dataset.state !== 'drawn') await rehearse(element, course.value);
    drawn = lookOf(course.value);
    drawnAt = performance.now();
    await draw(element, traces(course.value), layout(course.value), 'cost');
    element.dataset.state = 'drawn';
    busy = false;
    if (again) {
      again = false;
      ask();
    }
  };
  const ask = () => {
    if (timer !== undefined || lookOf(course.value) === drawn) return;
    const wait = drawnAt + GAP - performance.now();
    // The end is not kept waiting: what is drawn last should be there at once.
    if (wait <= 0 || course.value.lines.every(({ run }) => run.status !== 'running')) nextFrame(paint);
    else timer = setTimeout(() => nextFrame(paint), wait);
  };
  const anew = () => {
    drawn = '';
    ask();
  };
  const follow = (/** @type {Course} */ now, /** @type {Course | undefined} */ before) => {
    // The first point is drawn in the same breath: it answers the hand that pressed Train.
    if (!busy && element.dataset.state === 'drawn' && before && hasBegun(now) && !hasBegun(before)) paint();
    else ask();
  };
  const disposers = [course.link(follow), onTheme(anew)];
  const watcher = new ResizeObserver(async () => {
    if (element.dataset.state === 'drawn') (await plotly()).Plots.resize(element);
    anew();
  });
  watcher.observe(element);
  return () => {
    watcher.disconnect();
    clearTimeout(timer);
    for (const dispose of disposers) dispose();
  };
}

/**
 * Draws what the first moments of a run will need, so that it cannot be seen, while nobody waits: a browser draws anything
 * faster the second time.
 * @param {HTMLElement} element
 * @param {Course} course
 */
async function rehearse(element, course) {
  const [line] = course.lines;
  const epoch = Math.min(2, course.epochs);
  const begun = { ...line.run, x: [0], y: [1], epoch: 0, cost: 1 };
  const going = { ...line.run, x: [0, 1, epoch], y: [1, 0.5, 0.7], epoch, cost: 0.7 };
  for (const run of [begun, going, begun]) {
    const scene = { ...course, lines: [{ ...line, run }] };
    const unseen = traces(scene).map((trace) => ({ ...trace, opacity: 0, hoverinfo: 'skip' }));
    const { annotations, ...rest } = /** @type {{ annotations: object[] }} */ (/** @type {unknown} */ (layout(scene)));
    await draw(element, unseen, { ...rest, annotations: annotations.map((one) => ({ ...one, opacity: 0 })) }, 'cost');
  }
}

/** Whether a run has a point to show. @param {Course} course */
function hasBegun({ lines }) {
  return lines.some(({ run }) => run.x.length > 0);
}

/** All that the drawing depends on: while it stays, there is nothing to draw. @param {Course} course */
function lookOf({ lines, log, epochs, guessing, pinned }) {
  const ends = lines.map(({ rule, run }) => `${rule} ${run.x.length} ${run.epoch} ${run.cost}`);
  return [...ends, log, epochs, guessing, pinned].join(' ');
}

/** @param {Course} course */
function traces({ lines }) {
  return lines.map(({ rule, run }) => ({
    type: 'scatter',
    mode: run.x.length > 1 ? 'lines' : 'markers',
    name: t(`spec.rule.${rule}`),
    ...thin(run.x, run.y, MOST_POINTS),
    line: { color: colour(TOKENS[rule]), width: 0.16 * rem(), simplify: false },
    marker: { color: colour(TOKENS[rule]), size: 0.5 * rem() },
    hovertemplate: '%{y:.6g}',
  }));
}

/** @param {Course} course */
function layout({ lines, log, epochs, guessing, pinned }) {
  const place = (/** @type {number} */ cost) => (log ? Math.log10(cost) : cost);
  const ticks = epochs >= 5 ? [0, 1, 2, 3, 4, 5].map((part) => Math.round((part * epochs) / 5)) : [0, epochs];
  const costs = lines.flatMap(({ run }) => run.y).filter((cost) => cost > 0);
  const guess =
    guessing === null
      ? []
      : [label(t('train.guessing', { cost: fixed(guessing, 3) }), epochs, place(guessing), epochs)];
  return chartLayout({
    margin: { l: 3 * rem(), r: 1.4 * rem(), t: 0.6 * rem(), b: 1.8 * rem() },
    xaxis: { range: [0, epochs], tickvals: ticks, ticktext: ticks.map(grouped), hoverformat: 'd' },
    yaxis: log
      ? logAxis(costs, guessing)
      : { type: 'linear', range: [0, 1.08 * Math.max(guessing ?? 0, 1e-12, ...top(costs))], nticks: 6 },
    annotations: [
      ...guess,
      ...lines.filter(({ run }) => run.cost !== null && run.cost > 0 && run.x.length > 0).map(endLabel(epochs, place)),
    ],
    shapes: [...(guessing === null ? [] : [level(guessing)]), ...(pinned === null ? [] : [marker(pinned)])],
    uirevision: 'keep',
  });
}

/**
 * The line's name and cost at its end: under it where it falls, over it where it rises, so that it covers none of it.
 * @param {number} epochs
 * @param {(cost: number) => number} place
 * @returns {(line: { rule: Rule, run: Run }) => object}
 */
function endLabel(epochs, place) {
  return ({ rule, run }) => {
    const cost = Number(run.cost);
    const text = `<b>${t(`spec.rule.${rule}`)}</b> ${short(cost, 4)}`;
    const falls = cost < run.y[0];
    const shade = colour(`${TOKENS[rule]}-text`);
    const at = label(text, run.epoch, place(cost), epochs, shade);
    return {
      ...at,
      yanchor: falls ? 'top' : 'bottom',
      yshift: falls ? -5 : 5,
      bgcolor: colour('--paper'),
      opacity: 0.92,
    };
  };
}

/** The largest, without spreading a long list over the stack. @param {readonly number[]} values @returns {number[]} */
function top(values) {
  return values.length === 0 ? [] : [values.reduce((most, value) => Math.max(most, value), 0)];
}

/** @param {readonly number[]} costs @param {number | null} guessing */
function logAxis(costs, guessing) {
  const [low, high] = logRange(costs, guessing);
  const factors = high - low < 1.4 ? [1, 2, 3, 5, 7] : high - low < 3.2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((high - low) / 7));
  const decades = Array.from({ length: Math.ceil(high - low) + 2 }, (_, k) => Math.floor(low) + k);
  const ticks = decades
    .filter((decade) => decade % every === 0)
    .flatMap((decade) => factors.map((factor) => factor * 10 ** decade));
  return { type: 'log', range: [low, high], tickvals: ticks, ticktext: ticks.map(tick) };
}

/** 0.05, 20, 10⁻⁷. @param {number} value */
function tick(value) {
  return value < 0.001 || value >= 10_000
    ? `10${raised(Math.round(Math.log10(value)))}`
    : String(Number(value.toPrecision(1)));
}

/** @param {readonly number[]} costs @param {number | null} guessing */
function logRange(costs, guessing) {
  const all = guessing === null ? costs : [...costs, guessing];
  if (all.length === 0) return [-1, 0.5];
  const low = all.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const [most] = top(all);
  const [bottom, ceiling] = [Math.log10(low), Math.log10(most)];
  return [bottom - 0.05 - 0.12 * (ceiling - bottom), ceiling + 0.05 + 0.06 * (ceiling - bottom)];
}

/** @param {string} text @param {number} x @param {number} y @param {number} epochs @param {string} [shade] */
function label(text, x, y, epochs, shade = colour('--quiet')) {
  const late = x > 0.6 * epochs;
  const font = { color: shade, size: 0.78 * rem() };
  return {
    text,
    x,
    y,
    xanchor: late ? 'right' : 'left',
    yanchor: 'bottom',
    showarrow: false,
    xshift: late ? -2 : 4,
    font,
  };
}

/** A dotted line across the chart. @param {number} cost */
function level(cost) {
  const line = { color: colour('--quiet'), width: 0.08 * rem(), dash: 'dot' };
  return { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: cost, y1: cost, line, layer: 'below' };
}

/** @param {number} epoch */
function marker(epoch) {
  const line = { color: colour('--ink'), width: 1, dash: 'dash' };
  return { type: 'line', x0: epoch, x1: epoch, yref: 'paper', y0: 0, y1: 1, line };
}

/** What the chart shows, for those who cannot see it. @param {Course} course */
export function courseWords({ lines }) {
  return lines
    .filter(({ run }) => run.cost !== null)
    .map(({ rule, run }) =>
      t('train.course.words', {
        rule: t(`spec.rule.${rule}`),
        epoch: grouped(run.epoch),
        cost: short(Number(run.cost), 4),
      }),
    )
    .join(' ');
}
