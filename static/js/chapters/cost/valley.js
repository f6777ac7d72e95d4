// @ts-check
/** Where the cost over two z has its lowest point, if it has one. Pure. */
import { costTrace } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */

/**
 * `lowest`: where each of the two a is its y; `shared`: where it is its y ∕ Σy; `endless`: the cost nears a lowest value that no
 * point has; `flat`: it is 0 everywhere. null where there is no simple word for it: the quadratic cost of softmax is no bowl.
 * @param {Scene} scene
 * @returns {'lowest' | 'shared' | 'endless' | 'flat' | null}
 */
export function valley(scene) {
  const { y, chosen, second, pair } = scene;
  const wanted = [y[chosen], y[second]];
  if (pair === 'quadratic-softmax') return null;
  if (pair !== 'log-likelihood') return wanted.every((one) => one > 0 && one < 1) ? 'lowest' : 'endless';
  const { asked } = costTrace(scene);
  if (asked === 0) return 'flat';
  // Each a has to reach its y ∕ Σy > 0, and the classes that stay where they are keep something between them.
  const rest = y.reduce((sum, one, i) => (i === chosen || i === second ? sum : sum + one), 0);
  if (!wanted.every((one) => one > 0) || (rest === 0 && y.length > 2)) return 'endless';
  return Math.abs(asked - 1) < 1e-9 ? 'lowest' : 'shared';
}
