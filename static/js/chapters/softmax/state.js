// @ts-check
/** What `/softmax` has beside its layer: which question is asked, and what the two laboratories are set to. */

import { TABLE as LAYER } from '../../figures/layer/state.js';
import { choice, number } from '../../kit/address.js';

/**
 * `question`: which one is asked, from 1. `width`: how far from 0 the z of a search reach; `hunt`: which search, 0 for none
 * yet. `format`: of the net that learns beside the overflow.
 * @typedef {import('../../figures/layer/state.js').Layer & {
 *   question: number, width: string, hunt: number, format: import('../../nn/floats.js').Format
 * }} SoftmaxLayer
 */

export const WIDTHS = ['5', '50', '1000'];
/** The formats of floats, the least exact first. @type {readonly import('../../nn/floats.js').Format[]} */
export const NAMES = ['float16', 'float32', 'float64'];

/** @type {import('../../kit/address.js').Table} */
export const TABLE = {
  ...LAYER,
  question: number(1, { low: 1, high: 99, whole: true }),
  width: choice('50', WIDTHS),
  hunt: number(0, { low: 0, high: 999, whole: true }),
  format: choice(NAMES[0], NAMES),
};
