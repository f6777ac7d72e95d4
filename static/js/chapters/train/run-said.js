// @ts-check
/** One sentence on how things stand: what to press, what happens, why it failed, that the server is gone. */

import { say } from '../../figures/dom.js';
import { grouped, percent, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { diverged, whyFailed } from '../../kit/refusals.js';
import { saying, textOf } from '../../kit/saying.js';
import { fetchCosts } from '../../runs/marks.js';
import { Refusal, Unreachable } from '../../runs/server.js';
import { troubleWords } from '../../runs/trouble.js';
import { leftAt, passing, storyOf } from './story.js';

/**
 * @param {any} model
 * @param {any} actions
 */
export function runSaid(
  { experiment, all, phase, dataset, trouble, delivery, problem, pin },
  { begin, change, story },
) {
  const line = /** @type {HTMLElement} */ (document.querySelector('[data-field="said"]'));
  const box = /** @type {HTMLElement} */ (line.closest('.train-said'));
  const cure = /** @type {HTMLButtonElement} */ (document.querySelector('[data-action="cure"]'));
  const live = document.getElementById('live');
  const race = /** @type {HTMLButtonElement} */ (document.querySelector('[data-action="story"]'));
  let announced = '';

  cure.addEventListener('click', () => {
    change({ eta: smaller(experiment.value.eta) });
    begin();
  });
  race.addEventListener('click', story);
  const tell = () => {
    const now = words();
    const tale = now.mood === 'finished' || now.mood === 'failed' ? told() : '';
    say(line, tale || now.text);
    box.dataset.mood = now.mood;
    cure.hidden = phase.value !== 'failed' || trouble.value !== '' || !all.value.some(isOverTheTop);
    race.hidden = now.mood !== 'empty';
    if (!cure.hidden) say(cure, t('train.cure', { eta: smaller(experiment.value.eta) }));
    if (live && announced !== now.mood + phase.value && !awaitsFigures(now.mood)) {
      announced = now.mood + phase.value;
      live.textContent = tale || now.text;
    }
  };
  // A run's first message tells its status; its figures come with the next. What is said aloud is said once: with them.
  const awaitsFigures = (/** @type {string} */ mood) =>
    ['running', 'paused', 'finished', 'stopped'].includes(mood) &&
    all.value.some((/** @type {any} */ { run }) => run.cost === null);
  /** When the exact rule left the line of guessing, for the run with this id. @type {{ id: string, epoch: number | null }} */
  let left = { id: '', epoch: null };
  const told = () => {
    const asked = passing(all.value, numbers());
    if (asked !== null && asked.id !== left.id) {
      left = { id: asked.id, epoch: null };
      const guessing = Number(numbers().guessing);
      fetchCosts(asked.id, asked.from, asked.to + 1).then((costs) => {
        if (left.id !== asked.id) return;
        left = { id: asked.id, epoch: leftAt(costs, asked.from, guessing) };
        tell();
      }, unanswered);
    }
    const tale = storyOf(all.value, { ...numbers(), left: left.epoch });
    return tale === null ? '' : textOf(tale);
  };
  /** The story waits; it is asked for again with the next news. @param {unknown} error */
  const unanswered = (error) => {
    left = { id: '', epoch: null };
    if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
  };
  const numbers = () => ({
    eta: experiment.value.eta,
    samples: dataset.value?.samples ?? 0,
    guessing: experiment.value.cost === 'log-likelihood' && dataset.value ? Math.log(dataset.value.classes) : null,
  });
  const reached = () => troubleWords(trouble.value, delivery.value);
  const words = () => {
    if (trouble.value) return { mood: 'offline', text: `${reached()} ${t('train.said.offline')}` };
    if (reached()) return { mood: 'wrong', text: reached() };
    if (problem.value?.field === 'run') return { mood: 'wrong', text: problem.value.words };
    if (problem.value) return { mood: 'wrong', text: t('train.said.wrong', { words: problem.value.words }) };
    if (pin.value) return { mood: 'pinned', text: t('train.said.pinned', { epoch: grouped(pin.value.epoch) }) };
    const refusal = all.value.find((/** @type {any} */ { run }) => run.refusal)?.run.refusal;
    if (refusal === 'version') return { mood: 'wrong', text: t('stream.version') };
    if (refusal) return { mood: 'wrong', text: t('train.said.wrong', { words: refusal }) };
    return { mood: phase.value, text: sentence() };
  };
  const sentence = () => {
    const now = phase.value;
    const values = { epochs: grouped(experiment.value.epochs), n: dataset.value?.samples ?? '…' };
    if (now === 'empty' || now === 'starting' || now === 'queued') return t(`train.said.${now}`, values);
    return all.value
      .map((/** @type {any} */ one) => textOf(runSaying(one, all.value.length > 1, experiment.value)))
      .join(' ');
  };
  for (const source of [experiment, all, phase, dataset, trouble, delivery, problem, pin]) source.link(tell);
}

/**
 * How one run stands. Pure.
 * @param {{ rule: string, run: any }} line
 * @param {boolean} named whether its rule has to be told
 * @param {{ eta: number }} experiment
 * @returns {import('../../kit/saying.js').Saying}
 */
export function runSaying({ rule, run }, named, { eta }) {
  const values = {
    epoch: grouped(run.epoch),
    cost: run.cost === null ? '–' : short(run.cost, 4),
    accuracy: run.accuracy === null ? '–' : percent(run.accuracy),
    broken: grouped(run.epoch + 1),
    eta,
  };
  const other = run.status === 'failed' && !diverged(run);
  const said = other
    ? saying('train.said.other', { words: whyFailed(run) })
    : saying(`train.said.${run.status}`, values);
  return named ? saying('train.said.named', { rule: saying(`spec.rule.${rule}`), said }) : said;
}

/** Whether a smaller eta might help. @param {{ run: any }} line */
function isOverTheTop({ run }) {
  return run.status === 'failed' && diverged(run);
}

/** A tenth, without the digits that arithmetic adds; the article's 0.1 where that would still be far too much. @param {number} eta */
export function smaller(eta) {
  return eta > 10 ? 0.1 : Number((eta / 10).toPrecision(3));
}
