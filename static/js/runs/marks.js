// @ts-check
/** Exact costs at chosen epochs: those that the thinned messages passed over are asked for, all at once, after a while. */
import { isOver } from './run.js';
import { ask, Refusal } from './server.js';

/** @typedef {ReturnType<typeof import('./follow.js').follow>} Follow */

/** Milliseconds that a run is given to tell the rest by itself. */
const GAP = 400;

/**
 * @param {readonly number[]} wanted epochs
 * @param {(error: unknown) => void} failed
 * @param {{ fetch?: typeof fetchMarks, wait?: (task: () => void, milliseconds: number) => unknown }} [world]
 * @returns {(one: Follow) => void} to be called whenever a run has news
 */
export function marksFilled(wanted, failed, world = {}) {
  const fetchAll = world.fetch ?? fetchMarks;
  const wait = world.wait ?? ((task, milliseconds) => setTimeout(task, milliseconds));
  /** @type {WeakSet<Follow>} */
  const filling = new WeakSet();
  return (one) => {
    if (filling.has(one) || missing(one, wanted).length === 0) return;
    filling.add(one);
    const run = one.run.value;
    const fill = async () => {
      try {
        await fetchAll(run.id, missing(one, wanted), one.mark);
      } catch (error) {
        // A record that had to give way cannot tell any more; the curve stays.
        if (!(error instanceof Refusal)) failed(error);
      } finally {
        filling.delete(one);
      }
    };
    wait(fill, isOver(run.status) ? 0 : GAP);
  };
}

/** @param {Follow} one @param {readonly number[]} wanted */
function missing({ run }, wanted) {
  const { x, epoch, marks } = run.value;
  return x.length === 0 ? [] : wanted.filter((mark) => mark <= epoch && !marks.has(mark));
}

/**
 * The exact costs of a stretch of epochs.
 * @param {string} id
 * @param {number} start
 * @param {number} stop not included
 * @returns {Promise<number[]>}
 */
export async function fetchCosts(id, start, stop) {
  const { cost } = await ask(`/api/runs/${id}/costs?start=${start}&stop=${stop}`);
  return cost;
}

/**
 * The exact costs at some epochs, as far as they are recorded.
 * @param {string} id
 * @param {readonly number[]} epochs
 * @param {(epoch: number, cost: number) => void} found
 */
export async function fetchMarks(id, epochs, found) {
  const { at, cost } = await ask(`/api/runs/${id}/costs?at=${epochs.join()}`);
  at.forEach((/** @type {number} */ epoch, /** @type {number} */ i) => {
    found(epoch, cost[i]);
  });
}
