// @ts-check
import { fixed, short } from '../../kit/format.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { className } from './controls.js';
import { mean, traceOf } from './state.js';
import { phrase } from './words.js';

/** @typedef {import('./state.js').Layer} Layer */
/** @typedef {import('../../kit/gesture.js').Trail<Layer>} Trail */
/** @typedef {{ key: string, values: Record<string, import('./words.js').Word> }} Saying */

/** Milliseconds of rest after which a screen reader is told: it should hear the end of a drag, not its middle. */
const REST = 600;

/**
 * One sentence that says what just happened; the same in the page's live region once it rests.
 * @param {HTMLElement} element
 * @param {HTMLElement | null} live
 * @param {import('./controls.js').Model} model
 * @param {(trail: any, now: any) => Saying} [tell] what there is to say of the last gesture
 * @returns {() => void} dispose
 */
export function said(element, live, { layer, gesture }, tell = saying) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let shown = '';
  /** @type {ReturnType<typeof phrase> | undefined} */
  let words;
  const paint = () => {
    const { kind, index } = gesture.trail.value;
    const { key, values } = tell(gesture.trail.value, layer.value);
    const now = [key, kind, index, layer.value.z.length, values.a && JSON.stringify(values.a)].join(' ');
    if (now !== shown) {
      words = phrase(key, values);
      element.replaceChildren(...words.nodes);
    }
    shown = now;
    words?.update(values);
    clearTimeout(timer);
    if (!live || gesture.trail.value.kind === 'none') return;
    timer = setTimeout(() => {
      live.textContent = element.textContent;
    }, REST);
  };
  const unlink = layer.link(() => soon(paint));
  return () => {
    clearTimeout(timer);
    unlink();
  };
}

/**
 * @param {Trail} trail
 * @param {Layer} layer
 * @returns {Saying}
 */
export function saying({ kind, index, before }, layer) {
  const trace = traceOf(layer);
  if (trace.broken) return { key: 'softmax.said.broken', values: brokenValues(layer, trace) };
  if (layer.naive && kind === 'naive') return plain('softmax.said.naive');
  if (kind === 'z') return movedZ(index, before, layer);
  if (kind === 'a') return movedA(index, before, layer);
  if (kind === 'shift') return { key: 'softmax.said.shift', values: { by: by(mean(layer.z) - mean(before.z)) } };
  if (kind === 'temperature') return temperatureChanged(before, layer);
  if (kind === 'rename') return { key: 'softmax.said.rename', values: { i: index + 1, name: className(layer, index) } };
  if (kind === 'add')
    return {
      key: 'softmax.said.add',
      values: { count: layer.z.length, a: { symbol: 'a', index: layer.z.length - 1 } },
    };
  if (kind === 'remove')
    return { key: 'softmax.said.remove', values: { count: layer.z.length, name: className(before, index) } };
  return plain(`softmax.said.${kind}`);
}

/** The shares that are meant, whatever the naive form makes of them. @param {Layer} layer */
function stable(layer) {
  return layer.naive ? traceOf({ ...layer, naive: false }) : traceOf(layer);
}

/** @param {string} key @returns {Saying} */
function plain(key) {
  return { key, values: {} };
}

/** @param {number} i @param {Layer} before @param {Layer} layer @returns {Saying} */
function movedZ(i, before, layer) {
  const step = layer.z[i] - before.z[i];
  const [was, now] = [stable(before).a, stable(layer).a];
  const values = {
    z: { symbol: 'z', index: i },
    a: { symbol: 'a', index: i },
    by: by(Math.abs(step)),
    from: short(was[i], 3),
    to: short(now[i], 3),
  };
  if (step === 0) return { key: 'softmax.said.same', values };
  if (was.every((value, k) => value === now[k])) return { key: 'softmax.said.saturated', values };
  const others = short(Math.abs(now[i] - was[i]), 3);
  return {
    key: step > 0 ? 'softmax.said.raised' : 'softmax.said.lowered',
    values: { ...values, others, sum: fixed(traceOf(layer).total, 3) },
  };
}

/** @param {number} i @param {Layer} before @param {Layer} layer @returns {Saying} */
function movedA(i, before, layer) {
  const { a } = stable(layer);
  const values = {
    a: { symbol: 'a', index: i },
    z: { symbol: 'z', index: i },
    to: short(a[i], 3),
    from: fixed(before.z[i]),
    value: fixed(layer.z[i]),
  };
  return { key: 'softmax.said.asked', values };
}

/** @param {Layer} before @param {Layer} layer @returns {Saying} */
function temperatureChanged(before, layer) {
  const key =
    layer.temperature === before.temperature ? 'same' : layer.temperature > before.temperature ? 'warmer' : 'colder';
  const { a } = stable(layer);
  const top = a.indexOf(Math.max(...a));
  return {
    key: `softmax.said.${key === 'same' ? 'temperature' : key}`,
    values: { T: fixed(layer.temperature), a: { symbol: 'a', index: top }, to: short(a[top], 3) },
  };
}

/** @param {Layer} layer @param {import('./state.js').Trace} trace */
function brokenValues(layer, trace) {
  const worst = trace.powers.findIndex((power) => !Number.isFinite(power));
  const i = worst === -1 ? layer.chosen : worst;
  const why = t(worst === -1 ? 'softmax.said.allZero' : 'softmax.said.tooLarge', { z: fixed(trace.scaled[i], 0) });
  return { why };
}

/** @param {number} step */
function by(step) {
  return step < 0.005 && step > -0.005 && step !== 0 ? short(step, 2) : fixed(step);
}
