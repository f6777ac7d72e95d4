// @ts-check
/** Which steps of the path were walked in this browser: a mark at each, and how many there are in all. */

import { say } from '../../figures/dom.js';
import { t } from '../../kit/i18n.js';

/**
 * @param {HTMLElement} line says how far somebody has come; its button forgets it
 * @param {ReturnType<typeof import('../../kit/progress.js').progress>} kept
 */
export function pathProgress(line, kept) {
  const steps = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-step]')]);
  const words = /** @type {HTMLElement} */ (line.querySelector('[data-field="progress"]'));
  const paint = () => {
    const done = kept.done();
    const walked = steps.filter((step) => done.has(String(step.dataset.step)));
    for (const step of steps) step.dataset.done = String(walked.includes(step));
    const answered = [...done].filter((name) => name.startsWith('lesson.')).length;
    line.hidden = walked.length === 0 && answered === 0;
    say(words, t('home.progress', { done: walked.length, all: steps.length, answered }));
  };
  for (const step of steps) {
    step.querySelector('a')?.addEventListener('click', () => kept.add(String(step.dataset.step)));
  }
  line.querySelector('button')?.addEventListener('click', () => {
    kept.clear();
    paint();
  });
  addEventListener('pageshow', paint);
  paint();
}
