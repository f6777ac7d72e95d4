// @ts-check

import {
  FEWEST,
  MOST,
  PRESETS,
  TEMPERATURE,
  withClass,
  withLogits,
  withoutClass,
  withTemperature,
} from '../../figures/layer/state.js';
import { numberField } from '../../figures/number-field.js';
import { slides } from '../../figures/slider.js';
import { fixed } from '../../kit/format.js';
import { historyKeys } from '../../kit/undo.js';

/** @typedef {import('../../figures/layer/state.js').Layer} Layer */

/**
 * What acts on the whole layer: number of classes, presets, temperature, the two switches, undo and redo.
 * @param {HTMLElement} bar
 * @param {import('../../figures/layer/controls.js').Model & { can: import('../../kit/observable.js').Watched<{ undo: boolean, redo: boolean }> }} model
 * @returns {() => void} dispose
 */
export function toolbar(bar, { layer, gesture, can }) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (bar.querySelector(selector));
  const on = (/** @type {string} */ selector, /** @type {() => void} */ action) =>
    find(selector).addEventListener('click', action);

  on('[data-action="add"]', () => gesture.once('add', layer.value.z.length, withClass(layer.value)));
  on('[data-action="drop"]', () => {
    const last = layer.value.z.length - 1;
    gesture.once('remove', last, withoutClass(layer.value, last));
  });
  on('[data-action="sigmoid"]', () => gesture.once('sigmoid', -1, { ...layer.value, sigmoid: !layer.value.sigmoid }));
  on('[data-action="naive"]', () =>
    gesture.once(layer.value.naive ? 'stable' : 'naive', -1, { ...layer.value, naive: !layer.value.naive }),
  );
  on('[data-action="undo"]', gesture.undo);
  on('[data-action="redo"]', gesture.redo);
  const presets = /** @type {HTMLDetailsElement} */ (find('[data-menu="presets"]'));
  presets.addEventListener('click', (event) => {
    const name = event.target instanceof HTMLElement ? event.target.dataset.preset : undefined;
    if (name === undefined) return;
    presets.open = false;
    gesture.once(`preset.${name}`, -1, withLogits(layer.value, PRESETS[/** @type {keyof typeof PRESETS} */ (name)]));
  });
  temperature(
    /** @type {HTMLInputElement} */ (find('[data-field="temperature"]')),
    /** @type {HTMLInputElement} */ (find('[data-field="temperature-value"]')),
    { layer, gesture },
  );

  const disposers = [
    layer.link((now, before) => {
      const { length } = now.z;
      if (before?.z.length === length && before.sigmoid === now.sigmoid && before.naive === now.naive) return;
      find('[data-field="count"]').textContent = String(length);
      /** @type {HTMLButtonElement} */ (find('[data-action="add"]')).disabled = length >= MOST;
      /** @type {HTMLButtonElement} */ (find('[data-action="drop"]')).disabled = length <= FEWEST;
      find('[data-action="sigmoid"]').setAttribute('aria-pressed', String(now.sigmoid));
      find('[data-action="naive"]').setAttribute('aria-pressed', String(now.naive));
    }),
    can.link(({ undo, redo }) => {
      /** @type {HTMLButtonElement} */ (find('[data-action="undo"]')).disabled = !undo;
      /** @type {HTMLButtonElement} */ (find('[data-action="redo"]')).disabled = !redo;
    }),
    historyKeys(gesture),
  ];
  return () => {
    for (const dispose of disposers) dispose();
  };
}

/**
 * The temperature on a logarithmic slider: as far from 1 to 2 as from 1 to ½. Double-click sets it to 1.
 * @param {HTMLInputElement} slider
 * @param {HTMLInputElement} shown
 * @param {import('../../figures/layer/controls.js').Model} model
 */
function temperature(slider, shown, { layer, gesture }) {
  const [low, high] = [Math.log(TEMPERATURE.low), Math.log(TEMPERATURE.high)];
  Object.assign(slider, { min: String(low), max: String(high), step: '0.01' });
  const held = slides(slider, gesture, {
    kind: 'temperature',
    next: (value) => withTemperature(layer.value, Number(Math.exp(value).toPrecision(3))),
  });
  slider.addEventListener('dblclick', () => gesture.once('temperature', -1, withTemperature(layer.value, 1)));
  const show = numberField(shown, {
    limit: TEMPERATURE,
    value: () => layer.value.temperature,
    enter: (value) => gesture.once('temperature', -1, withTemperature(layer.value, value)),
    press: (value) => gesture.press('temperature', -1, withTemperature(layer.value, value)),
  });
  layer.link((now) => {
    if (!held()) slider.value = String(Math.log(now.temperature));
    slider.setAttribute('aria-valuetext', fixed(now.temperature));
    show();
  });
}
