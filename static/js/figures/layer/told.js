// @ts-check
/** What the last gesture did to a layer, as the key and the values of a sentence. Every word of it is worked out. Pure. */
import { apart, fixed, short } from '../../kit/format.js';
import { saying } from '../../kit/saying.js';
import { mean, nameOf, traceOf } from './state.js';

/** @typedef {import('./state.js').Layer} Layer */
/** @typedef {import('./state.js').Trace} Trace */
/** @typedef {import('../../kit/gesture.js').Trail<Layer>} Trail */
/** @typedef {import('../../kit/saying.js').Saying} Saying */

/** Shares apart by no more than this are the same but for roundings. */
const ROUNDING = 1e-9;

/**
 * @param {Trail} trail
 * @param {Layer} layer
 * @returns {Saying}
 */
export function layerSaying({ kind, index, before }, layer) {
  const trace = traceOf(layer);
  if (trace.broken) return saying('softmax.said.broken', { why: whyBroken(trace) });
  if (layer.naive && (kind === 'naive' || lost(layer))) return naive(layer);
  if (kind === 'z') return movedZ(index, before, layer);
  if (kind === 'a') return movedA(index, before, layer);
  if (kind === 'shift') return shifted(before, layer);
  if (kind === 'temperature') return temperatureChanged(before, layer);
  if (kind === 'rename') return saying('softmax.said.rename', { i: index + 1, name: nameOf(layer, index) });
  if (kind === 'add') return saying('softmax.said.add', { count: layer.z.length, a: sign('a', layer.z.length - 1) });
  if (kind === 'remove') return saying('softmax.said.remove', { count: layer.z.length, name: nameOf(before, index) });
  return saying(`softmax.said.${kind}`);
}

/** @param {string} symbol @param {number} index */
const sign = (symbol, index) => ({ symbol, index });

/** The shares that are meant, whatever the naive form makes of them. @param {Layer} layer */
function stable(layer) {
  return layer.naive ? traceOf({ ...layer, naive: false }) : traceOf(layer);
}

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {number} i @param {Layer} before @param {Layer} layer @returns {Saying} */
function movedZ(i, before, layer) {
  const step = layer.z[i] - before.z[i];
  const [was, now] = [stable(before).a, stable(layer).a];
  const own = now[i] - was[i];
  const others = sum(now.toSpliced(i, 1)) - sum(was.toSpliced(i, 1));
  const [from, to] = apart(was[i], now[i]);
  const values = { z: sign('z', i), a: sign('a', i), by: by(Math.abs(step)), from, to };
  const way = step > 0 ? 'raised' : 'lowered';
  if (step === 0) return saying('softmax.said.same', values);
  if (was.every((value, k) => value === now[k])) return saying('softmax.said.saturated', values);
  if (own * step > 0) {
    const all = { ...values, others: short(Math.abs(own)), sum: fixed(traceOf(layer).total, 3) };
    return saying(`softmax.said.${way}`, all);
  }
  if (own === 0 && others * step < 0)
    return saying(`softmax.said.${way}.edge`, { ...values, others: short(Math.abs(others)) });
  return saying('softmax.said.rounding', values);
}

/** @param {number} i @param {Layer} before @param {Layer} layer @returns {Saying} */
function movedA(i, before, layer) {
  const [from, value] = apart(before.z[i], layer.z[i], 2);
  return saying('softmax.said.asked', { a: sign('a', i), z: sign('z', i), to: short(stable(layer).a[i]), from, value });
}

/** Adding the same to every z changes no share, unless the z are so large that a float64 rounds the sums. @param {Layer} before @param {Layer} layer @returns {Saying} */
function shifted(before, layer) {
  const [was, now] = [stable(before).a, stable(layer).a];
  const same = now.every((value, k) => Math.abs(value - was[k]) <= ROUNDING);
  return saying(same ? 'softmax.said.shift' : 'softmax.said.shift.rounded', { by: by(mean(layer.z) - mean(before.z)) });
}

/** @param {Layer} before @param {Layer} layer @returns {Saying} */
function temperatureChanged(before, layer) {
  const { a } = stable(layer);
  const top = a.indexOf(Math.max(...a));
  const values = { T: fixed(layer.temperature), a: sign('a', top), to: short(a[top]) };
  if (layer.temperature === before.temperature) return saying('softmax.said.temperature', values);
  if (layer.z.every((value) => value === layer.z[0])) return saying('softmax.said.temperature.equal', values);
  return saying(`softmax.said.${layer.temperature > before.temperature ? 'warmer' : 'colder'}`, values);
}

/** Whether the naive form gives other shares than it should. @param {Layer} layer */
function lost(layer) {
  const { a } = stable(layer);
  return traceOf(layer).a.some((value, i) => Math.abs(value - a[i]) > ROUNDING);
}

/** @param {Layer} layer @returns {Saying} */
function naive(layer) {
  if (!lost(layer)) return saying('softmax.said.naive');
  const { a } = stable(layer);
  const found = traceOf(layer).a;
  const off = a.map((value, i) => Math.abs(value - found[i]));
  const i = off.indexOf(Math.max(...off));
  const [wrong, right] = apart(found[i], a[i]);
  return saying('softmax.said.naive.lost', { a: sign('a', i), wrong, right });
}

/** @param {Trace} trace @returns {Saying} */
function whyBroken(trace) {
  const worst = trace.powers.findIndex((power) => !Number.isFinite(power));
  if (worst >= 0) return saying('softmax.said.tooLarge', { z: fixed(trace.scaled[worst], 0) });
  return saying(trace.sum === 0 ? 'softmax.said.allZero' : 'softmax.said.sumTooLarge');
}

/** @param {number} step */
function by(step) {
  return step < 0.005 && step > -0.005 && step !== 0 ? short(step, 2) : fixed(step);
}
