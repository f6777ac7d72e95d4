// @ts-check
/**
 * The value of a formula at a state: every symbol is worked out from its definition, and every derivative by the rules of
 * differentiation (dual.js), or by two values beside each other where that is asked for.
 */
import { deltaOf } from '../../../nn/costs.js';
import { dual, exp, ln, minus, over, plus, times } from './dual.js';
import { parse } from './expression.js';

/** @typedef {import('./expression.js').Expression} Expression */
/** @typedef {import('./expression.js').Symbol} Symbol */
/** @typedef {import('./dual.js').Dual} Dual */

/**
 * Numbers of one sample. `z`, `y`, `b`: one per class; `h`: activations of the layer before; `w[i][j]` leads from its unit j
 * to class i, the article's way round, and z_i = Σ_j w_ij h_j + b_i.
 * @typedef {{
 *   z: readonly number[], y: readonly number[], h: readonly number[],
 *   w: readonly (readonly number[])[], b: readonly number[]
 * }} Sample
 */

/** Which number stands for an index, from 0. @typedef {Readonly<Record<string, number>>} Binding */

/** What everything is differentiated by. @typedef {{ name: string, at: readonly number[] } | null} Seed */

const DEFINITIONS = {
  z: parse('sum(m, w[i,m] * h[m]) + b[i]'),
  a: parse('exp(z[i]) / S'),
  S: parse('sum(k, exp(z[k]))'),
  C: parse('-sum(k, y[k] * ln(a[k]))'),
};

/** How far apart, relative to the size of x, the two points of a finite difference stand: ∛ε. */
const APART = Math.cbrt(Number.EPSILON);

/**
 * @param {Expression} expression
 * @param {Sample} sample
 * @param {Binding} binding
 * @returns {Dual} its value and size; slopes are 0
 */
export function evaluate(expression, sample, binding) {
  return dualOf(expression, sample, binding, null);
}

/**
 * @param {Expression} expression
 * @param {Sample} sample
 * @param {Binding} binding
 * @param {Seed} seed
 * @returns {Dual}
 */
function dualOf(expression, sample, binding, seed) {
  const of = (/** @type {Expression} */ part) => dualOf(part, sample, binding, seed);
  switch (expression.kind) {
    case 'number':
      return dual(expression.value);
    case 'symbol':
      return symbolOf(expression, sample, binding, seed);
    case 'negative':
      return minus(of(expression.of));
    case '+':
      return plus(of(expression.left), of(expression.right));
    case '-':
      return plus(of(expression.left), minus(of(expression.right)));
    case '*':
      return times(of(expression.left), of(expression.right));
    case '/':
      return over(of(expression.left), of(expression.right));
    case 'power':
      return Array.from({ length: expression.exponent - 1 }).reduce(
        (/** @type {Dual} */ product) => times(product, of(expression.of)),
        of(expression.of),
      );
    case 'exp':
      return exp(of(expression.of));
    case 'ln':
      return ln(of(expression.of));
    case 'sigma':
      return over(dual(1), plus(dual(1), exp(minus(of(expression.of)))));
    case 'sum':
      return range(expression, sample, binding)
        .map((n) => dualOf(expression.of, sample, { ...binding, [expression.index]: n }, seed))
        .reduce(plus, dual(0));
    case 'D': {
      const inner = dualOf(expression.of, sample, binding, located(expression.by, binding));
      return { value: inner.slope, size: inner.slopeSize, slope: 0, slopeSize: 0 };
    }
  }
}

/** @param {Symbol} symbol @param {Sample} sample @param {Binding} binding @param {Seed} seed @returns {Dual} */
function symbolOf({ name, indices }, sample, binding, seed) {
  const at = indices.map((index) => binding[index]);
  const moved = seed?.name === name && seed.at.every((value, n) => value === at[n]) ? 1 : 0;
  if (name === 'delta') return deltaAt(sample, at[0]);
  if (name === 'S' || name === 'C') return dualOf(DEFINITIONS[name], sample, binding, seed);
  if (name === 'a') return dualOf(DEFINITIONS.a, sample, { i: at[0] }, seed);
  // z is what the hand moves; only for who asks about w or b is it made of them.
  if (name === 'z' && (seed?.name === 'w' || seed?.name === 'b')) {
    return dualOf(DEFINITIONS.z, sample, { i: at[0] }, seed);
  }
  return dual(given(sample, name, at), moved);
}

/** δ_i as the page's own mathematics has it, not as the derivations do. @param {Sample} sample @param {number} i @returns {Dual} */
function deltaAt({ z, y }, i) {
  const size = y.reduce((sum, weight) => sum + Math.abs(weight), 0);
  return { ...dual(deltaOf(z, y, 'softmax', 'log-likelihood')[i]), size };
}

/** @param {Sample} sample @param {string} name @param {readonly number[]} at @returns {number} */
function given(sample, name, at) {
  const numbers = /** @type {any} */ (sample)[name];
  if (numbers === undefined) throw new Error(`no numbers for the symbol "${name}"`);
  return at.length === 2 ? numbers[at[0]][at[1]] : numbers[at[0]];
}

/** @param {Symbol} symbol @param {Binding} binding */
function located({ name, indices }, binding) {
  return { name, at: indices.map((index) => binding[index]) };
}

/**
 * What a sum runs over: m over the units of the layer before, everything else over the classes.
 * @param {{ index: string, except: string | null }} sum
 * @param {Sample} sample
 * @param {Binding} binding
 * @returns {number[]}
 */
export function range({ index, except }, sample, binding) {
  const count = index === 'm' ? sample.h.length : sample.z.length;
  const all = Array.from({ length: count }, (_, n) => n);
  return except === null ? all : all.filter((n) => n !== binding[except]);
}

/**
 * A derivative by two values beside each other: (f(x + d) − f(x − d)) / 2d. Knows no rule of differentiation.
 * @param {Extract<Expression, { kind: 'D' }>} derivative
 * @param {Sample} sample
 * @param {Binding} binding
 * @returns {number}
 */
export function finiteDifference({ of, by }, sample, binding) {
  const { name, at } = located(by, binding);
  const x = given(sample, name, at);
  const apart = APART * Math.max(1, Math.abs(x));
  const [high, low] = [x + apart, x - apart].map((value) => moved(sample, name, at, value));
  return (evaluate(of, high, binding).value - evaluate(of, low, binding).value) / (x + apart - (x - apart));
}

/**
 * The sample with one of its numbers changed, and z with it.
 * @param {Sample} sample
 * @param {string} name
 * @param {readonly number[]} at
 * @param {number} value
 * @returns {Sample}
 */
function moved(sample, name, at, value) {
  if (name === 'z') return { ...sample, z: sample.z.with(at[0], value) };
  const w = name === 'w' ? sample.w.with(at[0], sample.w[at[0]].with(at[1], value)) : sample.w;
  const b = name === 'b' ? sample.b.with(at[0], value) : sample.b;
  const z = b.map((bias, i) => sample.h.reduce((sum, activation, j) => sum + w[i][j] * activation, 0) + bias);
  return { ...sample, w, b, z };
}
