// @ts-check
/** What chooses the network and the sample, and walks: back, on, all, the next epoch; undo and redo. */

import { numberField } from '../../figures/number-field.js';
import { pardon, refuse } from '../../figures/refusal.js';
import { walkKeys } from '../../figures/walk-keys.js';
import { t } from '../../kit/i18n.js';
import { historyKeys } from '../../kit/undo.js';
import { sampleChoice } from './picture.js';
import {
  LIMITS,
  lineCount,
  MOST_EPOCHS,
  MOST_LAYERS,
  MOST_UNITS,
  readHidden,
  withLine,
  withNetwork,
  withNextEpoch,
} from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./walks.js').Answer} Answer */

/**
 * @param {HTMLElement} stage
 * @param {{
 *   state: import('../../kit/observable.js').Watched<State>, answer: import('../../kit/observable.js').Watched<Answer | null>,
 *   gesture: any, can: import('../../kit/observable.js').Watched<{ undo: boolean, redo: boolean }>
 * }} model
 */
export function walkToolbar(stage, { state, answer, gesture, can }) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (stage.querySelector(selector));
  const button = (/** @type {string} */ name) => /** @type {HTMLButtonElement} */ (find(`[data-action="${name}"]`));
  const go = (/** @type {number} */ line) => gesture.show(withLine(state.value, line));
  const change = (/** @type {Partial<State>} */ changes) =>
    gesture.once('network', 0, withNetwork(state.value, changes));
  const actions = {
    back: () => go(state.value.line - 1),
    on: () => go(state.value.line + 1),
    all: () => go(lineCount(state.value)),
    next: () => gesture.once('epoch', 0, withNextEpoch(state.value)),
    beside: () => gesture.show({ ...state.value, beside: !state.value.beside }),
    undo: gesture.undo,
    redo: gesture.redo,
  };
  for (const [name, action] of Object.entries(actions)) button(name).addEventListener('click', action);
  walkKeys({ ArrowLeft: actions.back, ArrowRight: actions.on, Home: () => go(1), End: actions.all });
  historyKeys(gesture);
  fields(stage, state, change, (sample) => gesture.show({ ...state.value, sample }));

  can.link(({ undo, redo }) => {
    button('undo').disabled = !undo;
    button('redo').disabled = !redo;
  });
  state.link((now) => {
    const count = lineCount(now);
    find('[data-field="progress"]').textContent = t('network.progress', { line: now.line, count });
    // Not `disabled`: that would take the focus from whoever walks with Enter.
    button('back').setAttribute('aria-disabled', String(now.line === 1));
    button('on').setAttribute('aria-disabled', String(now.line === count));
    button('all').setAttribute('aria-disabled', String(now.line === count));
    button('next').setAttribute('aria-disabled', String(now.epoch === MOST_EPOCHS));
    button('beside').setAttribute('aria-pressed', String(now.beside));
  });
  const samples = () => {
    if (answer.value) {
      sampleChoice(/** @type {HTMLSelectElement} */ (find('[data-field="sample"]')), answer.value, state.value.sample);
    }
  };
  answer.link(samples);
  state.link(samples);
}

/**
 * The fields that say which network, and whose sample. What cannot be read is refused beside them, and changes nothing.
 * @param {HTMLElement} stage
 * @param {import('../../kit/observable.js').Watched<State>} state
 * @param {(changes: Partial<State>) => void} change
 * @param {(sample: number) => void} choose
 */
function fields(stage, state, change, choose) {
  /** @param {string} name @returns {any} */
  const field = (name) => stage.querySelector(`[data-field="${name}"]`);
  const [data, start, sample] = ['data', 'start', 'sample'].map(field);
  data.addEventListener('change', () => change({ data: data.value, sample: 0, epoch: 0 }));
  start.addEventListener('change', () => change({ start: start.value, epoch: 0 }));
  sample.addEventListener('change', () => choose(Number(sample.value)));
  hiddenField(field('hidden'), state, (hidden) => change({ hidden, epoch: 0 }));
  for (const [name, limit] of Object.entries(LIMITS)) {
    const only = /** @type {keyof typeof LIMITS} */ (name);
    const enter = (/** @type {number} */ value) => change({ epoch: 0, [only]: value });
    state.link(numberField(field(only), { limit, value: () => state.value[only], enter }));
  }
  state.link((now) => {
    data.value = now.data;
    start.value = now.start;
  });
}

/**
 * @param {HTMLInputElement} field
 * @param {import('../../kit/observable.js').Watched<State>} state
 * @param {(hidden: readonly number[]) => void} enter
 */
function hiddenField(field, state, enter) {
  const show = () => {
    pardon(field);
    field.value = state.value.hidden.join(', ');
  };
  field.addEventListener('pardoned', show);
  field.addEventListener('change', () => {
    const hidden = readHidden(field.value);
    if (hidden === null) {
      refuse(field, t('network.hidden.wrong', { text: field.value.trim(), layers: MOST_LAYERS, units: MOST_UNITS }));
    } else {
      enter(hidden);
      show();
    }
  });
  state.link((now, before) => {
    if (now.hidden !== before?.hidden) show();
  });
}
