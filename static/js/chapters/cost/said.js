// @ts-check
/** What the last gesture on `/cost` did, as the key and the values of a sentence. Every word of it is worked out. Pure. */
import { nameOf } from '../../figures/layer/state.js';
import { apart, fixed, leaning, short } from '../../kit/format.js';
import { amount, saying } from '../../kit/saying.js';
import { costTrace, PAIRS, top } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {import('../../kit/saying.js').Saying} Saying */
/** @typedef {import('../../kit/saying.js').Word} Word */

/** Sums nearer to each other than this are equal but for roundings. */
const ROUNDING = 1e-9;

/**
 * @param {import('../../kit/gesture.js').Trail<Scene>} trail
 * @param {Scene} scene
 * @returns {Saying}
 */
export function costSaying({ kind, index, before }, scene) {
  const cost = amount(PAIRS[scene.pair], short(costTrace(scene).cost));
  if (kind === 'z' || kind === 'a') return moved(index, before, scene);
  if (kind === 'y' || kind === 'kind') {
    return saying('cost.said.target', { what: target(scene), cost, note: consequence(scene) });
  }
  if (kind === 'pair') return chosenPair(scene, cost);
  if (kind === 'rename') return saying('cost.said.rename', { i: index + 1, name: nameOf(scene, index) });
  if (kind === 'add') return saying('cost.said.add', { count: scene.z.length, cost });
  if (kind === 'remove') return saying('cost.said.remove', { count: scene.z.length, cost });
  if (kind === 'undo' || kind === 'redo') return saying(`softmax.said.${kind}`);
  if (kind.startsWith('preset.')) return saying(`cost.said.${kind}`, { cost });
  return saying('cost.said.none');
}

/** @param {number} i @param {Scene} before @param {Scene} scene @returns {Saying} */
function moved(i, before, scene) {
  // What a question set beside the z, the pair or the target, is no work of the hand: both ends are judged alike.
  const start = { ...scene, z: before.z };
  const [was, now] = [costTrace(start), costTrace(scene)];
  const step = scene.z[i] - before.z[i];
  const other = scene.z.findIndex((value, k) => k !== i && value !== before.z[k]);
  const [from, to] = apart(was.cost, now.cost);
  const change = saying(now.cost < was.cost ? 'cost.said.fell' : 'cost.said.rose', {
    from,
    to: amount(PAIRS[scene.pair], to),
  });
  const values = { z: sign('z', i), by: by(step), cost: amount(PAIRS[scene.pair], to), change };
  if (now.cost === was.cost && step === 0 && other < 0) return saying('cost.said.same', values);
  if (now.cost === was.cost) return saying(`cost.said.still${whyStill(start, scene)}`, values);
  if (other >= 0) return saying('cost.said.both', { z: sign('z', i), other: sign('z', other), change });
  const slope = leaning(was.delta[i]);
  return saying(step > 0 ? 'cost.said.raised' : 'cost.said.lowered', {
    ...values,
    went: wentOf(i, was.a, now.a),
    slope,
  });
}

/** @param {number} i @param {readonly number[]} was @param {readonly number[]} now @returns {Saying} */
function wentOf(i, was, now) {
  const [from, to] = apart(was[i], now[i]);
  return saying(was[i] === now[i] ? 'cost.said.stayed' : 'cost.said.went', { a: sign('a', i), from, to });
}

/** Why a cost did not move with z: nothing is asked for; the lowest point lies between; or a float64 cannot tell. @param {Scene} start @param {Scene} scene */
function whyStill(start, scene) {
  if (scene.pair === 'log-likelihood' && costTrace(scene).asked === 0) return '.none';
  const middle = { ...scene, z: scene.z.map((value, k) => (value + start.z[k]) / 2) };
  return costTrace(middle).cost === costTrace(scene).cost ? '' : '.level';
}

/** What the answer should have been. @param {Scene} scene @returns {Saying} */
function target(scene) {
  const most = top(scene.y);
  const { asked, a } = costTrace(scene);
  if (scene.kind === 'multi-hot') return saying('cost.said.target.multi-hot', { asked });
  const name = nameOf(scene, most);
  if (scene.kind === 'one-hot') return saying('cost.said.target.one-hot', { name, share: short(a[most]) });
  const tied = scene.y.filter((value) => Math.abs(value - scene.y[most]) < ROUNDING).length;
  return saying(tied > 1 ? 'cost.said.target.soft.tied' : 'cost.said.target.soft', { name, tied });
}

/** What that does to the cost and to δ, which depends on the pair. @param {Scene} scene @returns {Saying} */
function consequence(scene) {
  const { asked } = costTrace(scene);
  if (scene.pair !== 'log-likelihood') return saying(`cost.said.note.${scene.pair}`);
  if (asked === 0) return saying('cost.said.note.none');
  if (scene.kind === 'one-hot') return saying('cost.said.note.vanish');
  if (Math.abs(asked - 1) > ROUNDING) return saying('cost.said.note.whole', { asked });
  return saying('cost.said.note.least', { entropy: amount(PAIRS[scene.pair], short(entropy(scene.y))) });
}

/** The least that a target can cost, −Σ y ln y, when softmax answers with the target itself. @param {readonly number[]} y */
function entropy(y) {
  return y.reduce((sum, value) => sum - (value > 0 ? value * Math.log(value) : 0), 0);
}

/** @param {Scene} scene @param {Word} cost @returns {Saying} */
function chosenPair(scene, cost) {
  const { delta, asked } = costTrace(scene);
  const i = top(scene.y);
  const formula = scene.pair !== 'log-likelihood' || Math.abs(asked - 1) <= ROUNDING ? 'δ = a − y' : 'δ = a Σy − y';
  return saying(`cost.said.pair.${scene.pair}`, { cost, formula, z: sign('z', i), slope: leaning(delta[i]) });
}

/** @param {string} symbol @param {number} index */
const sign = (symbol, index) => ({ symbol, index });

/** @param {number} step */
function by(step) {
  return step !== 0 && Math.abs(step) < 0.005 ? short(Math.abs(step), 2) : fixed(Math.abs(step));
}
