// @ts-check
/** One sentence on how things stand: what to press, what happens, why it failed, that the server is gone. */
import { grouped, percent, short } from '../format.js';
import { t } from '../i18n.js';
import { say } from './dom.js';

/**
 * @param {any} model
 * @param {() => void} begin
 * @param {(change: any) => void} change
 */
export function runSaid({ experiment, lines, phase, dataset, offline, problem, pin }, begin, change) {
  const line = /** @type {HTMLElement} */ (document.querySelector('[data-field="said"]'));
  const box = /** @type {HTMLElement} */ (line.closest('.train-said'));
  const cure = /** @type {HTMLButtonElement} */ (document.querySelector('[data-action="cure"]'));
  const live = document.getElementById('live');
  let announced = '';

  cure.addEventListener('click', () => {
    change({ eta: smaller(experiment.value.eta) });
    begin();
  });
  const tell = () => {
    const now = words();
    say(line, now.text);
    box.dataset.mood = now.mood;
    cure.hidden = phase.value !== 'failed' || offline.value;
    if (!cure.hidden) say(cure, t('train.cure', { eta: smaller(experiment.value.eta) }));
    if (live && announced !== now.mood + phase.value) {
      announced = now.mood + phase.value;
      live.textContent = now.text;
    }
  };
  const words = () => {
    if (offline.value) return { mood: 'offline', text: t('train.said.offline') };
    if (problem.value) return { mood: 'wrong', text: t('train.said.wrong', { words: problem.value.words }) };
    if (pin.value) return { mood: 'pinned', text: t('train.said.pinned', { epoch: grouped(pin.value.epoch) }) };
    const refusal = lines.value.find((/** @type {any} */ { run }) => run.refusal)?.run.refusal;
    if (refusal === 'version') return { mood: 'wrong', text: t('stream.version') };
    if (refusal) return { mood: 'wrong', text: t('train.said.wrong', { words: refusal }) };
    return { mood: phase.value, text: sentence() };
  };
  const sentence = () => {
    const now = phase.value;
    const values = { epochs: grouped(experiment.value.epochs), n: dataset.value?.samples ?? '…' };
    if (now === 'empty' || now === 'starting' || now === 'queued') return t(`train.said.${now}`, values);
    return lines.value
      .map((/** @type {any} */ one) => lineSaid(one, lines.value.length > 1, experiment.value))
      .join(' ');
  };
  for (const source of [experiment, lines, phase, dataset, offline, problem, pin]) source.link(tell);
}

/** @param {{ rule: string, run: any }} line @param {boolean} named @param {any} experiment */
function lineSaid({ rule, run }, named, experiment) {
  const values = {
    epoch: grouped(run.epoch),
    cost: run.cost === null ? '–' : short(run.cost, 4),
    accuracy: run.accuracy === null ? '–' : percent(run.accuracy),
    broken: grouped(run.epoch + 1),
    eta: experiment.eta,
  };
  const text = t(`train.said.${run.status}`, values);
  return named ? `${t(`spec.rule.${rule}`)}: ${text}` : text;
}

/** A tenth, without the digits that arithmetic adds. @param {number} eta */
function smaller(eta) {
  return Number((eta / 10).toPrecision(3));
}
