// @ts-check
/** The cost over the epochs, live: one line a rule, the cost of guessing as a line to compare with, the epoch looked at. */
import { chartLayout, colour, draw, onTheme, rem } from '../charts.js';
import { fixed, grouped, short } from '../format.js';
import { t } from '../i18n.js';
import { nextFrame } from '../state/frame.js';
import { thin } from '../stream/thin.js';

/** @typedef {import('../stream/run.js').Run} Run */
/** @typedef {'exact' | 'article'} Rule */
/**
 * @typedef {{ lines: { rule: Rule, run: Run }[], log: boolean, epochs: number, guessing: number | null, pinned: number | null }} Course
 * `guessing`: the cost of saying that all classes are equally likely, in nats, where the cost has one
 */

/** Points of a line on screen. */
const MOST_POINTS = 1200;
/** Milliseconds between two drawings while it runs: Plotly needs a good part of a frame for one. */
const GAP = 70;
const TOKENS = { exact: '--class-3', article: '--class-4' };

/**
 * @param {HTMLElement} element
 * @param {{ course: import('../state/observable.js').Watched<Course> }} model
 * @returns {() => void} dispose
 */
export function costCourse(element, { course }) {
  let busy = false;
  let again = false;
  let drawnAt = Number.NEGATIVE_INFINITY;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const paint = async () => {
    timer = undefined;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
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
    if (timer !== undefined) return;
    const wait = drawnAt + GAP - performance.now();
    // The end is not kept waiting: what is drawn last should be there at once.
    if (wait <= 0 || course.value.lines.every(({ run }) => run.status !== 'running')) nextFrame(paint);
    else timer = setTimeout(() => nextFrame(paint), wait);
  };
  const disposers = [course.link(ask), onTheme(ask)];
  const watcher = new ResizeObserver(ask);
  watcher.observe(element);
  return () => {
    watcher.disconnect();
    clearTimeout(timer);
    for (const dispose of disposers) dispose();
  };
}

/** @param {Course} course */
function traces({ lines, guessing, epochs }) {
  const drawn = lines.map(({ rule, run }) => ({
    type: 'scatter',
    mode: run.x.length > 1 ? 'lines' : 'markers',
    name: t(`spec.rule.${rule}`),
    ...thin(run.x, run.y, MOST_POINTS),
    line: { color: colour(TOKENS[rule]), width: 0.16 * rem(), simplify: false },
    marker: { color: colour(TOKENS[rule]), size: 0.5 * rem() },
    hovertemplate: '%{y:.6g}',
  }));
  if (guessing === null) return drawn;
  const line = { color: colour('--quiet'), width: 0.08 * rem(), dash: 'dot' };
  const all = {
    type: 'scatter',
    mode: 'lines',
    x: [0, epochs],
    y: [guessing, guessing],
    line,
    hoverinfo: 'skip',
    name: '',
  };
  return [...drawn, all];
}

/** @param {Course} course */
function layout({ lines, log, epochs, guessing, pinned }) {
  const place = (/** @type {number} */ cost) => (log ? Math.log10(cost) : cost);
  const ends = lines.filter(({ run }) => run.cost !== null && run.cost > 0 && run.x.length > 0).map(endOf);
  const costs = lines.flatMap(({ run }) => run.y).filter((cost) => cost > 0);
  return chartLayout({
    margin: { l: 3 * rem(), r: 1 * rem(), t: 0.6 * rem(), b: 1.8 * rem() },
    xaxis: { range: [0, epochs], separatethousands: true, tickformat: ',d', nticks: 6 },
    yaxis: log
      ? {
          type: 'log',
          range: logRange(costs, guessing),
          dtick: undefined,
          nticks: 6,
          tickformat: '~g',
          exponentformat: 'power',
        }
      : { type: 'linear', range: [0, 1.08 * Math.max(guessing ?? 0, 1e-12, ...top(costs))], nticks: 6 },
    annotations: [
      ...ends.map(({ rule, epoch, cost }) =>
        label(
          `${t(`spec.rule.${rule}`)} ${short(cost, 4)}`,
          epoch,
          place(cost),
          epochs,
          colour(`${TOKENS[rule]}-text`),
        ),
      ),
      ...(guessing === null
        ? []
        : [
            label(
              t('train.guessing', { cost: fixed(guessing, 3) }),
              epochs,
              place(guessing),
              epochs,
              colour('--quiet'),
            ),
          ]),
    ],
    shapes: pinned === null ? [] : [marker(pinned)],
    uirevision: 'keep',
  });
}

/** The largest, without spreading a long list over the stack. @param {readonly number[]} values @returns {number[]} */
function top(values) {
  return values.length === 0 ? [] : [values.reduce((most, value) => Math.max(most, value), 0)];
}

/** @param {readonly number[]} costs @param {number | null} guessing */
function logRange(costs, guessing) {
  const all = guessing === null ? costs : [...costs, guessing];
  if (all.length === 0) return [-1, 0.5];
  const low = all.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const [most] = top(all);
  return [Math.log10(low) - 0.12, Math.log10(most) + 0.12];
}

/** @param {{ rule: Rule, run: Run }} line */
function endOf({ rule, run }) {
  return { rule, epoch: run.epoch, cost: /** @type {number} */ (run.cost) };
}

/** @param {string} text @param {number} x @param {number} y @param {number} epochs @param {string} shade */
function label(text, x, y, epochs, shade) {
  const late = x > 0.6 * epochs;
  return {
    text,
    x,
    y,
    xanchor: late ? 'right' : 'left',
    yanchor: 'bottom',
    showarrow: false,
    xshift: late ? -2 : 4,
    font: { color: shade, size: 0.78 * rem() },
  };
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
