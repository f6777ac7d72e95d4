// @ts-check
/** The cost over the epochs, live: one line a rule, the cost of guessing as a line to compare with, the epoch looked at. */
import { charted } from '../../figures/chart/chart.js';
import { fixed, grouped, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { atRest } from '../../kit/rest.js';

/** @typedef {import('../../runs/run.js').Run} Run */
/** @typedef {'exact' | 'article'} Rule */
/**
 * @typedef {{ lines: { rule: Rule, run: Run }[], log: boolean, epochs: number, guessing: number | null, pinned: number | null }} Course
 * `guessing`: the cost of saying that all classes are equally likely, in nats, where the cost has one
 */

/** The colour of each rule: that of a class. */
const SHADES = { exact: 3, article: 4 };

/**
 * @param {HTMLElement} element
 * @param {{ course: import('../../kit/observable.js').Watched<Course> }} model
 * @returns {() => void} dispose
 */
export function costCourse(element, { course }) {
  const name = () => element.setAttribute('aria-label', courseWords(course.value));
  const unlink = course.link(atRest(name));
  const dispose = charted(element, { state: course }, { name: 'cost', key: lookOf, chart });
  return () => {
    unlink();
    dispose();
  };
}

/** All that the drawing depends on: while it stays, there is nothing to draw. @param {Course} course */
function lookOf({ lines, log, epochs, guessing, pinned }) {
  const ends = lines.map(({ rule, run }) => `${rule} ${run.x.length} ${run.epoch} ${run.cost}`);
  return [...ends, log, epochs, guessing, pinned].join(' ');
}

/** @param {Course} course @returns {import('../../figures/chart/plan.js').Chart} */
export function chart({ lines, log, epochs, guessing, pinned }) {
  const marks = epochs >= 5 ? [0, 1, 2, 3, 4, 5].map((part) => Math.round((part * epochs) / 5)) : [0, epochs];
  return {
    margin: { left: 3, right: 1.4, top: 0.6, bottom: 1.8 },
    x: { range: [0, epochs], ticks: marks.map((at) => ({ at, text: grouped(at) })), format: 'd', whole: true },
    rows: [{ y: { range: (log ? logRange : linearRange)(lines, guessing), log } }],
    lines: lines.map(({ rule, run }) => ({
      name: t(`spec.rule.${rule}`),
      x: run.x,
      y: run.y,
      shade: SHADES[rule],
      format: '.6g',
    })),
    levels: guessing === null ? [] : [guessing],
    labels: [
      ...(guessing === null ? [] : [guess(guessing, epochs)]),
      ...lines.filter(({ run }) => run.cost !== null && run.cost > 0 && run.x.length > 0).map(endLabel(epochs)),
    ],
    cursor: pinned,
    zoom: `${log} ${epochs}`,
  };
}

/** What the dotted line means, at its end. @param {number} cost @param {number} epochs */
function guess(cost, epochs) {
  return { text: '', detail: t('train.guessing', { cost: fixed(cost, 3) }), x: epochs, y: cost, end: true };
}

/**
 * The line's name and cost at its end: under it where it falls, over it where it rises, so that it covers none of it.
 * @param {number} epochs
 * @returns {(line: { rule: Rule, run: Run }) => import('../../figures/chart/plan.js').Label}
 */
function endLabel(epochs) {
  return ({ rule, run }) => {
    const cost = Number(run.cost);
    return {
      text: t(`spec.rule.${rule}`),
      detail: short(cost, 4),
      x: run.epoch,
      y: cost,
      shade: SHADES[rule],
      end: run.epoch > 0.6 * epochs,
      below: cost < run.y[0],
    };
  };
}

/** @param {Course['lines']} lines @param {number | null} guessing @returns {[number, number]} */
function linearRange(lines, guessing) {
  return [0, 1.08 * Math.max(guessing ?? 0, 1e-12, extent(lines)[1])];
}

/** @param {Course['lines']} lines @param {number | null} guessing @returns {[number, number]} */
function logRange(lines, guessing) {
  const [least, most] = extent(lines);
  if (most === 0) return [0.05 * (guessing ?? 1), 2 * (guessing ?? 1)];
  const [bottom, top] = [Math.min(least, guessing ?? least), Math.max(most, guessing ?? most)].map(Math.log10);
  return [10 ** (bottom - 0.05 - 0.12 * (top - bottom)), 10 ** (top + 0.05 + 0.06 * (top - bottom))];
}

/** The least and the largest positive cost, without spreading a long list over the stack. @param {Course['lines']} lines */
function extent(lines) {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { run } of lines) {
    for (const cost of run.y) {
      if (cost > 0 && cost < least) least = cost;
      if (cost > most && cost < Number.POSITIVE_INFINITY) most = cost;
    }
  }
  return [least, most];
}

/** What the chart shows, for those who cannot see it. @param {Course} course */
function courseWords({ lines }) {
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
