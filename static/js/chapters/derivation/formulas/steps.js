// @ts-check
/** A derivation's steps as the page uses them: read, worked out at a sample, and checked. */
import { evaluate, finiteDifference } from './evaluate.js';
import { parse } from './expression.js';

/** @typedef {import('./expression.js').Expression} Expression */
/** @typedef {import('./evaluate.js').Sample} Sample */
/** @typedef {import('./evaluate.js').Binding} Binding */

/** As app/lessons/derivations.py has it. @typedef {{ left: string, relation: '=' | '>' | '<', right: string, reason: string, begins: boolean, needs: string | null }} StepText */

/** @typedef {{ name: string, rows: string[], picks: ('i' | 'j' | 'unit')[], steps: StepText[] }} DerivationText */

/**
 * @typedef {{
 *   left: Expression, relation: '=' | '>' | '<', right: Expression, reason: string, begins: boolean, needs: Expression | null
 * }} Step
 */

/** @typedef {{ name: string, picks: ('i' | 'j' | 'unit')[], steps: Step[] }} Derivation */

/** Two ways of computing the same may differ by this much, relative to the size of what they add up. */
export const TOLERANCE = 1e-12;

/** @param {DerivationText} text @returns {Derivation} */
export function readDerivation({ name, picks, steps }) {
  return {
    name,
    picks,
    steps: steps.map((step) => ({
      ...step,
      left: parse(step.left),
      right: parse(step.right),
      needs: step.needs === null ? null : parse(step.needs),
    })),
  };
}

/**
 * What a step comes to at a sample. `residual`: how far apart the two sides are, relative to the size of what was added up
 * in them. `lacks`: the condition that the step needs is not met there.
 * @typedef {{ left: number, right: number, residual: number, holds: boolean, lacks: boolean }} Verdict
 */

/**
 * @param {Step} step
 * @param {Sample} sample
 * @param {Binding} binding
 * @returns {Verdict}
 */
export function check(step, sample, binding) {
  const left = evaluate(step.left, sample, binding);
  const right = evaluate(step.right, sample, binding);
  const size = Math.max(left.size, right.size);
  const difference = Math.abs(left.value - right.value);
  const residual = difference === 0 ? 0 : difference / size;
  const equal = residual <= TOLERANCE;
  const holds = { '=': equal, '>': left.value > right.value, '<': left.value < right.value }[step.relation];
  const needed = step.needs && evaluate(step.needs, sample, binding);
  const lacks = needed !== null && Math.abs(needed.value) > TOLERANCE * needed.size;
  return { left: left.value, right: right.value, residual, holds, lacks };
}

/**
 * The derivative that a claim is about, by two values beside each other; null where the claim begins with none.
 * @param {Derivation} derivation
 * @param {Sample} sample
 * @param {Binding} binding
 * @returns {number | null}
 */
export function claimByDifference({ steps }, sample, binding) {
  const [first] = steps;
  const claimed = [first.left, first.right].find((side) => side.kind === 'D');
  return claimed?.kind === 'D' ? finiteDifference(claimed, sample, binding) : null;
}
