// @ts-check
import { fixed, full, lowered } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { textOf } from '../../kit/saying.js';
import { html, set } from '../dom.js';
import { numberField, numberInput } from '../number-field.js';

import { slides } from '../slider.js';
import { axisEnd, FEWEST, LARGEST, LONGEST_NAME, nameOf, renamed, withoutClass, withZ } from './state.js';

/** @typedef {import('./state.js').Layer} Layer */
/** @typedef {ReturnType<typeof import('../../kit/gesture.js').gestures<Layer>>} Gestures */
/** @typedef {{ layer: import('../../kit/observable.js').Watched<Layer>, gesture: Gestures }} Model */

/** A slider reaches at least this far, also where the picture's axis is shorter. */
const REACH = 10;

/**
 * What the user calls class i, or its name in the page's language.
 * @param {Layer} layer
 * @param {number} i
 */
export function className(layer, i) {
  return textOf(nameOf(layer, i));
}

/**
 * Under each column of the picture: the class's name, a slider and a number field for its z, and a button that removes it.
 * @param {HTMLElement} element
 * @param {Model} model
 * @returns {() => void} dispose
 */
export function controls(element, model) {
  /** @type {ReturnType<typeof control>[]} */
  let parts = [];
  return model.layer.link((layer, before) => {
    if (before?.z.length !== layer.z.length) {
      parts = layer.z.map((_, i) => control(model, i));
      element.replaceChildren(...parts.map((part) => part.root));
      element.style.setProperty('--count', String(layer.z.length));
      element.dataset.crowd = layer.z.length > 8 ? 'many' : layer.z.length > 5 ? 'some' : 'few';
    }
    for (const part of parts) part.paint(layer);
  });
}

/**
 * @param {Model} model
 * @param {number} i
 */
function control(model, i) {
  const name = nameField(model, i);
  const slider = zSlider(model, i);
  const number = zNumber(model, i);
  const remove = html('button', { type: 'button', class: 'remove' }, '×');
  remove.addEventListener('click', () => model.gesture.once('remove', i, withoutClass(model.layer.value, i)));
  return {
    root: html('div', { class: 'control', 'data-class': i + 1 }, name.root, slider.root, number.root, remove),
    /** @param {Layer} layer */
    paint(layer) {
      name.paint(layer);
      slider.paint(layer);
      number.paint(layer);
      const words = t('softmax.remove', { name: className(layer, i) });
      set(remove, { title: words, 'aria-label': words });
      if (remove.disabled !== layer.z.length <= FEWEST) remove.disabled = layer.z.length <= FEWEST;
    },
  };
}

/** The class's name, to be changed. @param {Model} model @param {number} i */
export function nameField({ layer, gesture }, i) {
  const label = t('softmax.name', { i: i + 1 });
  const root = html('input', {
    type: 'text',
    class: 'name',
    maxlength: LONGEST_NAME,
    'aria-label': label,
    autocomplete: 'off',
  });
  root.addEventListener('change', () => {
    const standard = root.value.trim() === t(`softmax.class.${i + 1}`);
    gesture.once('rename', i, renamed(layer.value, i, standard ? '' : root.value));
  });
  return {
    root,
    /** @param {Layer} now */
    paint(now) {
      if (root.dataset.name === className(now, i)) return;
      root.value = className(now, i);
      root.dataset.name = root.value;
    },
  };
}

/** A slider for z_i, as far as the picture's axis goes. @param {Model} model @param {number} i */
export function zSlider({ layer, gesture }, i) {
  const root = html('input', { type: 'range', 'data-z': i + 1, title: t('softmax.slider.title') });
  const held = slides(root, gesture, { kind: 'z', index: i, next: (value) => withZ(layer.value, i, value) });
  root.addEventListener('dblclick', () => gesture.once('z', i, withZ(layer.value, i, 0)));
  return {
    root,
    /** @param {Layer} now */
    paint(now) {
      const reach = Math.max(REACH, axisEnd(now.z));
      if (!held() && root.max !== String(reach)) {
        Object.assign(root, { min: String(-reach), max: String(reach), step: String(reach / 1000) });
      }
      if (root.valueAsNumber !== now.z[i]) root.value = String(now.z[i]);
      const label = t('softmax.slider', { i: i + 1, name: className(now, i) });
      set(root, { 'aria-label': label, 'aria-valuetext': fixed(now.z[i]) });
    },
  };
}

/** A field for z_i with all its digits. @param {Model} model @param {number} i */
export function zNumber({ layer, gesture }, i) {
  const label = `z${lowered(i + 1)}`;
  const root = numberInput({ 'data-number': i + 1, 'aria-label': label });
  const show = numberField(root, {
    limit: { low: -LARGEST, high: LARGEST },
    value: () => layer.value.z[i] ?? null,
    enter: (value) => gesture.once('z', i, withZ(layer.value, i, value)),
    press: (value) => gesture.press('z', i, withZ(layer.value, i, value)),
    step: 0.1,
    shown,
  });
  root.addEventListener('blur', gesture.part);
  return {
    root,
    /** @param {Layer} now */
    paint(now) {
      show();
      set(root, { title: full(now.z[i]) });
    },
  };
}

/** Two places are enough to look at; the field shows every digit when it is entered. @param {number} value */
function shown(value) {
  if (Math.abs(value) >= 1e6) return value.toExponential(1);
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toFixed(2);
}
