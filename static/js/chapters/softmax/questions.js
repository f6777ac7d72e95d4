// @ts-check
/**
 * Questions to answer before a drag, made from the layer that is on screen. Each knows its right answer by computing it.
 */
import { mean, shiftedTo, traceOf, withTemperature, withZ } from '../../figures/layer/state.js';

/** @typedef {import('../../figures/layer/state.js').Layer} Layer */
/** @typedef {import('../../figures/layer/question.js').Question} Question */

/** Far enough down that nothing is left of an output. */
const DEEP = -5;

/** Which other output gains most when one falls? The largest: all keep their proportions. @param {Layer} layer @returns {Question} */
function whoGains(layer) {
  const { a } = traceOf({ ...layer, naive: false });
  const order = a.map((_, i) => i).sort((left, right) => a[right] - a[left]);
  const faller = order[1];
  const rest = order.filter((i) => i !== faller).slice(0, 3);
  return {
    key: 'softmax.question.gains',
    values: {
      z: { symbol: 'z', index: faller },
      low: String(DEEP).replace('-', '−'),
      a: { symbol: 'a', index: rest[0] },
    },
    options: [
      ...rest.sort((left, right) => left - right).map((i) => ({ id: String(i), label: [{ symbol: 'a', index: i }] })),
      { id: 'equal', label: [{ key: 'softmax.question.equally' }] },
    ],
    answer: a[rest[0]] === a[rest[1]] && rest.length > 1 ? 'equal' : String(order.find((i) => i !== faller)),
    kind: 'z',
    index: faller,
    act: (now) => withZ(now, faller, Math.min(DEEP, now.z[faller] - 1)),
  };
}

/** What does adding 1 to every z do? Nothing. @param {Layer} layer @returns {Question} */
function addToAll(layer) {
  const top = layer.z.indexOf(Math.max(...layer.z));
  return {
    key: 'softmax.question.shift',
    values: { a: { symbol: 'a', index: top } },
    options: ['rises', 'falls', 'stays'].map((id) => ({ id, label: [{ key: `softmax.question.${id}` }] })),
    answer: 'stays',
    kind: 'shift',
    index: -1,
    act: (now) => shiftedTo(now, mean(now.z) + 1),
  };
}

/** How many outputs answer to one z: all of softmax's, one of the sigmoid layer's. @param {Layer} layer @returns {Question} */
function howMany(layer) {
  const lowest = layer.z.indexOf(Math.min(...layer.z));
  return {
    key: 'softmax.question.many',
    values: { z: { symbol: 'z', index: lowest } },
    options: ['one-one', 'all-one', 'all-all'].map((id) => ({ id, label: [{ key: `softmax.question.${id}` }] })),
    answer: 'all-one',
    kind: 'z',
    index: lowest,
    act: (now) => withZ({ ...now, sigmoid: true }, lowest, now.z[lowest] + 1.5),
  };
}

/** Does a higher temperature change who is first? No: it only flattens. @param {Layer} layer @returns {Question} */
function heat(layer) {
  const top = layer.z.indexOf(Math.max(...layer.z));
  return {
    key: 'softmax.question.heat',
    values: { a: { symbol: 'a', index: top } },
    options: ['first-less', 'first-more', 'overtaken'].map((id) => ({
      id,
      label: [{ key: `softmax.question.${id}` }],
    })),
    answer: 'first-less',
    kind: 'temperature',
    index: -1,
    act: (now) => withTemperature(now, now.temperature * 2),
  };
}

/** @type {readonly ((layer: Layer) => Question)[]} */
export const QUESTIONS = [whoGains, addToAll, howMany, heat];
