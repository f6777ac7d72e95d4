// @ts-check
/** What chooses the network and the sample, and walks: back, on, all, the next epoch; undo and redo. */

import { walkKeys } from '../../figures/walk-keys.js';
import { t } from '../../kit/i18n.js';
import { historyKeys } from '../../kit/undo.js';
import { sampleChoice } from './picture.js';
import { lineCount, MOST_EPOCHS, readHidden, withLine, withNetwork, withNextEpoch } from './state.js';

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
 * The fields that say which network, and whose sample. What cannot be read is marked, and changes nothing.
 * @param {HTMLElement} stage
 * @param {import('../../kit/observable.js').Watched<State>} state
 * @param {(changes: Partial<State>) => void} change
 * @param {(sample: number) => void} choose
 */
function fields(stage, state, change, choose) {
  const field = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement | HTMLSelectElement} */ (stage.querySelector(`[data-field="${name}"]`));
  /** @type {Record<string, (text: string) => Partial<State> | null>} */
  const readers = {
    data: (data) => ({ data, sample: 0, epoch: 0 }),
    hidden: (text) => {
      const hidden = readHidden(text);
      return hidden && { hidden, epoch: 0 };
    },
    start: (start) => ({ start: /** @type {State['start']} */ (start), epoch: 0 }),
    epoch: (text) => whole(text, 0, MOST_EPOCHS, (epoch) => ({ epoch })),
    seed: (text) => whole(text, 0, 2 ** 32 - 1, (seed) => ({ seed, epoch: 0 })),
    eta: (text) => (Number(text) > 0 && Number(text) <= 100 ? { eta: Number(text) } : null),
  };
  for (const [name, read] of Object.entries(readers)) {
    field(name).addEventListener('change', () => {
      const changes = read(field(name).value);
      field(name).setAttribute('aria-invalid', String(changes === null));
      if (changes) change(changes);
    });
  }
  field('sample').addEventListener('change', () => choose(Number(field('sample').value)));
  state.link((now) => {
    const texts = { ...now, hidden: now.hidden.join(', ') };
    for (const name of Object.keys(readers)) {
      const text = String(texts[/** @type {'hidden'} */ (name)]);
      if (field(name).value !== text) field(name).value = text;
      field(name).setAttribute('aria-invalid', 'false');
    }
  });
}

/**
 * @param {string} text
 * @param {number} low
 * @param {number} high
 * @param {(value: number) => Partial<State>} changes
 */
function whole(text, low, high, changes) {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isInteger(value) && value >= low && value <= high ? changes(value) : null;
}
