// @ts-check
/** Whether a step holds at the numbers on screen, in words that show it: what differs is written so that it differs. Pure. */
import { apart, short } from '../../kit/format.js';
import { saying } from '../../kit/saying.js';

/** @typedef {import('./formulas/steps.js').Verdict} Verdict */

/** @param {Verdict} verdict @returns {'holds' | 'lacks' | 'fails'} */
export function stateOf({ holds, lacks }) {
  return holds ? 'holds' : lacks ? 'lacks' : 'fails';
}

/**
 * @param {string} relation of the step: "=", ">" or "<"
 * @param {Verdict} verdict
 * @returns {import('../../kit/saying.js').Saying}
 */
export function verdictSaying(relation, verdict) {
  const { left, right } = verdict;
  const state = stateOf(verdict);
  const sides = sidesOf(verdict);
  if (relation !== '=') return saying(`derivation.verdict.${state}.sign`, { left: short(left) });
  if (state !== 'holds') return saying(`derivation.verdict.${state}`, sides);
  const gap = short(Math.abs(left - right), 3);
  const alike = sides.left === sides.right;
  return saying(alike ? 'derivation.verdict.holds' : 'derivation.verdict.holds.near', {
    ...sides,
    residual: left === right ? '0' : gap,
  });
}

/**
 * Both sides as text: of a step that fails with the digits that tell them apart.
 * @param {Verdict} verdict
 * @returns {{ left: string, right: string }}
 */
export function sidesOf({ left, right, holds }) {
  const [one, other] = holds ? [short(left), short(right)] : apart(left, right);
  return { left: one, right: other };
}
