// @ts-check
/** The ten outputs: z as a number, a as a bar; the best, the next best, and what lies between them. */

import { html, say, set } from '../../figures/dom.js';
import { fixed, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { textOf } from '../../kit/saying.js';
import { ranking } from '../../nn/digits.js';
import { sigmoid, softmax } from '../../nn/layers.js';
import { answerSaying } from './told.js';

/**
 * How the outputs are looked at: `chosen`, the digit that is explained; `blank`, whether nothing is drawn.
 * @typedef {{ temperature: number, chosen: number, blank: boolean, output: 'softmax' | 'sigmoid' }} Seen
 */

/**
 * @param {HTMLElement} table
 * @param {HTMLElement} words
 * @param {(k: number) => void} choose
 */
export function digitOutputs(table, words, choose) {
  const rows = Array.from({ length: 10 }, (_, k) => {
    const button = html(
      'button',
      { type: 'button', class: 'digit', 'aria-label': t('digits.why.of', { digit: k }) },
      String(k),
    );
    button.addEventListener('click', () => choose(k));
    const [z, share, a] = [html('td', { class: 'z' }), html('span', { class: 'share' }), html('td', { class: 'a' })];
    const root = html(
      'tr',
      {},
      html('th', { scope: 'row' }, button),
      z,
      html('td', { class: 'bar', 'aria-hidden': 'true' }, share),
      a,
    );
    return { root, button, z, share, a };
  });
  const heads = [
    html('th', { scope: 'col' }, html('span', { class: 'unseen' }, t('digits.column.digit'))),
    html('th', { scope: 'col' }, 'z'),
    html('td'),
    html('th', { scope: 'col' }, 'a'),
  ];
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('digits.outputs')),
    html('thead', {}, html('tr', {}, ...heads)),
    html('tbody', {}, ...rows.map(({ root }) => root)),
  );
  return {
    /** @param {readonly number[]} z @param {Seen} seen */
    paint(z, { temperature, chosen, blank, output }) {
      const shares = softmax(z, temperature);
      const a = output === 'softmax' ? shares : z.map((value) => sigmoid(value / temperature));
      const [best] = ranking(z);
      rows.forEach((row, k) => {
        say(row.z, fixed(z[k], 1));
        say(row.a, a[k] >= 0.0005 ? fixed(a[k], 3) : short(a[k], 3));
        set(row.a, { 'data-value': String(a[k]) });
        row.share.style.inlineSize = `${(100 * a[k]).toFixed(2)}%`;
        set(row.root, { 'data-best': String(k === best && !blank) });
        set(row.button, { 'aria-pressed': String(k === chosen) });
      });
      say(words, blank ? t('digits.said.blank') : textOf(answerSaying(z, a)));
      table.dataset.answer = blank ? '' : String(best);
    },
  };
}
