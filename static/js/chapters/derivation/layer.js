// @ts-check

import { html, say, set } from '../../figures/dom.js';
import { numberField, numberInput } from '../../figures/number-field.js';
import { slides } from '../../figures/slider.js';
import { fixed, lowered, short, signed } from '../../kit/format.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { costOf, deltaOf } from '../../nn/costs.js';
import { sigmoid, softmax } from '../../nn/layers.js';
import { LARGEST, REACH, withI, withTarget, withY, withZ } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {ReturnType<typeof import('../../kit/gesture.js').gestures<State>>} Gestures */
/** @typedef {{ state: import('../../kit/observable.js').Watched<State>, gesture: Gestures }} Model */

/** The claims whose formulas have a second class in them. */
const WITH_J = ['other', 'signs'];

const COLUMNS = ['class', 'z', 'exp', 'a', 'y', 'delta'];

/**
 * The sample that the formulas are about: for each class its z, to be dragged or typed, e^z, a as a bar, y, to be typed or
 * made the one right answer, and δ.
 * @param {HTMLTableElement} table
 * @param {Model} model
 * @returns {() => void} dispose
 */
export function derivationLayer(table, model) {
  /** @type {ReturnType<typeof row>[]} */
  let rows = [];
  const foot = footRow();
  const paint = () => {
    const { state } = model;
    const { z, y } = state.value;
    const numbers = {
      a: softmax(z),
      powers: z.map(Math.exp),
      delta: deltaOf(z, y, 'softmax', 'log-likelihood'),
    };
    rows.forEach((one, k) => {
      one.paint(state.value, numbers, k);
    });
    foot.paint(state.value, numbers);
  };
  return model.state.link((now, before) => {
    if (now.z.length !== before?.z.length) {
      rows = now.z.map((_, k) => row(model, k));
      const body = html('tbody', {}, ...rows.map(({ root }) => root));
      table.replaceChildren(head(), body, foot.root);
      table.dataset.crowd = now.z.length > 8 ? 'many' : now.z.length > 5 ? 'some' : 'few';
      paint();
    } else soon(paint);
    for (const [k, one] of rows.entries()) one.paintInputs(now, k);
  });
}

/** @typedef {{ a: number[], powers: number[], delta: number[] }} Numbers */

function head() {
  const cells = COLUMNS.map((name) => html('th', { scope: 'col', class: name }, t(`derivation.column.${name}`)));
  return html('thead', {}, html('tr', {}, ...cells));
}

/** @param {Model} model @param {number} k */
function row(model, k) {
  const { state, gesture } = model;
  const pick = html('button', { type: 'button', class: 'pick', title: t('derivation.pick.title', { k: k + 1 }) });
  const letter = html('small', { class: 'letter' });
  pick.append(html('b', {}, String(k + 1)), letter);
  pick.addEventListener('click', () => gesture.once('i', k, withI(state.value, k)));
  const slider = zSlider(model, k);
  const number = classNumber('z', k, { low: -LARGEST, high: LARGEST }, (value) =>
    gesture.once('z', k, withZ(state.value, k, value)),
  );
  const right = html('button', { type: 'button', class: 'right-answer', title: t('derivation.target', { k: k + 1 }) });
  right.setAttribute('aria-label', t('derivation.target', { k: k + 1 }));
  right.addEventListener('click', () => gesture.once('y', k, withTarget(state.value, k)));
  const target = classNumber('y', k, { low: 0, high: 1 }, (value) =>
    gesture.once('y', k, withY(state.value, k, value)),
  );
  const exp = html('td', { class: 'exp', 'data-quantity': `exp:${k + 1}` });
  const bar = html('span', { class: 'share' });
  const a = html('span', { class: 'value' });
  const delta = html('td', { class: 'delta', 'data-quantity': `delta:${k + 1} db:${k + 1}` });
  const root = html(
    'tr',
    { 'data-class': k + 1 },
    html('th', { scope: 'row', class: 'class' }, pick),
    html('td', { class: 'z', 'data-quantity': `z:${k + 1}` }, slider.root, number.root),
    exp,
    html('td', { class: 'a', 'data-quantity': `a:${k + 1}` }, html('span', { class: 'track' }, bar), a),
    html('td', { class: 'y', 'data-quantity': `y:${k + 1}` }, right, target.root),
    delta,
  );
  return {
    root,
    /** @param {State} now @param {number} at */
    paintInputs(now, at) {
      slider.paint(now.z[at]);
      number.paint(now.z[at]);
      target.paint(now.y[at]);
      right.setAttribute('aria-pressed', String(now.y[at] === 1 && now.y.filter((value) => value !== 0).length === 1));
    },
    /** @param {State} now @param {Numbers} numbers @param {number} at */
    paint(now, { a: shares, powers, delta: deltas }, at) {
      // The lone sigmoid is a layer of its own: its output stands in the place of a.
      const output = now.lesson === 'sigmoid' ? sigmoid(now.z[at]) : shares[at];
      say(letter, at === now.i ? 'i' : at === now.j && WITH_J.includes(now.lesson) ? 'j' : '');
      set(pick, { 'aria-pressed': String(at === now.i), 'data-letter': letter.textContent ?? '' });
      paintNumber(exp, powers[at], short(powers[at], 2));
      paintNumber(a, output, short(output));
      bar.style.inlineSize = `${100 * output}%`;
      paintNumber(delta, deltas[at], signed(deltas[at], 3));
    },
  };
}

function footRow() {
  const exp = html('td', { class: 'exp', 'data-quantity': 'S' });
  const a = html('td', { class: 'a', 'data-quantity': 'sum:a' });
  const y = html('td', { class: 'y', 'data-quantity': 'sum:y' });
  const delta = html('td', { class: 'delta' });
  const cost = html('td', { class: 'z', 'data-quantity': 'C' });
  return {
    root: html('tfoot', {}, html('tr', {}, html('th', { scope: 'row', class: 'class' }, 'Σ'), cost, exp, a, y, delta)),
    /** @param {State} now @param {Numbers} numbers */
    paint(now, { a: shares, powers, delta: deltas }) {
      const output = now.lesson === 'sigmoid' ? now.z.map(sigmoid) : shares;
      const nats = costOf(now.z, now.y, 'softmax', 'log-likelihood');
      paintNumber(cost, nats, `C = ${fixed(nats, 3)}`);
      paintNumber(exp, total(powers), `S = ${short(total(powers), 2)}`);
      paintNumber(a, total(output), fixed(total(output), 3));
      paintNumber(y, total(now.y), fixed(total(now.y), 2));
      y.dataset.state = Math.abs(total(now.y) - 1) < 1e-12 ? 'one' : 'other';
      paintNumber(delta, total(deltas), signed(total(deltas), 3));
    },
  };
}

/** @param {HTMLElement} element @param {number} value @param {string} text */
function paintNumber(element, value, text) {
  say(element, text);
  set(element, { 'data-value': String(value) });
}

/** @param {Model} model @param {number} k */
function zSlider({ state, gesture }, k) {
  const label = t('derivation.slider', { k: k + 1 });
  const root = html('input', {
    type: 'range',
    'data-z': k + 1,
    min: -REACH,
    max: REACH,
    step: 0.01,
    'aria-label': label,
  });
  slides(root, gesture, { kind: 'z', index: k, next: (value) => withZ(state.value, k, value) });
  root.addEventListener('dblclick', () => gesture.once('z', k, withZ(state.value, k, 0)));
  return {
    root,
    /** @param {number} value */
    paint(value) {
      if (root.valueAsNumber !== value) root.value = String(value);
      set(root, { 'aria-valuetext': fixed(value) });
    },
  };
}

/**
 * A field for one number of one class. What is no number or outside the range is marked, and the value stays.
 * @param {'z' | 'y' | 'h'} name
 * @param {number} k
 * @param {{ low: number, high: number }} limit
 * @param {(value: number) => void} enter
 */
export function classNumber(name, k, limit, enter) {
  const label = `${name === 'h' ? 'a' : name}${lowered(k + 1)}${name === 'h' ? 'ᴸ⁻¹' : ''}`;
  const root = numberInput({ [`data-${name}-number`]: k + 1, 'aria-label': label });
  let value = Number.NaN;
  const show = numberField(root, {
    limit,
    value: () => value,
    enter,
    step: 0.1,
    shown: (now) => fixed(now).replace('−', '-'),
  });
  return {
    root,
    /** @param {number} now */
    paint(now) {
      value = now;
      show();
    },
  };
}

/** @param {readonly number[]} values */
function total(values) {
  return values.reduce((sum, value) => sum + value, 0);
}
