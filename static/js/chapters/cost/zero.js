// @ts-check
/**
 * ln 0 met head on: the target's a as a float, the logarithm that the formula then asks for, and what the logits give
 * instead, at the z on screen.
 */

import { html, say, set } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { fixed, power, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { costNaive, deltaNaive } from '../../nn/costs.js';
import { softmax, softmaxNaive } from '../../nn/layers.js';
import { PAIRS, top } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** A row: what is computed, what comes out, what it ought to be, and whether it is. @typedef {{ name: string, value: number, right: number, good: boolean }} Found */

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
    found(scene.value).forEach(({ name, value, right, good }, k) => {
      say(rows[k].value, digits(value));
      set(rows[k].value, { 'data-value': String(value) });
      say(rows[k].verdict, good ? '✓' : '✗');
      set(rows[k].verdict, {
        title: good ? t('cost.zero.right') : t('cost.zero.wrong', { value: shown(name, right) }),
      });
      set(rows[k].root, { 'data-right': String(good) });
    });
  };
  return scene.link(whileSeen(table, paint));
}

/**
 * What each way of computing gives for the class of the target, and what it ought to be: from differences of z, where nothing
 * cancels, and by none of the ways that are judged.
 * @param {Pick<Scene, 'z' | 'y'>} scene
 * @returns {Found[]} in the order of ROWS
 */
export function found({ z, y }) {
  const target = top(y);
  const truth = truthOf(z, y, target);
  const a = softmax(z)[target];
  const asked = y.reduce((sum, value) => sum + value, 0);
  /** @type {Record<(typeof ROWS)[number], [number, number, number?]>} */
  const results = {
    layer: [softmaxNaive(z)[target], truth.a],
    share: [a, truth.a],
    log: [-Math.log(a), truth.surprise],
    sum: [costNaive(z, y), truth.cost],
    stable: [PAIRS['log-likelihood'].terms(z, y).reduce((sum, term) => sum + term, 0), truth.cost],
    chain: [deltaNaive(z, y)[target], truth.delta, truth.size],
    delta: [a * asked - y[target], truth.delta, truth.size],
  };
  return ROWS.map((name) => {
    const [value, right, size = Math.abs(right)] = results[name];
    return { name, value, right, good: isRight(name, value, right, size) };
  });
}

/**
 * a, −ln a, C and δ of a class from the gaps between the z: e^gap summed over the others is what a lacks to 1, and the largest
 * z's own 1 is kept out of the logarithm. `size`: of what δ is the difference of.
 * @param {readonly number[]} z @param {readonly number[]} y @param {number} i
 */
function truthOf(z, y, i) {
  const highest = z.indexOf(Math.max(...z));
  const others = z.reduce((sum, value, k) => (k === highest ? sum : sum + Math.exp(value - z[highest])), 0);
  const surpriseOf = (/** @type {number} */ value) => z[highest] - value + Math.log1p(others);
  const surprise = surpriseOf(z[i]);
  const rest = z.reduce((sum, value, k) => (k === i ? sum : sum + Math.exp(-surpriseOf(value))), 0);
  const cost = y.reduce((sum, value, k) => (value === 0 ? sum : sum + value * surpriseOf(z[k])), 0);
  const elsewhere = y.reduce((sum, value, k) => (k === i ? sum : sum + value), 0);
  // a Σy − y = a · (what is asked of the others) − y · (what the others have): for a ≈ 1 no digit is lost.
  const [pushed, pulled] = [Math.exp(-surprise) * elsewhere, y[i] * rest];
  return { a: Math.exp(-surprise), surprise, cost, delta: pushed - pulled, size: pushed + pulled };
}

/** An a that has become 0 or 1 is wrong however near that is: in ℝ it is neither. @param {string} name @param {number} value @param {number} right @param {number} size */
function isRight(name, value, right, size) {
  if ((name === 'layer' || name === 'share') && (value === 0 || value === 1)) return false;
  return value === right || Math.abs(value - right) <= NEAR * size;
}

/** What it should be; an a that no float64 but 0 or 1 is near to is said in words. @param {string} name @param {number} right */
function shown(name, right) {
  const edge = right === 0 || right === 1;
  return (name === 'layer' || name === 'share') && edge ? t('cost.zero.between') : digits(right);
}

/** A whole number as it is, so that an a that has become 0 or 1 is seen to be just that. @param {number} value */
function digits(value) {
  if (Number.isInteger(value)) return fixed(value, 0);
  return Math.abs(value) < 1e-4 ? power(value, 2) : short(value, 4);
}
