// @ts-check
/** The race's fields and switches: each `[data-race]` is one entry of the state; what it cannot be is said beside it. */

import { set } from '../../figures/dom.js';
import { t } from '../../kit/i18n.js';

/**
 * @param {HTMLElement} root
 * @param {import('../../kit/observable.js').Watched<any>} race
 * @param {import('../../kit/address.js').Table} table
 * @param {(changes: Record<string, any>) => void} change
 */
export function raceFields(root, race, table, change) {
  const fields = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll('[data-race]')]);
  const error = /** @type {HTMLElement} */ (root.querySelector('[data-field="error"]'));
  for (const field of fields) {
    const name = String(field.dataset.race);
    const enter = () => {
      const value = table[name].read(field.value);
      set(field, { 'aria-invalid': String(value === undefined) });
      error.textContent =
        value === undefined ? t('race.wrong', { name: String(field.getAttribute('aria-label')) }) : '';
      if (value !== undefined) change({ [name]: value });
    };
    field.addEventListener(field.type === 'range' ? 'input' : 'change', enter);
  }
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-set]'))) {
    button.addEventListener('click', () =>
      change({ [String(button.dataset.set)]: table[String(button.dataset.set)].read(String(button.dataset.value)) }),
    );
  }
  race.link((now) => {
    for (const field of fields) {
      const text = table[String(field.dataset.race)].write(now[String(field.dataset.race)]);
      if (
        field.value !== text &&
        (field !== document.activeElement || field.type === 'range' || field.getAttribute('aria-invalid') !== 'true')
      )
        field.value = text;
    }
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-set]'))) {
      const entry = String(button.dataset.set);
      set(button, { 'aria-pressed': String(table[entry].write(now[entry]) === button.dataset.value) });
    }
  });
}
