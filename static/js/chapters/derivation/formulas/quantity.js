// @ts-check
/**
 * Names for the things that a formula and the picture beside it both show: "a:3" is a_3, "slope:1:3" is ∂a_1/∂z_3. What a part of a
 * formula is called here lights up wherever else it stands. Classes and units count from 1, as on the screen.
 */
import { evaluate, range } from './evaluate.js';

/** @typedef {import('./expression.js').Expression} Expression */
/** @typedef {import('./tex.js').Mark} Mark */
/** @typedef {import('./evaluate.js').Sample} Sample */
/** @typedef {import('./evaluate.js').Binding} Binding */

/**
 * One thing that a mark stands for: its name, its value, and what its indices are there.
 * @typedef {{ name: string, value: number, binding: Binding }} Quantity
 */

/**
 * What a marked part stands for: one quantity, or one for every index of the sum that it stands in.
 * @param {Mark} mark
 * @param {Sample} sample
 * @param {Binding} binding
 * @returns {Quantity[]}
 */
export function quantities({ of, within }, sample, binding) {
  const sums = within.filter(({ index }) => uses(of, index));
  /** @type {Binding[]} */
  let bindings = [binding];
  for (const sum of sums) {
    bindings = bindings.flatMap((outer) => range(sum, sample, outer).map((n) => ({ ...outer, [sum.index]: n })));
  }
  return bindings.map((inner) => ({
    name: nameOf(of, inner),
    value: evaluate(of, sample, inner).value,
    binding: inner,
  }));
}

/** @param {Expression} expression @param {string} index @returns {boolean} */
function uses(expression, index) {
  if (expression.kind === 'symbol') return expression.indices.includes(index);
  return Object.values(expression).some((part) => part !== null && typeof part === 'object' && uses(part, index));
}

/**
 * @param {Expression} expression
 * @param {Binding} binding
 * @returns {string} '' for what stands nowhere else
 */
export function nameOf(expression, binding) {
  if (expression.kind === 'symbol') return named(expression.name, expression.indices, binding);
  if (expression.kind === 'exp' && expression.of.kind === 'symbol') return named('exp', expression.of.indices, binding);
  if (expression.kind === 'sigma' && expression.of.kind === 'symbol')
    return named('sigma', expression.of.indices, binding);
  if (expression.kind === 'sum' && expression.except === null)
    return expression.of.kind === 'symbol' ? `sum:${expression.of.name}` : '';
  return expression.kind === 'D' ? derivative(expression, binding) : '';
}

/** @param {Extract<Expression, { kind: 'D' }>} derivative @param {Binding} binding */
function derivative({ of, by }, binding) {
  const over = of.kind === 'symbol' ? `${of.name}/${by.name}` : `${of.kind}/${by.name}`;
  const indices = of.kind === 'symbol' ? of.indices : [];
  if (over === 'a/z') return named('slope', [...indices, ...by.indices], binding);
  if (over === 'C/z') return named('delta', by.indices, binding);
  if (over === 'C/w') return named('dw', by.indices, binding);
  if (over === 'C/b') return named('db', by.indices, binding);
  if (over === 'sigma/z') return named('dsigma', by.indices, binding);
  if (over === 'z/w') return named('h', by.indices.slice(1), binding);
  // Of e^z and of their sum S only e^{z_i} answers to z_i.
  if (over === 'exp/z' || over === 'S/z') return named('exp', by.indices, binding);
  return '';
}

/** @param {string} name @param {readonly string[]} indices @param {Binding} binding */
function named(name, indices, binding) {
  return [name, ...indices.map((index) => binding[index] + 1)].join(':');
}
