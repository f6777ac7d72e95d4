// @ts-check
/**
 * What two runs from the same start have shown: that the article's rule is lost, or that its fault cannot be seen here. Pure.
 *
 * A run's curve is thinned: of every stretch of epochs its lowest and its highest cost are left. So what it says of extremes
 * is true of all epochs, but when it passed a line it knows only to a stretch or two: `passing` says between which epochs.
 */
import { grouped, percent, short } from '../../kit/format.js';
import { saying } from '../../kit/saying.js';

/** @typedef {import('../../runs/run.js').Run} Run */
/** @typedef {{ rule: string, run: Run }} Line */
/** @typedef {{ eta: number, samples: number, guessing: number | null }} Numbers */

/** A cost this much below guessing has learnt something. */
const LEFT_GUESSING = 0.95;

/**
 * @param {readonly Line[]} lines
 * @param {Numbers & { left: number | null }} numbers `left`: the epoch at which the exact rule left the line of guessing
 * @returns {import('../../kit/saying.js').Saying | null} null where there is nothing to say, or not yet
 */
export function storyOf(lines, { left, ...numbers }) {
  const found = outcome(lines, numbers);
  if (found === null) return null;
  const { kind, exact, article } = found;
  const { samples, eta } = numbers;
  const values = { n: samples, eta, real: Number((eta * samples).toPrecision(6)) };
  if (kind === 'hidden') {
    const costs = { article: short(Number(article.cost), 5), exact: short(Number(exact.cost), 5) };
    return saying('train.story.hidden', { ...values, ...costs, faster: saying(`train.story.${fasterOf(found)}`) });
  }
  if (left === null) return null;
  return saying('train.story.lost', {
    ...values,
    ...swing(article),
    left: grouped(left),
    cost: short(Number(exact.cost), 4),
    right: share(exact.accuracy),
  });
}

/**
 * Between which epochs the exact rule's cost was above the line of guessing for the last time; null where the story does not
 * ask for it.
 * @param {readonly Line[]} lines
 * @param {Numbers} numbers
 * @returns {{ id: string, from: number, to: number } | null}
 */
export function passing(lines, numbers) {
  const found = outcome(lines, numbers);
  if (found?.kind !== 'lost') return null;
  const { x, y, id } = found.exact;
  const last = y.findLastIndex((cost) => cost > LEFT_GUESSING * Number(numbers.guessing));
  if (last < 0) return { id, from: 0, to: 0 };
  return { id, from: x[last], to: x[Math.min(last + 2, x.length - 1)] };
}

/**
 * The first epoch from which on all these costs are below the line of guessing.
 * @param {readonly number[]} costs
 * @param {number} from the first one's epoch
 * @param {number} guessing
 */
export function leftAt(costs, from, guessing) {
  return from + costs.findLastIndex((cost) => cost > LEFT_GUESSING * guessing) + 1;
}

/** @param {readonly Line[]} lines @param {Numbers} numbers @returns {{ kind: 'lost' | 'hidden', exact: Run, article: Run } | null} */
function outcome(lines, { guessing }) {
  const exact = lines.find(({ rule }) => rule === 'exact')?.run;
  const article = lines.find(({ rule }) => rule === 'article')?.run;
  if (!exact || !article || guessing === null) return null;
  if ([exact, article].some((run) => run.status !== 'finished' && run.status !== 'failed')) return null;
  if (exact.cost === null || article.cost === null) return null;
  if (article.cost > guessing && exact.cost < LEFT_GUESSING * guessing) return { kind: 'lost', exact, article };
  if (article.cost < guessing / 2 && exact.cost < guessing / 2) return { kind: 'hidden', exact, article };
  return null;
}

/** Whether the longer step came further, or as far. @param {{ exact: Run, article: Run }} runs */
function fasterOf({ exact, article }) {
  return Number(article.cost) < Number(exact.cost) ? 'faster' : 'slower';
}

/** Between which costs a run goes to and fro in its second half. @param {Run} run */
function swing({ x, y, epoch, accuracy }) {
  const late = y.filter((_, i) => x[i] >= epoch / 2);
  const low = late.reduce((least, cost) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  const high = late.reduce((most, cost) => Math.max(most, cost), 0);
  return { low: short(low, 1), high: short(high, 1), wrong: share(accuracy) };
}

/** @param {number | null} accuracy */
function share(accuracy) {
  return accuracy === null ? '–' : percent(accuracy);
}
