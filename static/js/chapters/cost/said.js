// @ts-check
/** What the last gesture on `/cost` did, as the key and the values of a sentence. */

import { className } from '../../figures/layer/controls.js';
import { fixed, short, signed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { costTrace, top } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */
/** @typedef {import('../../figures/layer/said.js').Saying} Saying */

/**
 * @param {import('../../kit/gesture.js').Trail<Scene>} trail
 * @param {Scene} scene
 * @returns {Saying}
 */
export function costSaying({ kind, index, before }, scene) {
  const trace = costTrace(scene);
  const cost = short(trace.cost, 3);
  if (kind === 'z' || kind === 'a') return moved(index, before, scene);
  if (kind === 'y' || kind === 'kind') return aimed(scene, cost);
  if (kind === 'pair') {
    return { key: `cost.said.pair.${scene.pair}`, values: { cost, slope: signed(trace.delta[top(scene.y)], 3) } };
  }
  if (kind === 'rename') return { key: 'cost.said.rename', values: { i: index + 1, name: className(scene, index) } };
  if (kind === 'add') return { key: 'cost.said.add', values: { count: scene.z.length, cost } };
  if (kind === 'remove') return { key: 'cost.said.remove', values: { count: scene.z.length, cost } };
  if (kind === 'undo' || kind === 'redo') return { key: `softmax.said.${kind}`, values: {} };
  if (kind.startsWith('preset.')) return { key: `cost.said.${kind}`, values: { cost } };
  return { key: 'cost.said.none', values: {} };
}

/** @param {number} i @param {Scene} before @param {Scene} scene @returns {Saying} */
function moved(i, before, scene) {
  const [was, now] = [costTrace(before), costTrace(scene)];
  const step = scene.z[i] - before.z[i];
  const values = {
    z: { symbol: 'z', index: i },
    a: { symbol: 'a', index: i },
    by: step !== 0 && Math.abs(step) < 0.005 ? short(Math.abs(step), 2) : fixed(Math.abs(step)),
    from: short(was.a[i], 3),
    to: short(now.a[i], 3),
    cost: short(now.cost, 3),
    slope: signed(was.delta[i], 3),
    change: t(now.cost < was.cost ? 'cost.said.fell' : 'cost.said.rose', {
      from: short(was.cost, 3),
      to: short(now.cost, 3),
    }),
  };
  if (step === 0) return { key: 'cost.said.same', values };
  if (now.cost === was.cost) return { key: 'cost.said.still', values };
  return { key: step > 0 ? 'cost.said.raised' : 'cost.said.lowered', values };
}

/** @param {Scene} scene @param {string} cost @returns {Saying} */
function aimed(scene, cost) {
  const target = top(scene.y);
  const { asked, a } = costTrace(scene);
  const values = { name: className(scene, target), cost, share: short(a[target], 3), asked: fixed(asked, 0) };
  return { key: `cost.said.target.${scene.kind}`, values };
}
