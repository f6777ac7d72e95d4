// @ts-check

import { t } from '../../kit/i18n.js';
import { atRest } from '../../kit/rest.js';
import { textOf } from '../../kit/saying.js';
import { html } from '../dom.js';
import { sentence, symbol } from './words.js';

/** @typedef {import('../../kit/saying.js').Word} Word */
/**
 * `right`: the ids of the options that are right, where several are equally so all of them; `why`: says so, with its numbers.
 * @typedef {{
 *   key: string, values: Record<string, Word>, options: { id: string, label: Word[] }[], right: readonly string[],
 *   why: import('../../kit/saying.js').Saying, kind: string, index: number, act: (layer: any) => any
 * }} Question
 */

/**
 * Predict, then see: a question about what the next move will do. Choosing an answer makes the move, so that the picture
 * answers, and says why.
 * @param {HTMLElement} element
 * @param {{ layer: import('../../kit/observable.js').Watched<any>, gesture: any }} model its state says which question it is
 * @param {readonly ((layer: any) => Question)[]} questions each made from what is on screen
 * @returns {void}
 */
export function question(element, { layer, gesture }, questions) {
  let shown = '';
  const made = () => questions[(layer.value.question - 1) % questions.length](layer.value);
  const ask = () => {
    const asked = made();
    shown = JSON.stringify(asked);
    const lead = html(
      'p',
      {},
      html('strong', {}, t('softmax.question.lead')),
      ' ',
      ...sentence(asked.key, asked.values),
    );
    const answers = html('div', { class: 'answers', role: 'group', 'aria-label': t('softmax.question.lead') });
    for (const option of asked.options) {
      const button = html('button', { type: 'button', 'data-answer': option.id }, ...option.label.map(label));
      button.addEventListener('click', () => {
        // What was asked is answered for the layer as it is now.
        const now = made();
        element.replaceChildren();
        gesture.once(now.kind, now.index, now.act(layer.value));
        reveal(now, option.id);
      });
      answers.append(button);
    }
    element.replaceChildren(lead, answers);
  };
  /** A question speaks of the layer on screen: with that it changes, while it waits for an answer. */
  const renew = () => {
    if (element.querySelector('[data-answer]') !== null && JSON.stringify(made()) !== shown) {
      const held = element.contains(document.activeElement) && document.activeElement?.getAttribute('data-answer');
      ask();
      if (held) /** @type {HTMLElement | null} */ (element.querySelector(`[data-answer="${held}"]`))?.focus();
    }
  };
  const later = atRest(renew);
  layer.link((now, before) => {
    const arrived = gesture.trail.value.before === now;
    if (now.question !== before?.question || arrived) ask();
    else later();
  });
  const reveal = (/** @type {Question} */ asked, /** @type {string} */ chosen) => {
    const right = asked.right.includes(chosen);
    const verdict = html(
      'strong',
      { class: right ? 'right' : 'wrong' },
      right ? `✓ ${t('softmax.question.right')}` : `✗ ${t('softmax.question.wrong')}`,
    );
    const next = html('button', { type: 'button', 'data-action': 'next-question' }, t('softmax.question.next'));
    next.addEventListener('click', () => {
      gesture.show({ ...layer.value, question: layer.value.question + 1 });
      element.querySelector('button')?.focus();
    });
    element.replaceChildren(
      html('p', { role: 'status' }, verdict, ' ', ...sentence(asked.why.key, asked.why.values)),
      next,
    );
    next.focus();
  };
}

/** @param {Word} shown @returns {Node | string} */
function label(shown) {
  return typeof shown === 'object' && 'symbol' in shown ? symbol(shown.symbol, shown.index) : textOf(shown);
}
