// @ts-check
/** The update formula with its n, and the gradient check beside it: which terms of a rule are not the true gradient. */

import { html } from '../../figures/dom.js';
import { percent, power } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';

/** A relative difference larger than this is no rounding error. */
const WRONG = 1e-4;

/**
 * @param {HTMLElement} element
 * @param {('exact' | 'article')[]} rules
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
 * @param {() => ('exact' | 'article')[]} rules
 * @param {(rule: 'exact' | 'article') => Promise<{ relative_w: number[], relative_b: number[] }>} askFor
 * @param {(error: unknown) => void} failed
 * @returns {{ clear: () => void, run: () => void }} `run` does what the button does, once
 */
export function gradientCheck(element, rules, askFor, failed) {
  const button = html('button', { type: 'button', 'data-action': 'check' }, t('train.check'));
  const answer = html('div', { class: 'check', role: 'status' });
  element.replaceChildren(button, answer);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const wanted = rules();
      const found = await Promise.all(wanted.map(askFor));
      answer.replaceChildren(...table(wanted, found));
      button.hidden = true;
    } catch (error) {
      failed(error);
    } finally {
      button.disabled = false;
    }
  });
  return {
    clear: () => {
      answer.replaceChildren();
      button.hidden = false;
    },
    run: () => button.hidden || button.disabled || button.click(),
  };
}

/** @param {('exact' | 'article')[]} rules @param {{ relative_w: number[], relative_b: number[] }[]} found */
function table(rules, found) {
  const names = found[0].relative_w.flatMap((_, layer) => [`∂W${layer + 2}`, `∂b${layer + 2}`]);
  const head = html('tr', {}, html('td'), ...names.map((name) => html('th', { scope: 'col' }, name)));
  const wrong = /** @type {string[]} */ ([]);
  const rows = found.map((check, k) => {
    const values = check.relative_w.flatMap((value, layer) => [value, check.relative_b[layer]]);
    const cells = values.map((value, i) => {
      if (value > WRONG)
        wrong.push(t('train.check.off', { rule: t(`spec.rule.${rules[k]}`), name: names[i], share: percent(value) }));
      const text = value > WRONG ? `✗ ${percent(value)}` : `✓ ${value === 0 ? '0' : power(value, 0)}`;
      return html('td', { 'data-right': String(value <= WRONG), title: String(value) }, text);
    });
    return html(
      'tr',
      { 'data-rule-row': rules[k] },
      html('th', { scope: 'row' }, t(`spec.rule.${rules[k]}`)),
      ...cells,
    );
  });
  const words = wrong.length === 0 ? t('train.check.well') : wrong.join(' ');
  const caption = html(
    'caption',
    {},
    t('train.check.short'),
    ' ',
    html('span', { class: 'unseen' }, t('train.check.caption')),
  );
  caption.title = t('train.check.caption');
  return [
    html('table', { class: 'checks turning' }, caption, html('thead', {}, head), html('tbody', {}, ...rows)),
    html('p', { class: 'unseen' }, words),
  ];
}
