// @ts-check
/** The race's fields and switches: each `[data-race]` is one entry of the state; what it cannot be is said beside it. */

import { set } from '../../figures/dom.js';
import { numberField } from '../../figures/number-field.js';
import { slideRuns } from '../../figures/slide-runs.js';

/**
 * @param {HTMLElement} root
 * @param {import('../../kit/observable.js').Watched<any>} race
 * @param {import('../../kit/address.js').Table} table
 * @param {(changes: Record<string, any>, goesOn?: boolean) => void} change `goesOn`: whether it is one step of undo with the change before
 */
export function raceFields(root, race, table, change) {
  const fields = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll('[data-race]')]);
  const error = /** @type {HTMLElement} */ (root.querySelector('[data-field="error"]'));
  for (const field of fields) {
    const name = String(field.dataset.race);
    if (field.matches('[role="spinbutton"]')) {
      const show = numberField(field, {
        limit: table[name].limit ?? {},
        value: () => race.value[name],
        enter: (value) => change({ [name]: value }),
        place: error,
        name: String(field.getAttribute('aria-label')),
      });
      race.link(show);
    } else {
      const enter = (/** @type {boolean} */ goesOn) => change({ [name]: table[name].read(field.value) }, goesOn);
      if (field.type === 'range') slideRuns(field, (_, goesOn) => enter(goesOn));
      else field.addEventListener('change', () => enter(false));
      race.link((now) => {
        field.value = table[name].write(now[name]);
      });
    }
  }
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-set]'))) {
    button.addEventListener('click', () =>
      change({ [String(button.dataset.set)]: table[String(button.dataset.set)].read(String(button.dataset.value)) }),
    );
  }
  race.link((now) => {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-set]'))) {
      const entry = String(button.dataset.set);
      set(button, { 'aria-pressed': String(table[entry].write(now[entry]) === button.dataset.value) });
    }
  });
}
