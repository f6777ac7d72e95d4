// @ts-check
/** The update formula with its n, and the gradient check beside it: which terms of a rule are not the true gradient. */

import { html } from '../../figures/dom.js';
import { t } from '../../kit/i18n.js';
import { textOf } from '../../kit/saying.js';
import { ASPECTS, faults, verdicts } from './verdicts.js';

/** @typedef {import('./verdicts.js').Rule} Rule */
/** @typedef {import('./verdicts.js').Check} Check */

/**
 * @param {HTMLElement} element
 * @param {Rule[]} rules
 * @param {{ samples: number, eta: number }} numbers
 */
export function ruleWords(element, rules, { samples, eta }) {
  const lines = rules.map((rule) => {
    const values = { n: samples, eta, real: Number((eta * samples).toPrecision(6)) };
    return html(
      'p',
      { 'data-rule-row': rule },
      html('b', {}, t(`spec.rule.${rule}`)),
      ' ',
      html('span', { class: 'maths' }, t(`train.update.${rule}`, values)),
      ' ',
      t(`train.update.${rule}.words`, values),
    );
  });
  element.replaceChildren(...lines);
}

/**
 * A button that asks the server for the check of every rule, and the answer as a table.
 * @param {HTMLElement} element
 * @param {() => Rule[]} rules
 * @param {(rule: Rule) => Promise<Check>} askFor
 * @param {(error: unknown) => void} failed
 * @returns {{ clear: () => void, run: () => void }} `run` does what the button does, once
 */
export function gradientCheck(element, rules, askFor, failed) {
  const button = html('button', { type: 'button', 'data-action': 'check' }, t('train.check'));
  const answer = html('div', { class: 'check', role: 'status' });
  element.replaceChildren(button, answer);
  /** Cleared since the question was asked: the answer is of an experiment that is no longer there. */
  let turn = 0;
  button.addEventListener('click', async () => {
    const mine = turn;
    button.disabled = true;
    try {
      const wanted = rules();
      const found = await Promise.all(wanted.map(askFor));
      if (mine !== turn) return;
      answer.replaceChildren(...table(wanted, found));
      button.hidden = true;
    } catch (error) {
      if (mine === turn) failed(error);
    } finally {
      if (mine === turn) button.disabled = false;
    }
  });
  return {
    clear: () => {
      turn += 1;
      answer.replaceChildren();
      button.hidden = button.disabled = false;
    },
    run: () => button.hidden || button.disabled || button.click(),
  };
}

/** @param {Rule[]} rules @param {Check[]} found */
function table(rules, found) {
  const all = verdicts(rules, found);
  const names = [...new Set(all.map(({ name }) => name))];
  const head = html('tr', {}, html('td', { colspan: '2' }), ...names.map((name) => html('th', { scope: 'col' }, name)));
  const rows = rules.flatMap((rule) =>
    ASPECTS.map((aspect, k) => {
      const mine = all.filter((one) => one.rule === rule && one.aspect === aspect);
      const cells = mine.map(({ good, text, value }) =>
        html('td', { 'data-right': String(good), title: String(value) }, `${good ? '✓' : '✗'} ${text}`),
      );
      const whose = html('th', { scope: 'rowgroup', rowspan: ASPECTS.length }, t(`spec.rule.${rule}`));
      const what = html('th', { scope: 'row', class: 'quiet' }, t(`train.check.${aspect}`));
      return html('tr', { 'data-rule-row': rule, 'data-aspect': aspect }, ...(k === 0 ? [whose] : []), what, ...cells);
    }),
  );
  const caption = html(
    'caption',
    {},
    t('train.check.short'),
    ' ',
    html('span', { class: 'unseen' }, t('train.check.caption')),
  );
  caption.title = t('train.check.caption');
  return [
    html('table', { class: 'checks' }, caption, html('thead', {}, head), html('tbody', {}, ...rows)),
    html(
      'p',
      { class: 'unseen' },
      faults(all)
        .map((said) => textOf(said))
        .join(' '),
    ),
  ];
}
