// @ts-check
/** What two runs from the same start have shown: that the article's rule is lost, or that its fault cannot be seen here. */
import { grouped, percent, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';

/** @typedef {import('../../runs/run.js').Run} Run */

/** A cost this much below guessing has learnt something. */
const LEFT_GUESSING = 0.95;

/**
 * @param {{ rule: string, run: Run }[]} lines
 * @param {{ eta: number, samples: number, guessing: number | null }} numbers
 * @returns {string} two sentences, or nothing where there is nothing to say yet
 */
export function storyOf(lines, { eta, samples, guessing }) {
  const exact = lines.find(({ rule }) => rule === 'exact')?.run;
  const article = lines.find(({ rule }) => rule === 'article')?.run;
  if (!exact || !article || guessing === null) return '';
  if ([exact, article].some((run) => run.status !== 'finished' && run.status !== 'failed')) return '';
  if (exact.cost === null || article.cost === null) return '';
  const values = { n: samples, eta, real: Number((eta * samples).toPrecision(6)) };
  if (article.cost > guessing && exact.cost < LEFT_GUESSING * guessing) {
    return t('train.story.lost', { ...values, ...swing(article), ...outcome(exact, guessing) });
  }
  if (article.cost < guessing / 2 && exact.cost < guessing / 2) {
    return t('train.story.hidden', { ...values, article: short(article.cost, 5), exact: short(exact.cost, 5) });
  }
  return '';
}

/** Between which costs a run goes to and fro in its second half. @param {Run} run */
function swing({ x, y, epoch, accuracy }) {
  const late = y.filter((_, i) => x[i] >= epoch / 2);
  const low = late.reduce((least, cost) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  const high = late.reduce((most, cost) => Math.max(most, cost), 0);
  return { low: short(low, 1), high: short(high, 1), wrong: accuracy === null ? '–' : percent(accuracy) };
}

/** When a run left the line of guessing, and where it came to. @param {Run} run @param {number} guessing */
function outcome({ x, y, cost, accuracy }, guessing) {
  const last = y.findLastIndex((value) => value > LEFT_GUESSING * guessing);
  return {
    left: grouped(x[Math.max(0, last)]),
    cost: short(Number(cost), 4),
    right: accuracy === null ? '–' : percent(accuracy),
  };
}
