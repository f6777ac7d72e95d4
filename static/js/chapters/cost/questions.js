// @ts-check
/** Questions to answer before a move on `/cost`, made from the scene on screen. Each knows its right answer by computing it. */
import { costTrace, movedZ, top, withKind, withPreset } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {import('../../figures/layer/question.js').Question} Question */

/** How far a z is raised. */
const STEP = 1;

/** @param {readonly string[]} ids @returns {Question['options']} */
const options = (ids) => ids.map((id) => ({ id, label: [{ key: `cost.question.${id}` }] }));

/** Raise the z of a class that is not the target: its own term is struck out. What does the cost do? It rises. @param {Scene} scene @returns {Question} */
function bystander(scene) {
  const { a } = costTrace(scene);
  const other = top(a.map((value, i) => (scene.y[i] === 0 ? value : -1)));
  const index = scene.y[other] === 0 ? other : 0;
  const act = (/** @type {Scene} */ now) => movedZ(logLikelihood(now), index, now.z[index] + STEP);
  const [before, after] = [costTrace(logLikelihood(scene)).cost, costTrace(act(scene)).cost];
  return {
    key: 'cost.question.bystander',
    values: { z: { symbol: 'z', index } },
    options: options(['rises', 'falls', 'stays']),
    answer: after > before ? 'rises' : after < before ? 'falls' : 'stays',
    kind: 'z',
    index,
    act: /** @type {any} */ (act),
  };
}

/** Half the probability for the right class: what does that cost more? Always ln 2. @param {Scene} scene @returns {Question} */
function halved(scene) {
  const target = top(scene.y);
  return {
    key: 'cost.question.halved',
    values: { a: { symbol: 'a', index: target } },
    options: options(['twice', 'ln2', 'depends']),
    answer: 'ln2',
    kind: 'a',
    index: target,
    act: /** @type {any} */ (
      (/** @type {Scene} */ now) => {
        const plain = logLikelihood(withKind(now, 'one-hot'));
        const a = costTrace(plain).a[target];
        // The odds of a/2 instead of those of a: z changes by the difference of their logarithms.
        return movedZ(plain, target, now.z[target] + Math.log((1 - a) / (2 - a)));
      }
    ),
  };
}

/** Hopelessly wrong: which of the pairs pulls least? The quadratic ones. @returns {Question} */
function stalled() {
  return {
    key: 'cost.question.stalled',
    values: {},
    options: options(['log-likelihood', 'cross-entropy', 'quadratic']),
    answer: 'quadratic',
    kind: 'preset.wrong',
    index: -1,
    act: /** @type {any} */ ((/** @type {Scene} */ now) => withPreset(now, 'wrong')),
  };
}

/** Two classes are asked for at once: what do the δ sum to? Nothing still, under softmax. @returns {Question} */
function both() {
  return {
    key: 'cost.question.both',
    values: {},
    options: options(['minus', 'nothing', 'plus']),
    answer: 'nothing',
    kind: 'kind',
    index: -1,
    act: /** @type {any} */ ((/** @type {Scene} */ now) => withKind(logLikelihood(now), 'multi-hot')),
  };
}

/** @param {Scene} scene @returns {Scene} under the article's pair, softmax with the log-likelihood */
function logLikelihood(scene) {
  return { ...scene, pair: 'log-likelihood' };
}

/** @type {readonly ((scene: any) => Question)[]} */
export const COST_QUESTIONS = [bystander, halved, stalled, both];
