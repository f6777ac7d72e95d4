// @ts-check
/** The table that the article prints: the cost every 1000 epochs, before that update; choosing one shows that network. */

import { html, say } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { fixed, grouped, short } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';

/** @typedef {import('./course.js').Course} Course */

/**
 * @param {HTMLTableElement} table
 * @param {{ course: import('../../kit/observable.js').Watched<Course>, step: () => number }} model
 * @param {(epoch: number) => void} choose
 * @returns {() => void} dispose
 */
export function marks(table, { course, step }, choose) {
  let built = '';
  const paint = () => {
    const { lines, epochs, pinned } = course.value;
    const columns = columnsOf(epochs, step());
    const key = `${columns.join()} ${lines.map(({ rule }) => rule).join()}`;
    if (key !== built) {
      build(table, columns, lines, choose);
      built = key;
    }
    for (const { rule, run } of lines) {
      for (const epoch of columns) {
        const cost = run.marks.get(epoch);
        const cell = table.querySelector(`[data-cell="${rule} ${epoch}"]`);
        if (cell) say(cell, cost === undefined ? '' : size(cost));
      }
    }
    for (const button of table.querySelectorAll('button')) {
      const epoch = Number(button.dataset.epoch);
      button.disabled = lines.every(({ run }) => run.epoch < epoch || run.x.length === 0);
      button.setAttribute('aria-pressed', String(epoch === pinned));
    }
  };
  return course.link(whileSeen(table, paint, nextFrame));
}

/** Four places, as the article's print; a power of ten where that would be 0. @param {number} cost */
function size(cost) {
  return cost < 0.00005 ? short(cost, 4) : fixed(cost, 4);
}

/** @param {number} epochs @param {number} step @returns {number[]} */
export function columnsOf(epochs, step) {
  const columns = Array.from({ length: Math.floor(epochs / step) + 1 }, (_, i) => i * step);
  return columns.at(-1) === epochs ? columns : [...columns, epochs];
}

/** @param {HTMLTableElement} table @param {number[]} columns @param {Course['lines']} lines @param {(epoch: number) => void} choose */
function build(table, columns, lines, choose) {
  const heads = columns.map((epoch) => {
    const words = t('train.marks.choose', { epoch: grouped(epoch) });
    const button = html(
      'button',
      { type: 'button', class: 'plain', 'data-epoch': epoch, title: words },
      grouped(epoch),
    );
    button.addEventListener('click', () => choose(epoch));
    return html('th', { scope: 'col' }, button);
  });
  const rows = lines.map(({ rule }) => {
    const cells = columns.map((epoch) => html('td', { 'data-cell': `${rule} ${epoch}` }));
    return html('tr', { 'data-rule-row': rule }, html('th', { scope: 'row' }, t(`spec.rule.${rule}`)), ...cells);
  });
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('train.marks')),
    html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, t('train.epoch')), ...heads)),
    html('tbody', {}, ...rows),
  );
}

/** The table with every digit, for saving. @param {Course} course @param {number} step @returns {string[][]} */
export function markRows({ lines, epochs }, step) {
  const columns = columnsOf(epochs, step);
  const rows = lines.map(({ rule, run }) => [rule, ...columns.map((epoch) => String(run.marks.get(epoch) ?? ''))]);
  return [['epoch', ...columns.map(String)], ...rows];
}
