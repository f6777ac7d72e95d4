// @ts-check
/** What is wrong with an experiment before the server is asked: its numbers against the same limits that the server has. */

import { holds } from '../../kit/numbers.js';

/** @typedef {import('./state.js').Experiment} Experiment */
/** @typedef {{ low: number, high: number, whole: boolean, above: boolean }} Limit */
/** A field's name in the run spec, and what it may be. @typedef {{ field: string, value: number, limit: Limit, samples?: boolean }} Fault */

/**
 * @param {Experiment} experiment
 * @param {Record<string, Limit>} limits
 * @param {number | undefined} samples of the data set, where they are known
 * @returns {Fault | null} the first fault
 */
export function faultOf(experiment, limits, samples) {
  const { hidden, epochs, eta, seed, batch, pace } = experiment;
  /** @type {[string, number | null, Limit][]} */
  const numbers = [
    ['eta', eta, limits.eta],
    ['epochs', epochs, limits.epochs],
    ['seed', seed, limits.seed],
    ['batch_size', batch, limits.batch_size],
    ['pace', pace, limits.pace],
    ...hidden.map((units) => /** @type {[string, number, Limit]} */ (['hidden', units, limits['hidden units']])),
  ];
  for (const [field, value, limit] of numbers) {
    if (value !== null && !holds(limit, value)) return { field, value, limit };
  }
  if (batch !== null && samples !== undefined && batch > samples) {
    return { field: 'batch_size', value: batch, limit: { ...limits.batch_size, high: samples }, samples: true };
  }
  return null;
}
