// @ts-check
/** Data sets as a page knows them: the server's by name, or the table of the page. */
import { language } from '../kit/i18n.js';
import { ask } from './server.js';

/** `class_names`: where the classes have others than their numbers. @typedef {{ x: number[][], y: number[], classes: number, class_names?: string[] }} DataTable */
/** @typedef {{ name: string, x: number[][], y: number[], feature_names: string[], class_names: string[], inputs: number, classes: number, samples: number }} Dataset */

/** @param {{ dataset: string, table?: DataTable | null }} experiment @returns {Promise<Dataset>} the samples of a named data set, or of the experiment's own table */
export async function samplesOf({ dataset, table }) {
  if (dataset !== 'table') {
    const found = await ask(`/api/datasets/${dataset}`);
    const { features, classes: names } = found.local_names[language];
    return { ...found, feature_names: features, class_names: names };
  }
  const own = table ?? { x: [[0]], y: [0], classes: 2 };
  const { x, y, classes } = own;
  return {
    name: `table ${classes}`,
    x,
    y,
    classes,
    inputs: x[0].length,
    samples: x.length,
    feature_names: x[0].map((_, column) => `x${column + 1}`),
    class_names: classNames(own),
  };
}

/** @param {DataTable} table */
export function classNames({ classes, class_names: names }) {
  return names ?? Array.from({ length: classes }, (_, label) => String(label));
}
