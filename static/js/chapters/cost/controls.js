// @ts-check
/** Under each column of the cost's picture: the class's name, a slider and a field for its z, and its part of the target. */

import { html, say, set } from '../../figures/dom.js';
import { className, nameField, zNumber, zSlider } from '../../figures/layer/controls.js';
import { numberField, numberInput } from '../../figures/number-field.js';
import { fixed, full } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { withY } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {import('./picture.js').Model} Model */

/**
 * @param {HTMLElement} element
 * @param {Model} model
 * @returns {() => void} dispose
 */
export function costControls(element, model) {
  /** @type {ReturnType<typeof control>[]} */
  let parts = [];
  return model.scene.link((scene, before) => {
    if (before?.z.length !== scene.z.length) {
      parts = scene.z.map((_, i) => control(model, i));
      element.replaceChildren(...parts.map(({ root }) => root));
      element.style.setProperty('--count', String(scene.z.length));
      element.dataset.crowd = scene.z.length > 8 ? 'many' : scene.z.length > 5 ? 'some' : 'few';
    }
    for (const part of parts) part.paint(scene);
  });
}

/** @param {Model} model @param {number} i */
function control(model, i) {
  const asLayer = /** @type {import('../../figures/layer/controls.js').Model} */ (
    /** @type {unknown} */ ({ layer: model.scene, gesture: model.gesture })
  );
  const parts = [nameField(asLayer, i), zSlider(asLayer, i), zNumber(asLayer, i), wanted(model, i)];
  return {
    root: html('div', { class: 'control', 'data-class': i + 1 }, ...parts.map(({ root }) => root)),
    /** @param {Scene} scene */
    paint(scene) {
      for (const part of parts) part.paint(scene);
    },
  };
}

/** What y_i is: a switch where it is 0 or 1, a field where it is a share. @param {Model} model @param {number} i */
function wanted({ scene, gesture }, i) {
  const button = html('button', { type: 'button', 'data-y-button': i + 1 });
  const field = numberInput({ 'data-y': i + 1 });
  const ask = (/** @type {number} */ value) => gesture.once('y', i, withY(scene.value, i, value));
  button.addEventListener('click', () => ask(scene.value.kind === 'one-hot' ? 1 : 1 - scene.value.y[i]));
  const show = numberField(field, {
    limit: { low: 0, high: 1 },
    value: () => scene.value.y[i] ?? null,
    enter: ask,
    step: 0.01,
    shown: (y) => String(Number(y.toFixed(3))),
  });
  return {
    root: html('div', { class: 'wanted' }, button, field),
    /** @param {Scene} now */
    paint(now) {
      const soft = now.kind === 'soft';
      const [y, name] = [now.y[i], className(now, i)];
      if (button.hidden !== soft) button.hidden = soft;
      if (field.hidden === soft) field.hidden = !soft;
      say(button, `y = ${fixed(y, y === 0 || y === 1 ? 0 : 2)}`);
      set(button, {
        'aria-pressed': String(y === 1),
        'aria-label': `${button.textContent}, ${name}`,
        title: t('cost.target.title'),
        'data-value': String(y),
      });
      set(field, { 'aria-label': t('cost.target.of', { i: i + 1, name }), title: full(y) });
      show();
    },
  };
}
