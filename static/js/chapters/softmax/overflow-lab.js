// @ts-check
/**
 * The overflow lab: the layer's z through three ways of computing softmax in three formats, which of them break and why; and
 * what a break does to a net that is learning.
 */

import { html, say, set } from '../../figures/dom.js';
import { mean, shiftedTo, withLogits } from '../../figures/layer/state.js';
import { whileSeen } from '../../figures/sight.js';
import { atMost, fixed, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { FORMATS, softmaxIn } from '../../nn/floats.js';
import { spread } from '../../nn/spread.js';
import { NAMES } from './state.js';

/** @typedef {import('../../nn/floats.js').Format} Format */
/** @typedef {import('../../nn/floats.js').Form} Form */

const FORMS = /** @type {const} */ (['naive', 'shifted', 'log']);
const EPOCHS = 8;
/** How far above the highest z of a format the layer is lifted to break it. */
const BEYOND = 1;

/**
 * @param {HTMLElement} element
 * @param {{ layer: import('../../kit/observable.js').Watched<import('./state.js').SoftmaxLayer>, gesture: any }} model
 * @returns {() => void} dispose
 */
export function overflowLab(element, { layer, gesture }) {
  const lift = NAMES.map((format) => {
    const button = html('button', { type: 'button', 'data-lift': format }, t('overflow.lift', { format }));
    button.addEventListener('click', () => {
      const { z } = layer.value;
      const by = FORMATS[format].highest + BEYOND - Math.max(...z);
      gesture.once('shift', -1, shiftedTo({ ...layer.value, temperature: 1 }, mean(z) + by));
    });
    return button;
  });
  const gap = html('button', { type: 'button', 'data-action': 'gap' }, t('overflow.gap'));
  gap.addEventListener('click', () => gesture.once('falsify', -1, withLogits(layer.value, [0, -120])));
  const cells = FORMS.flatMap((form) => NAMES.map((format) => cell(form, format)));
  const rows = FORMS.map((form) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, t(`overflow.form.${form}`)),
      ...cells.filter((one) => one.form === form).map(({ root }) => root),
    ),
  );
  const heads = NAMES.map((format) =>
    html('th', { scope: 'col' }, format, html('small', {}, ` z ≤ ${atMost(FORMATS[format].highest)}`)),
  );
  element.replaceChildren(
    html('div', { class: 'bar' }, ...lift, gap),
    html(
      'table',
      { class: 'lab' },
      html('caption', { class: 'unseen' }, t('overflow.caption')),
      html('thead', {}, html('tr', {}, html('td'), ...heads)),
      html('tbody', {}, ...rows),
    ),
    training({ layer, gesture }),
  );
  const paint = () => {
    const { z, temperature, chosen } = layer.value;
    const scaled = z.map((value) => value / temperature);
    for (const one of cells) one.paint(scaled, chosen);
  };
  return layer.link(whileSeen(element, paint));
}

/** @param {Form} form @param {Format} format */
function cell(form, format) {
  const [shares, cost, why] = [html('span'), html('span', { class: 'quiet' }), html('strong')];
  const root = html('td', { 'data-form': `${form} ${format}` }, shares, cost, why);
  return {
    form,
    root,
    /** @param {readonly number[]} z @param {number} chosen */
    paint(z, chosen) {
      const { a, logs, powers, sum } = softmaxIn(z, form, FORMATS[format].round);
      const shown = a.every(Number.isNaN) ? [Number.NaN] : a.length > 4 ? [a[chosen]] : a;
      say(shares, `a ${shown.map((share) => place(share)).join(' ')}`);
      say(cost, `−ln a = ${short(-Math.min(...logs), 2)}`);
      const fault = powers.includes(Number.POSITIVE_INFINITY)
        ? 'power'
        : sum === Number.POSITIVE_INFINITY
          ? 'sum'
          : sum === 0
            ? 'nothing'
            : logs.every(Number.isFinite)
              ? ''
              : 'log';
      say(why, fault === '' ? '✓' : `✗ ${t(`overflow.fault.${fault}`)}`);
      set(root, { 'data-fault': fault });
    },
  };
}

/** @param {number} share */
function place(share) {
  if (!Number.isFinite(share)) return fixed(share);
  return share === 0 || share === 1 ? String(share) : share < 0.005 ? '.00' : fixed(share, 2).replace(/^0/, '');
}

/** What the NaN does to training: cost and parameters, epoch by epoch, with the naive form and with the shifted one. */
/** @param {Parameters<typeof overflowLab>[1]} model */
function training({ layer, gesture }) {
  const select = html('select', { 'aria-label': t('overflow.format') });
  for (const format of NAMES) select.append(html('option', { value: format }, format));
  const table = html('table', { class: 'spread' });
  const paint = () => {
    const format = /** @type {Format} */ (select.value);
    const [naive, shifted] = /** @type {const} */ (['naive', 'shifted']).map((form) => spread(format, form, EPOCHS));
    const line = (/** @type {string} */ key, /** @type {string[]} */ texts) =>
      html(
        'tr',
        {},
        html('th', { scope: 'row' }, t(`overflow.train.${key}`)),
        ...texts.map((text) => html('td', { 'data-sick': String(/NaN|∞|∕/.test(text)) }, text)),
      );
    const sick = (/** @type {number[]} */ values) => {
      const count = values.filter(Number.isNaN).length;
      return count === 0 ? '·' : `${count}∕${values.length}`;
    };
    table.replaceChildren(
      html('caption', { class: 'unseen' }, t('overflow.train.caption')),
      html(
        'thead',
        {},
        html(
          'tr',
          {},
          html('th', { scope: 'row' }, t('overflow.train.epoch')),
          ...naive.map((_, epoch) => html('th', { scope: 'col' }, String(epoch))),
        ),
      ),
      html(
        'tbody',
        {},
        line(
          'shifted',
          shifted.map(({ cost }) => fixed(cost)),
        ),
        line(
          'naive',
          naive.map(({ cost }) => fixed(cost)),
        ),
        line(
          'a',
          naive.map(({ a }) => sick(a.flat())),
        ),
        line(
          'third',
          naive.map(({ third }) => sick([...third.w.flat(), ...third.b])),
        ),
        line(
          'second',
          naive.map(({ second }) => sick([...second.w.flat(), ...second.b])),
        ),
      ),
    );
  };
  select.addEventListener('change', () =>
    gesture.show({ ...layer.value, format: /** @type {Format} */ (select.value) }),
  );
  layer.link((now, before) => {
    if (now.format === before?.format) return;
    select.value = now.format;
    paint();
  });
  return html(
    'section',
    { class: 'figure' },
    html('div', { class: 'head' }, html('h2', {}, t('overflow.train')), select),
    html('div', { class: 'scroller', tabindex: '0', role: 'group', 'aria-label': t('overflow.train') }, table),
    html('p', { class: 'quiet' }, t('overflow.train.words')),
  );
}
