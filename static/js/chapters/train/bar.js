// @ts-check
/** The bar of controls: train, step, reset, pace, the fields that are changed most, and three readings. */

import { say, set } from '../../figures/dom.js';
import { numberField } from '../../figures/number-field.js';
import { isSpare } from '../../figures/spare-keys.js';
import { fixed, grouped, percent } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';

/** The slider's last place is "as fast as it goes"; the one before it is this many epochs a second. */
const FASTEST = 10_000;
/** Epochs that → does with Shift. */
const LEAP = 100;

/**
 * @param {HTMLElement} bar
 * @param {any} model
 */
export function bar(bar, { experiment, lines, phase, pin, actions, limits }) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (bar.querySelector(selector));
  const pace = find('[data-field="pace"]');
  const eta = find('[data-spec="eta"]');
  const dataset = find('[data-spec="dataset"]');
  for (const name of ['train', 'reset']) find(`[data-action="${name}"]`).addEventListener('click', actions[name]);
  find('[data-action="step"]').addEventListener('click', () => actions.step(1));
  pace.addEventListener('input', () => actions.pace(paceAt(Number(pace.value), Number(pace.max))));
  const showEta = numberField(eta, {
    limit: limits.eta,
    value: () => experiment.value.eta,
    enter: (value) => actions.change({ eta: value }),
    place: find('#error-eta'),
  });
  dataset.addEventListener('change', () => {
    actions.change({ dataset: dataset.value, sample: -1 });
    // A table by hand is there to be filled.
    if (dataset.value === 'table') find('[data-view="settings"]').open = true;
  });
  for (const button of bar.querySelectorAll('[data-rule]')) {
    button.addEventListener('click', () => actions.change({ rule: /** @type {HTMLElement} */ (button).dataset.rule }));
  }

  experiment.link((/** @type {any} */ now) => {
    pace.value = String(placeOf(now.pace, Number(pace.max)));
    const words =
      now.pace === null ? t('train.pace.free') : t('train.pace.words', { n: grouped(Math.round(now.pace)) });
    say(find('[data-field="pace-words"]'), words);
    pace.setAttribute('aria-valuetext', words);
    showEta();
    dataset.value = now.dataset;
    for (const button of bar.querySelectorAll('[data-rule]')) {
      set(button, { 'aria-pressed': String(/** @type {HTMLElement} */ (button).dataset.rule === now.rule) });
    }
  });
  phase.link((/** @type {string} */ now) => {
    const busy = now === 'running' || now === 'queued' || now === 'starting';
    say(find('[data-field="train-sign"]'), busy ? '❚❚' : '▶');
    say(find('[data-field="train-word"]'), t(busy ? 'train.pause' : now === 'paused' ? 'train.resume' : 'train.train'));
    find('[data-action="reset"]').disabled = now === 'empty';
    const stage = /** @type {HTMLElement} */ (bar.closest('[data-phase]'));
    stage.dataset.phase = now;
  });
  const reading = (
    /** @type {string} */ name,
    /** @type {number | null | undefined} */ value,
    /** @type {string} */ words,
  ) => {
    const field = find(`[data-field="${name}"]`);
    set(field, {
      'data-value': value === null || value === undefined ? '' : String(value),
      title: String(value ?? ''),
    });
    say(field, words);
  };
  /** Of the epoch that is looked at, or of the newest. */
  const read = () => {
    const [lead] = lines.value;
    find('.readings').dataset.lead = lead?.rule ?? 'exact';
    const newest = lead !== undefined && lead.run.x.length > 0 ? lead.run : null;
    const now = pin.value ?? newest;
    reading('epoch', now?.epoch, now ? grouped(now.epoch) : '–');
    reading('cost', now?.cost, typeof now?.cost === 'number' ? fixed(now.cost, 4) : '–');
    reading('accuracy', now?.accuracy, typeof now?.accuracy === 'number' ? percent(now.accuracy) : '–');
  };
  lines.link(read);
  pin.link(read);
}

/** @param {number} place @param {number} end @returns {number | null} epochs a second */
export function paceAt(place, end) {
  return place >= end ? null : Math.round(FASTEST ** (place / (end - 1)));
}

/** @param {number | null} pace @param {number} end */
export function placeOf(pace, end) {
  return pace === null
    ? end
    : Math.min(end - 1, Math.max(0, Math.round(((end - 1) * Math.log(pace)) / Math.log(FASTEST))));
}

/** Space trains or pauses and → steps, where nothing else needs these keys. @param {any} actions */
export function barKeys(actions) {
  addEventListener('keydown', (event) => {
    if ((event.key !== ' ' && event.key !== 'ArrowRight') || !isSpare(event)) return;
    event.preventDefault();
    const epochs = event.shiftKey ? LEAP : 1;
    nextFrame(event.key === ' ' ? actions.train : () => actions.step(epochs));
  });
}
