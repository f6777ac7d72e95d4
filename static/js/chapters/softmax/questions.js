// @ts-check
/**
 * Questions to answer before a drag, made from the layer that is on screen. Each works its right answers out: what is so of
 * real numbers, and what the picture will then show, where floats round that away. Where several are equal, all are right.
 */
import { mean, shiftedTo, TEMPERATURE, traceOf, withTemperature, withZ } from '../../figures/layer/state.js';
import { fixed } from '../../kit/format.js';
import { saying } from '../../kit/saying.js';
import { softmax } from '../../nn/layers.js';

/** @typedef {import('../../figures/layer/state.js').Layer} Layer */
/** @typedef {import('../../figures/layer/question.js').Question} Question */

/** Far enough down that nothing is left of an output. */
const DEEP = -5;
/** How far one z is raised. */
const RAISE = 1.5;
/** A class whose share is smaller has nothing to give that can be seen. */
const SEEN = 0.005;
/** Outputs named in a question. */
const NAMED = 3;
/** Two z nearer to each other than this, in temperatures, have equal shares. */
const EQUAL = 1e-9;

/** @param {number} index */
const a = (index) => ({ symbol: 'a', index });
/** @param {number} index */
const z = (index) => ({ symbol: 'z', index });
/** @param {readonly string[]} ids @returns {Question['options']} */
const options = (ids) => ids.map((id) => ({ id, label: [saying(`softmax.question.${id}`)] }));

/** Which other output gains most when one falls? The largest: all keep their proportions. @param {Layer} layer @returns {Question} */
function whoGains(layer) {
  const shares = softmax(layer.z, layer.temperature);
  const order = shares.map((_, i) => i).sort((left, right) => layer.z[right] - layer.z[left]);
  const faller = shares[order[1]] < SEEN ? order[0] : order[1];
  const behind = (/** @type {number} */ i) => (layer.z[rest[0]] - layer.z[i]) / layer.temperature;
  const rest = order.filter((i) => i !== faller);
  const named = rest.slice(0, NAMED);
  const low = Math.min(DEEP, layer.z[faller] - 1);
  const best = named.filter((i) => behind(i) <= EQUAL);
  const alike = behind(rest[rest.length - 1]) <= EQUAL;
  const offered = rest.length === 1 ? [...named, faller] : named;
  return {
    key: 'softmax.question.gains',
    values: { z: z(faller), low: fixed(low, Number.isInteger(low) ? 0 : 2) },
    options: [
      ...offered.toSorted((left, right) => left - right).map((i) => ({ id: String(i), label: [a(i)] })),
      ...(rest.length === 1 ? [] : options(['equally'])),
    ],
    right: [...best.map(String), ...(alike && rest.length > 1 ? ['equally'] : [])],
    why: gainsWhy(best, alike),
    kind: 'z',
    index: faller,
    act: (now) => withZ({ ...now, naive: false }, faller, low),
  };
}

/** @param {readonly number[]} best @param {boolean} alike @returns {Question['why']} */
function gainsWhy(best, alike) {
  if (best.length === 1) return saying('softmax.question.gains.why', { a: a(best[0]) });
  if (alike) return saying('softmax.question.gains.why.alike');
  return saying('softmax.question.gains.why.tied', { a: a(best[0]), b: a(best[1]) });
}

/** What does adding 1 to every z do? Nothing. @param {Layer} layer @returns {Question} */
function addToAll(layer) {
  return {
    key: 'softmax.question.shift',
    values: { a: a(leader(layer)) },
    options: options(['rises', 'falls', 'stays']),
    right: ['stays'],
    why: saying('softmax.question.shift.why'),
    kind: 'shift',
    index: -1,
    act: (now) => shiftedTo({ ...now, naive: false }, mean(now.z) + 1),
  };
}

/** How many outputs answer to one z: all of softmax's, one of the sigmoid layer's. @param {Layer} layer @returns {Question} */
function howMany(layer) {
  const index = liveliest(layer);
  const act = (/** @type {Layer} */ now) => withZ({ ...now, naive: false, sigmoid: true }, index, now.z[index] + RAISE);
  const [before, after] = [traceOf({ ...layer, naive: false }), traceOf(act(layer))];
  const shown = before.sigmoid[index] !== after.sigmoid[index] && before.a.every((share, i) => share !== after.a[i]);
  return {
    key: 'softmax.question.many',
    values: { z: z(index), by: fixed(RAISE, 1) },
    options: options(['one-one', 'all-one', 'all-all']),
    right: ['all-one'],
    why: saying(shown ? 'softmax.question.many.why' : 'softmax.question.many.why.floats'),
    kind: 'z',
    index,
    act,
  };
}

/** Does another temperature change who is first? No: a higher one only flattens, a lower one sharpens. @param {Layer} layer @returns {Question} */
function heat(layer) {
  const top = leader(layer);
  const up = 2 * layer.temperature <= TEMPERATURE.high;
  const act = (/** @type {Layer} */ now) =>
    withTemperature({ ...now, naive: false }, up ? now.temperature * 2 : now.temperature / 2);
  const [before, after] = [traceOf({ ...layer, naive: false }).a, traceOf(act(layer)).a];
  const equal = layer.z.every((value) => value === layer.z[0]);
  const still = before[top] === after[top];
  const moves = up ? 'first-less' : 'first-more';
  return {
    key: up ? 'softmax.question.heat' : 'softmax.question.cool',
    values: { a: a(top) },
    options: options(['first-less', 'first-more', 'overtaken', 'unmoved']),
    right: equal ? ['unmoved'] : still ? [moves, 'unmoved'] : [moves],
    why: saying(
      `softmax.question.${equal ? 'heat.why.equal' : `${up ? 'heat' : 'cool'}.why${still ? '.floats' : ''}`}`,
      {
        a: a(top),
      },
    ),
    kind: 'temperature',
    index: -1,
    act,
  };
}

/** @param {Layer} layer */
function leader({ z: logits }) {
  return logits.indexOf(Math.max(...logits));
}

/** The class whose raise moves even the most sluggish share by most. @param {Layer} layer */
function liveliest(layer) {
  const plain = { ...layer, naive: false };
  const before = traceOf(plain).a;
  const least = layer.z.map((value, i) => {
    const after = traceOf(withZ(plain, i, value + RAISE)).a;
    return Math.min(...after.map((share, k) => Math.abs(share - before[k])));
  });
  return least.indexOf(Math.max(...least));
}

/** @type {readonly ((layer: Layer) => Question)[]} */
export const QUESTIONS = [whoGains, addToAll, howMany, heat];
