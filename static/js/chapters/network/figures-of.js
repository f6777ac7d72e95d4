// @ts-check
/** What the line at hand works out, as rows of numbers or as entries of an array. Pure: an answer in, figures out. */
import { pairOf } from '../../nn/pairs.js';
import { relativeError } from '../../nn/tiles.js';

/** @typedef {import('./walks.js').Walk} Walk */
/** @typedef {import('./walks.js').Line} Line */
/** @typedef {{ name: string, values: readonly number[], result?: boolean }} Row */
/** @typedef {{ value: number, beside: number, error: number | null }} Entry */
/**
 * @typedef {{ kind: 'rows', layer: number, rows: Row[] }} Rows one sample's numbers, a column for each unit of the layer
 * @typedef {{ kind: 'entries', layer: number, name: string, entries: Entry[][], moved: boolean }} Entries
 *   an array of the whole network: beside each slope its central difference; beside each weight what it was, where it moved
 */

/**
 * @param {Walk} walk
 * @param {number} number the line's, from 1
 * @param {number} sample from 0
 * @returns {(Rows | Entries)[]}
 */
export function figuresOf(walk, number, sample) {
  const line = walk.lines[number - 1];
  const { kind, layer } = line;
  const at = layer - 2;
  switch (kind) {
    case 'dw':
      return [slopes(`∂C∕∂w${layer}`, layer, walk.gradient.w[at], walk.differences.w[at])];
    case 'db':
      return [slopes(`∂C∕∂b${layer}`, layer, [walk.gradient.b[at]], [walk.differences.b[at]])];
    case 'move':
      return [
        moves(`w${layer}`, layer, walk.after.w[at], walk.parameters.w[at]),
        moves(`b${layer}`, layer, [walk.after.b[at]], [walk.parameters.b[at]]),
      ];
    default:
      return [{ kind: 'rows', layer, rows: rowsOf(walk, line, sample) }];
  }
}

/** @param {Walk} walk @param {Line} line @param {number} sample @returns {Row[]} */
function rowsOf(walk, { kind, layer }, sample) {
  const a = walk.a[layer - 1][sample];
  if (kind === 'inputs') return [result('a1 = x', a)];
  const at = layer - 2;
  const [z, b, delta] = [walk.z[at][sample], walk.parameters.b[at], walk.delta[at][sample]];
  const slack = a.map((value) => value * (1 - value));
  switch (kind) {
    case 'z':
      return [
        row(
          `a${layer - 1} · w${layer}`,
          z.map((value, i) => value - b[i]),
        ),
        row(`b${layer}`, b),
        result(`z${layer}`, z),
      ];
    case 'a':
      return [row(`z${layer}`, z), result(`a${layer}`, a)];
    case 'delta': {
      const above = walk.delta[at + 1][sample];
      const back = walk.parameters.w[at + 1].map((weights) => weights.reduce((sum, w, i) => sum + w * above[i], 0));
      return [
        row(`δ${layer + 1} · w${layer + 1}ᵀ`, back),
        row(`a${layer}(1 − a${layer})`, slack),
        result(`δ${layer}`, delta),
      ];
    }
    default:
      return atTheEnd(walk, kind, sample);
  }
}

/** What each class adds to the cost, by the pair. @type {Record<import('../../nn/pairs.js').PairName, string>} */
const TERMS = {
  'log-likelihood': '−y ln a',
  'cross-entropy': '−y ln a − (1 − y) ln(1 − a)',
  'quadratic-softmax': '½(a − y)²',
  'quadratic-sigmoid': '½(a − y)²',
};

/** The lines that know the target. @param {Walk} walk @param {Line['kind']} kind @param {number} sample @returns {Row[]} */
function atTheEnd(walk, kind, sample) {
  const layer = walk.sizes.length;
  const [a, z, delta] = [walk.a.at(-1), walk.z.at(-1), walk.delta.at(-1)].map((all) => (all ?? [])[sample]);
  const y = targetOf(walk, sample);
  const pair = pairOf(walk.spec.output, walk.spec.cost);
  const head = [row(`a${layer}`, a), row('y', y)];
  if (kind === 'error') {
    const slack = row(
      `a${layer}(1 − a${layer})`,
      a.map((value) => value * (1 - value)),
    );
    const factor = pair.name === 'quadratic-sigmoid' ? [slack] : [];
    return [...head, ...factor, result(`δ${layer}`, delta)];
  }
  return [...head, result(TERMS[pair.name], pair.terms(z, y))];
}

/** The one-hot target of a sample. @param {Walk} walk @param {number} sample */
function targetOf(walk, sample) {
  const right = walk.targets[sample];
  return walk.a[walk.a.length - 1][sample].map((_, i) => (i === right ? 1 : 0));
}

/** @param {string} name @param {readonly number[]} values @returns {Row} */
function row(name, values) {
  return { name, values };
}

/** @param {string} name @param {readonly number[]} values @returns {Row} */
function result(name, values) {
  return { name, values, result: true };
}

/** @param {string} name @param {number} layer @param {number[][]} found @param {number[][]} measured @returns {Entries} */
function slopes(name, layer, found, measured) {
  const entries = found.map((values, j) =>
    values.map((value, i) => ({ value, beside: measured[j][i], error: relativeError(value, measured[j][i]) })),
  );
  return { kind: 'entries', layer, name, entries, moved: false };
}

/** @param {string} name @param {number} layer @param {number[][]} after @param {number[][]} before @returns {Entries} */
function moves(name, layer, after, before) {
  const entries = after.map((values, j) => values.map((value, i) => ({ value, beside: before[j][i], error: null })));
  return { kind: 'entries', layer, name, entries, moved: true };
}
