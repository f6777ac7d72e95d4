// @ts-check
import { t } from '../../kit/i18n.js';
import { html } from '../dom.js';
import { sentence, symbol } from './words.js';

/** A word of the catalogue, a symbol with its class, or text. @typedef {string | { key: string } | { symbol: string, index: number }} Label */
/**
 * @typedef {{
 *   key: string, values: Record<string, Label>, options: { id: string, label: Label[] }[], answer: string,
 *   kind: string, index: number, act: (layer: any) => any
 * }} Question
 */

/**
 * Predict, then see: a question about what the next move will do. Choosing an answer makes the move, so that the picture
 * answers, and says why.
 * @param {HTMLElement} element
 * @param {import('./controls.js').Model} model
 * @param {readonly ((layer: any) => Question)[]} questions each made from what is on screen
 * @returns {void}
 */
export function question(element, { layer, gesture }, questions) {
  let number = 0;
  const ask = () => {
    const asked = questions[number % questions.length](layer.value);
    const lead = html(
      'p',
      {},
      html('strong', {}, t('softmax.question.lead')),
      ' ',
      ...sentence(asked.key, words(asked.values)),
    );
    const answers = html('div', { class: 'answers', role: 'group', 'aria-label': t('softmax.question.lead') });
    for (const option of asked.options) {
      const button = html('button', { type: 'button', 'data-answer': option.id }, ...option.label.map(label));
      button.addEventListener('click', () => {
        gesture.once(asked.kind, asked.index, asked.act(layer.value));
        reveal(asked, option.id);
      });
      answers.append(button);
    }
    element.replaceChildren(lead, answers);
  };
  layer.link((now, before) => {
    const waiting = element.querySelector('[data-answer]') !== null;
    if (waiting && before && before.z.length !== now.z.length) ask();
  });
  const reveal = (/** @type {Question} */ asked, /** @type {string} */ chosen) => {
    const right = chosen === asked.answer;
    const verdict = html(
      'strong',
      { class: right ? 'right' : 'wrong' },
      right ? `✓ ${t('softmax.question.right')}` : `✗ ${t('softmax.question.wrong')}`,
    );
    const next = html('button', { type: 'button', 'data-action': 'next-question' }, t('softmax.question.next'));
    next.addEventListener('click', () => {
      number += 1;
      ask();
      element.querySelector('button')?.focus();
    });
    element.replaceChildren(
      html('p', { role: 'status' }, verdict, ' ', ...sentence(`${asked.key}.why`, words(asked.values))),
      next,
    );
    next.focus();
  };
  ask();
}

/** @param {Record<string, Label>} values */
function words(values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, word(value)]));
}

/** @param {Label} value @returns {import('./words.js').Word} */
function word(value) {
  return typeof value === 'object' && 'key' in value ? t(value.key) : value;
}

/** @param {Label} value @returns {Node | string} */
function label(value) {
  const shown = word(value);
  return typeof shown === 'object' ? symbol(shown.symbol, shown.index) : String(shown);
}
