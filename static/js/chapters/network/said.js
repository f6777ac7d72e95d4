// @ts-check
/** One sentence that says what the line at hand did to this sample, or what is wrong; the same in the live region. */

import { say } from '../../figures/dom.js';
import { fixed, power, short } from '../../kit/format.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { amount, saying, textOf } from '../../kit/saying.js';
import { pairOf } from '../../nn/pairs.js';
import { arrayError } from '../../nn/tiles.js';
import { troubleWords } from '../../runs/trouble.js';
import { figuresOf } from './figures-of.js';
import { lineCount } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./walks.js').Answer} Answer */

/** Milliseconds of rest after which a screen reader is told. */
const REST = 400;
/** Units that a sentence names. */
const NAMED = 6;

/**
 * @param {HTMLElement} element
 * @param {HTMLElement | null} live
 * @param {{
 *   state: import('../../kit/observable.js').Watched<State>, answer: import('../../kit/observable.js').Watched<Answer | null>,
 *   problem: import('../../kit/observable.js').Watched<string>, trouble: import('../../kit/observable.js').Watched<import('../../runs/trouble.js').Trouble>
 * }} model
 */
export function walkSaid(element, live, { state, answer, problem, trouble }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const paint = () => {
    const wrong = trouble.value ? `${troubleWords(trouble.value)} ${t('network.offline')}` : problem.value;
    element.dataset.state = wrong ? 'wrong' : 'well';
    say(element, wrong || (answer.value ? spoken(answer.value, state.value) : t('network.said.none')));
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (live) live.textContent = element.textContent;
    }, REST);
  };
  for (const source of [state, answer, problem, trouble]) source.link(() => soon(paint));
}

/** @param {number} error in proportion */
const gapOf = (error) => (error > 0 && Number.isFinite(error) ? power(error, 1) : fixed(error, 0));

/** @param {Answer} answer @param {State} state */
const spoken = (answer, state) =>
  walkSaying(answer, state)
    .map((said) => textOf(said))
    .join(' ');

/** @typedef {import('./figures-of.js').Entry} Entry */

const values = (/** @type {Entry[]} */ row) => row.map(({ value }) => value);
const besides = (/** @type {Entry[]} */ row) => row.map(({ beside }) => beside);

/**
 * What the line at hand did to the sample, or to all of them.
 * @param {Answer} answer
 * @param {Pick<State, 'line' | 'sample'>} state
 * @returns {import('../../kit/saying.js').Saying[]}
 */
export function walkSaying({ walk, data }, { line, sample }) {
  const row = Math.min(sample, walk.samples - 1);
  const now = walk.lines[line - 1];
  const [figure] = figuresOf(walk, line, row);
  const at = saying('network.said.line', { line, count: lineCount({ hidden: walk.spec.hidden }), code: now.code });
  if (figure.kind === 'entries') {
    if (figure.moved) return [at, saying('network.said.move', { layer: now.layer })];
    const [found, measured] = [figure.entries.map(values), figure.entries.map(besides)];
    return [at, saying('network.said.slope', { n: walk.samples, error: gapOf(arrayError(found, measured)) })];
  }
  if (now.kind === 'cost') {
    const cost = amount(pairOf(walk.spec.output, walk.spec.cost), short(walk.cost, 4));
    return [at, saying('network.said.cost', { cost, n: walk.samples })];
  }
  const result = figure.rows.at(-1)?.values ?? [];
  const told = result.slice(0, NAMED).map((value) => (now.kind === 'inputs' ? fixed(value, 1) : short(value, 3)));
  const list = told.join(', ') + (result.length > NAMED ? ' …' : '');
  return [at, saying('network.said.sample', { n: row + 1, name: data.class_names[data.y[row]], values: list })];
}
