// @ts-check
import { readFileSync } from 'node:fs';
import { readDerivation } from '../../../../../static/js/chapters/derivation/formulas/steps.js';

const FILE = new URL('../../../../../app/lessons/derivations.json', import.meta.url);

/** A step with both its sides, as the server gives it to the page: its left side is the right side before, unless it has its own. */
function whole(/** @type {any[]} */ steps) {
  let before = '';
  return steps.map((step) => {
    const relation = /** @type {'=' | '>' | '<'} */ (['=', '>', '<'].find((sign) => sign in step));
    const left = step.left ?? before;
    before = step[relation];
    return { left, relation, right: before, reason: step.reason, begins: 'left' in step, needs: step.needs ?? null };
  });
}

/** @type {import('../../../../../static/js/chapters/derivation/formulas/steps.js').Derivation[]} */
export const DERIVATIONS = JSON.parse(readFileSync(FILE, 'utf8')).map((/** @type {any} */ given) =>
  readDerivation({ ...given, steps: whole(given.steps) }),
);

/** Numbers from 0 to 1, the same each time. @param {number} seed */
export function draws(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A sample with 2 to 12 classes; its y sum to 1. @param {() => number} draw @param {number} reach of z */
export function randomSample(draw, reach) {
  const count = 2 + Math.floor(11 * draw());
  const weights = Array.from({ length: count }, draw);
  const sum = weights.reduce((total, value) => total + value, 0);
  const h = Array.from({ length: 3 }, draw);
  const w = weights.map(() => h.map(() => 2 * draw() - 1));
  const z = weights.map(() => reach * (2 * draw() - 1));
  const b = z.map((value, i) => value - w[i].reduce((total, one, j) => total + one * h[j], 0));
  const sample = { z, y: weights.map((value) => value / sum), h, w, b };
  const i = Math.floor(count * draw());
  return { sample, classes: { i, j: (i + 1) % count }, units: { i, j: Math.floor(3 * draw()) } };
}
