// @ts-check
/**
 * Questions to answer before a move on `/cost`, made from the scene on screen. Each works its right answers out; where a float
 * shows less than is so of real numbers, what it shows is right as well.
 */
import { halfway } from '../../figures/layer/state.js';
import { saying } from '../../kit/saying.js';
import { logSoftmax } from '../../nn/layers.js';
import { costTrace, movedZ, top, withKind, withPreset } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {import('../../figures/layer/question.js').Question} Question */

/** How far a z is raised. */
const STEP = 1;

/** @param {readonly string[]} ids @returns {Question['options']} */
const options = (ids) => ids.map((id) => ({ id, label: [saying(`cost.question.${id}`)] }));

/** @param {(now: Scene) => Scene} act @returns {Question['act']} */
const doing = (act) => /** @type {any} */ (act);

/**
 * Raise the z of a class whose own term is struck out. What does the cost do? It rises, as long as anything is asked for.
 * Where no term is struck out, the class that is asked for least has its turn.
 * @param {Scene} scene
 * @returns {Question}
 */
function bystander(scene) {
  const { a } = costTrace(logLikelihood(scene));
  const least = Math.min(...scene.y);
  const index = top(a.map((value, i) => (scene.y[i] === least ? value : -1)));
  const act = (/** @type {Scene} */ now) => movedZ(logLikelihood(now), index, now.z[index] + STEP);
  const [before, after] = [costTrace(logLikelihood(scene)), costTrace(act(scene))];
  const shown = after.cost > before.cost ? 'rises' : after.cost < before.cost ? 'falls' : 'stays';
  const key = least === 0 ? 'cost.question.bystander' : 'cost.question.least';
  // A struck-out class takes from what is asked for: in ℝ that always costs, if only less than a float64 can show.
  const true_ = least === 0 ? (before.asked > 0 ? 'rises' : 'stays') : shown;
  return {
    key,
    values: { z: { symbol: 'z', index } },
    options: options(['rises', 'falls', 'stays']),
    right: [...new Set([true_, shown])],
    why: saying(`${key}.why.${true_}${true_ === shown ? '' : '.floats'}`, { z: { symbol: 'z', index } }),
    kind: 'z',
    index,
    act: doing(act),
  };
}

/** Half the probability for the right class: what does that cost more? Always ln 2. @param {Scene} scene @returns {Question} */
function halved(scene) {
  const target = top(scene.y);
  const values = { a: { symbol: 'a', index: target } };
  return {
    key: 'cost.question.halved',
    values,
    options: options(['twice', 'ln2', 'depends']),
    right: ['ln2'],
    why: saying('cost.question.halved.why', values),
    kind: 'a',
    index: target,
    act: doing((now) => {
      const plain = logLikelihood(withKind(now, 'one-hot'));
      const logarithm = logSoftmax(plain.z)[target];
      // a/2 of the whole are odds of a ∕ (2 − a) to all the others together.
      return movedZ(plain, target, halfway(plain, target) + logarithm - Math.log(2 - Math.exp(logarithm)));
    }),
  };
}

/** Hopelessly wrong: which of the pairs pulls least? The quadratic ones. @returns {Question} */
function stalled() {
  return {
    key: 'cost.question.stalled',
    values: {},
    options: options(['log-likelihood', 'cross-entropy', 'quadratic']),
    right: ['quadratic'],
    why: saying('cost.question.stalled.why'),
    kind: 'preset.wrong',
    index: -1,
    act: doing((now) => withPreset(now, 'wrong')),
  };
}

/** Two classes are asked for at once: what do the δ sum to? Nothing still, under softmax. @returns {Question} */
function both() {
  return {
    key: 'cost.question.both',
    values: {},
    options: options(['minus', 'nothing', 'plus']),
    right: ['nothing'],
    why: saying('cost.question.both.why'),
    kind: 'kind',
    index: -1,
    act: doing((now) => withKind(withKind(logLikelihood(now), 'one-hot'), 'multi-hot')),
  };
}

/** @param {Scene} scene @returns {Scene} under the article's pair, softmax with the log-likelihood */
function logLikelihood(scene) {
  return { ...scene, pair: 'log-likelihood' };
}

/** @type {readonly ((scene: any) => Question)[]} */
export const COST_QUESTIONS = [bystander, halved, stalled, both];
