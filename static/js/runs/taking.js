// @ts-check
/** Has the server take runs in hand, and asks it for what a run's record holds. */
import { language } from '../kit/i18n.js';
import { ask, submit } from './server.js';

/** @typedef {{ x: number[][], y: number[], classes: number }} DataTable */
/** @typedef {{ name: string, x: number[][], y: number[], feature_names: string[], class_names: string[], inputs: number, classes: number, samples: number }} Dataset */

/** The slowest pace there is: a run that is to be stepped waits like this until it has been paused. */
const SLOWEST = 0.1;

/**
 * Has the server take a run in hand.
 * @param {Record<string, any> & { pace: number | null }} spec
 * @param {boolean} held whether it is to be paused before its first update
 * @returns {Promise<any>} the run
 */
export async function take(spec, held) {
  if (!held) return submit(spec);
  const { id } = await submit({ ...spec, pace: SLOWEST });
  // One after the other: in one request the pace would come first, and the run would be off before it is held.
  await ask(`/api/runs/${id}`, { method: 'PATCH', body: { status: 'paused' } });
  return ask(`/api/runs/${id}`, { method: 'PATCH', body: { pace: spec.pace } });
}

/** Ends a run that nobody looks at any more, even while the page is being left. @param {string} id */
export function letGo(id) {
  fetch(`/api/runs/${id}`, {
    method: 'PATCH',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'stopped' }),
  }).catch(() => undefined);
}

/** @param {{ dataset: string, table?: DataTable | null }} experiment @returns {Promise<Dataset>} the samples of a named data set, or of the experiment's own table */
export async function samplesOf({ dataset, table }) {
  if (dataset !== 'table') {
    const found = await ask(`/api/datasets/${dataset}`);
    const { features, classes: names } = found.local_names[language];
    return { ...found, feature_names: features, class_names: names };
  }
  const { x, y, classes } = table ?? { x: [[0]], y: [0], classes: 2 };
  return {
    name: `table ${classes}`,
    x,
    y,
    classes,
    inputs: x[0].length,
    samples: x.length,
    feature_names: x[0].map((_, column) => `x${column + 1}`),
    class_names: Array.from({ length: classes }, (_, label) => String(label)),
  };
}

/**
 * The exact costs at epochs that the thinned messages passed over.
 * @param {string} id
 * @param {readonly number[]} epochs
 * @param {(epoch: number, cost: number) => void} found
 */
export async function fetchMarks(id, epochs, found) {
  for (const epoch of epochs) {
    const { cost } = await ask(`/api/runs/${id}/costs?start=${epoch}&stop=${epoch + 1}`);
    if (cost.length === 1) found(epoch, cost[0]);
  }
}
