// @ts-check

import { html } from '../../figures/dom.js';
import { walkKeys } from '../../figures/walk-keys.js';
import { t } from '../../kit/i18n.js';
import { historyKeys } from '../../kit/undo.js';
import { FEWEST, MOST, UNITS, withClass, withI, withJ, withoutClass } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./formulas/steps.js').Derivation} Derivation */

/**
 * What acts on the whole page: the indices, how weights are written, the walk through the steps, the number of classes,
 * undo and redo.
 * @param {HTMLElement} stage
 * @param {import('./layer.js').Model & {
 *   derivations: readonly Derivation[], can: import('../../kit/observable.js').Watched<{ undo: boolean, redo: boolean }>
 * }} model
 */
export function derivationToolbar(stage, { state, gesture, can, derivations }) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (stage.querySelector(selector));
  const button = (/** @type {string} */ name) => /** @type {HTMLButtonElement} */ (find(`[data-action="${name}"]`));
  const stepsNow = () => lessonNow(derivations, state.value).steps.length;
  const go = (/** @type {number} */ step) =>
    gesture.show({ ...state.value, step: Math.min(Math.max(step, 1), stepsNow()) });
  const actions = {
    back: () => go(state.value.step - 1),
    on: () => go(state.value.step + 1),
    all: () => go(stepsNow()),
    add: () => gesture.once('add', -1, withClass(state.value)),
    drop: () => gesture.once('drop', -1, withoutClass(state.value)),
    undo: gesture.undo,
    redo: gesture.redo,
  };
  for (const [name, action] of Object.entries(actions)) button(name).addEventListener('click', action);
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll('button[data-convention]'))) {
    const convention = /** @type {State['convention']} */ (one.dataset.convention);
    one.addEventListener('click', () => gesture.show({ ...state.value, convention }));
  }
  const selects = {
    i: choice(find('[data-field="i"]'), (k) => gesture.once('i', k, withI(state.value, k))),
    j: choice(find('[data-field="j"]'), (k) => gesture.once('j', k, withJ(state.value, k))),
    unit: choice(find('[data-field="unit"]'), (unit) => gesture.once('unit', unit, { ...state.value, unit })),
  };
  walkKeys({ ArrowLeft: actions.back, ArrowRight: actions.on, Home: () => go(1), End: actions.all });
  historyKeys(gesture);

  can.link(({ undo, redo }) => {
    button('undo').disabled = !undo;
    button('redo').disabled = !redo;
  });
  state.link((now) => {
    const { picks, steps } = lessonNow(derivations, now);
    for (const label of /** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll('[data-pick]'))) {
      label.hidden = !picks.includes(/** @type {any} */ (label.dataset.pick));
    }
    find('[data-part="convention"]').hidden = now.lesson !== 'weight' && now.lesson !== 'bias';
    for (const one of stage.querySelectorAll('button[data-convention]')) {
      one.setAttribute('aria-pressed', String(one.getAttribute('data-convention') === now.convention));
    }
    selects.i(now.z.length, now.i);
    selects.j(now.z.length, now.j);
    selects.unit(UNITS, now.unit);
    find('[data-field="progress"]').textContent = t('derivation.progress', { step: now.step, count: steps.length });
    // Not `disabled`: that would take the focus from whoever walks with Enter.
    button('back').setAttribute('aria-disabled', String(now.step === 1));
    button('on').setAttribute('aria-disabled', String(now.step === steps.length));
    button('all').setAttribute('aria-disabled', String(now.step === steps.length));
    button('add').disabled = now.z.length >= MOST;
    button('drop').disabled = now.z.length <= FEWEST;
  });
}

/** @param {readonly Derivation[]} derivations @param {State} state @returns {Derivation} */
export function lessonNow(derivations, { lesson }) {
  return /** @type {Derivation} */ (derivations.find(({ name }) => name === lesson));
}

/** @param {HTMLElement} element @param {(index: number) => void} choose */
function choice(element, choose) {
  const select = /** @type {HTMLSelectElement} */ (element);
  select.addEventListener('change', () => choose(Number(select.value)));
  return (/** @type {number} */ count, /** @type {number} */ chosen) => {
    if (select.options.length !== count) {
      select.replaceChildren(...Array.from({ length: count }, (_, k) => html('option', { value: k }, String(k + 1))));
    }
    select.value = String(chosen);
  };
}
