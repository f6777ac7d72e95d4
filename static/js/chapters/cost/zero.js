// @ts-check
/**
 * ln 0 met head on: the target's a as a float, the logarithm that the formula then asks for, and what the logits give
 * instead, at the z on screen.
 */

import { html, say, set } from '../../figures/dom.js';
import { fixed, power, short } from '../../kit/format.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { costNaive, costOf, deltaNaive, deltaOf } from '../../nn/costs.js';
import { logSoftmax, softmax, softmaxNaive } from '../../nn/layers.js';
import { top } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** A row: what is computed, what comes out, and what it ought to be. @typedef {{ name: string, value: number, right: number }} Found */

const ROWS = /** @type {const} */ (['layer', 'share', 'log', 'sum', 'stable', 'chain', 'delta']);
/** A result this near to the true one, in proportion, is right: a few roundings. */
const NEAR = 1e-9;

/**
 * @param {HTMLTableElement} table
 * @param {import('./picture.js').Model} model
 * @returns {() => void} dispose
 */
export function costZero(table, { scene }) {
  const rows = ROWS.map((name) => {
    const [value, verdict] = [html('td', { 'data-zero': name }), html('td', { class: 'verdict' })];
    const words = html('small', {}, t(`cost.zero.${name}.words`));
    const root = html('tr', {}, html('th', { scope: 'row' }, t(`cost.zero.${name}`), words), value, verdict);
    return { root, value, verdict };
  });
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('cost.zero.caption')),
    html('tbody', {}, ...rows.map(({ root }) => root)),
  );
  const paint = () => {
    if (scene.value.panel !== 'zero') return;
    found(scene.value).forEach(({ value, right }, k) => {
      const good = isRight(value, right);
      say(rows[k].value, digits(value));
      set(rows[k].value, { 'data-value': String(value) });
      say(rows[k].verdict, good ? '✓' : '✗');
      set(rows[k].verdict, { title: good ? t('cost.zero.right') : t('cost.zero.wrong', { value: shown(right) }) });
      set(rows[k].root, { 'data-right': String(good) });
    });
  };
  return scene.link(() => soon(paint));
}

/**
 * What each way of computing gives for the class of the target.
 * @param {Scene} scene
 * @returns {Found[]} in the order of ROWS
 */
export function found({ z, y }) {
  const target = top(y);
  const logarithm = logSoftmax(z)[target];
  const exact = costOf(z, y, 'softmax', 'log-likelihood');
  const delta = deltaOf(z, y, 'softmax', 'log-likelihood')[target];
  const a = softmax(z)[target];
  const inside = a === 0 || a === 1 ? Number.NaN : a;
  const results = {
    layer: [softmaxNaive(z)[target], inside],
    share: [a, inside],
    log: [-Math.log(a), -logarithm],
    sum: [costNaive(z, y), exact],
    stable: [exact, exact],
    chain: [deltaNaive(z, y)[target], delta],
    delta: [delta, delta],
  };
  return ROWS.map((name) => ({ name, value: results[name][0], right: results[name][1] }));
}

/** @param {number} value @param {number} right */
function isRight(value, right) {
  return value === right || Math.abs(value - right) <= NEAR * Math.abs(right);
}

/** @param {number} value */
function shown(value) {
  return Number.isNaN(value) ? t('cost.zero.between') : digits(value);
}

/** A whole number as it is, so that an a that has become 0 or 1 is seen to be just that. @param {number} value */
function digits(value) {
  if (Number.isInteger(value)) return fixed(value, 0);
  return Math.abs(value) < 1e-4 ? power(value, 2) : short(value, 4);
}
