// @ts-check
/** A slider over the epochs that are recorded: the network as it was then, and a button back to now. */

import { say } from '../../figures/dom.js';
import { grouped } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';

/** Milliseconds that the slider rests before the state is asked for. */
const REST = 60;

/** @param {any} model */
export function scrub({ experiment, lines, pin, actions, course }) {
  const field = (/** @type {string} */ name) => /** @type {any} */ (document.querySelector(`[data-field="${name}"]`));
  const slider = field('scrub');
  const live = /** @type {HTMLButtonElement} */ (document.querySelector('[data-action="live"]'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  slider.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => actions.look(Number(slider.value)), REST);
    say(field('scrub-words'), grouped(Number(slider.value)));
  });
  live.addEventListener('click', actions.live);
  const logButtons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-log]'));
  for (const button of logButtons) {
    button.addEventListener('click', () => {
      experiment.value = { ...experiment.value, log: button.dataset.log === '1' };
    });
  }
  const show = () => {
    const run = lines.value[0]?.run;
    slider.disabled = run === undefined || run.x.length === 0;
    slider.max = String(run?.epoch ?? 0);
    if (pin.value === null) slider.value = slider.max;
    else if (document.activeElement !== slider) slider.value = String(pin.value.epoch);
    say(field('scrub-words'), pin.value === null ? t('train.scrub.now') : grouped(pin.value.epoch));
    live.hidden = pin.value === null;
  };
  lines.link(show);
  pin.link(show);
  course.link((/** @type {any} */ now) => {
    for (const button of logButtons)
      button.setAttribute('aria-pressed', String((button.dataset.log === '1') === now.log));
  });
}
