// @ts-check

import { html } from '../../figures/dom.js';
import { t } from '../../kit/i18n.js';

/** Which answer of each lesson's question is right, from 1. @type {Record<string, number>} */
export const RIGHT = { sigmoid: 2, same: 1, other: 3, signs: 2, delta: 3, weight: 1, bias: 2 };
const ANSWERS = [1, 2, 3];

/**
 * Predict, then see: one question about the claim, to be answered before the walk goes on; marked at once, with the reason.
 * @param {HTMLElement} element
 * @param {{ state: import('../../kit/observable.js').Watched<import('./state.js').State> }} model
 * @returns {() => void} dispose
 */
export function derivationQuestion(element, { state }) {
  /** Answers given, by lesson. @type {Map<string, number>} */
  const given = new Map();
  const draw = () => {
    const { lesson } = state.value;
    const answer = given.get(lesson);
    const lead = html('p', {}, html('strong', {}, t('derivation.question')), ` ${t(`derivation.question.${lesson}`)}`);
    const buttons = ANSWERS.map((n) => {
      const button = html('button', { type: 'button', 'data-answer': n }, t(`derivation.question.${lesson}.${n}`));
      if (answer !== undefined) mark(button, n, answer, RIGHT[lesson]);
      button.addEventListener('click', () => {
        given.set(lesson, n);
        draw();
        /** @type {HTMLElement | null} */ (element.querySelector(`[data-answer="${n}"]`))?.focus();
      });
      return button;
    });
    const answers = html(
      'div',
      { class: 'answers', role: 'group', 'aria-label': t('derivation.question') },
      ...buttons,
    );
    const why = html('p', { role: 'status' });
    element.replaceChildren(lead, answers, why);
    if (answer !== undefined) why.textContent = t(`derivation.question.${lesson}.why`);
  };
  return state.link((now, before) => {
    if (now.lesson !== before?.lesson) draw();
  });
}

/** @param {HTMLElement} button @param {number} n @param {number} answer @param {number} right */
function mark(button, n, answer, right) {
  button.setAttribute('aria-pressed', String(n === answer));
  if (n === right) button.prepend('✓ ');
  else if (n === answer) button.prepend('✗ ');
  button.dataset.right = String(n === right);
}
