// @ts-check
/** Asks the server for the walk that the state describes, and for its data set; keeps the newest answer. Draws nothing. */
import { observable } from '../../kit/observable.js';
import { samplesOf } from '../../runs/datasets.js';
import { reach } from '../../runs/reach.js';
import { ask, Refusal } from '../../runs/server.js';
import { wishKey, wishOf } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {number[][]} Matrix */
/** @typedef {{ w: Matrix[], b: number[][] }} Arrays */
/** @typedef {'inputs' | 'z' | 'a' | 'cost' | 'error' | 'dw' | 'db' | 'delta' | 'move'} Kind */
/** @typedef {{ kind: Kind, layer: number, code: string }} Line */
/**
 * @typedef {{
 *   lines: Line[], sizes: number[], samples: number, epoch: number, cost: number, spec: any, parameters: Arrays,
 *   after: Arrays, gradient: Arrays, differences: Arrays, z: Matrix[], a: Matrix[], delta: Matrix[],
 *   targets: readonly number[]
 * }} Walk `targets`: each sample's class; `z[0]`, `delta[0]`, `gradient.w[0]` are layer 2's; `a[0]` are the inputs
 */
/** @typedef {{ walk: Walk, other: Walk | null, data: import('../../runs/datasets.js').Dataset, key: string }} Answer */

/** Milliseconds that a state rests before the server is asked. */
const REST = 120;

/** @param {import('../../kit/observable.js').Watched<State>} state */
export function walks(state) {
  const answer = observable(/** @type {Answer | null} */ (null));
  const problem = observable('');
  const server = reach();
  let key = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const load = async () => {
    const now = state.value;
    const mine = key;
    try {
      const [walk, other, data] = await Promise.all([
        ask('/api/walk', { method: 'POST', body: wishOf(now, false) }),
        now.beside ? ask('/api/walk', { method: 'POST', body: wishOf(now, true) }) : null,
        dataOf(now.data),
      ]);
      if (mine !== key) return;
      problem.value = '';
      server.well();
      const known = (/** @type {Walk} */ found) => ({ ...found, targets: data.y });
      answer.value = { walk: known(walk), other: other && known(other), data, key };
    } catch (error) {
      if (mine === key) failed(error);
    }
  };

  const failed = (/** @type {unknown} */ error) => {
    if (error instanceof Refusal) problem.value = error.message;
    else if (!server.lost(error, load)) throw error;
  };

  state.link((now) => {
    const wanted = wishKey(now);
    if (wanted === key) return;
    const first = key === '';
    key = wanted;
    clearTimeout(timer);
    if (first) load();
    else timer = setTimeout(load, REST);
  });

  return { answer, problem, trouble: server.trouble };
}

/** @type {Map<string, import('../../runs/datasets.js').Dataset>} */
const known = new Map();

/** @param {string} name */
async function dataOf(name) {
  const found = known.get(name) ?? (await samplesOf({ dataset: name }));
  known.set(name, found);
  return found;
}
