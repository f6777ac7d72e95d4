// @ts-check
import { fixed, short } from '../format.js';
import { nextFrame } from '../state/frame.js';
import { traceOf } from '../state/layer.js';
import { html, sentence, symbol } from './words.js';

/** @typedef {import('../state/layer.js').Layer} Layer */

/** More terms than this are written with dots. */
const TERMS = 5;

/**
 * The formula of the class that moved, with today's numbers; for two classes also as the sigmoid that it is.
 * @param {HTMLElement} element
 * @param {{ layer: import('../state/observable.js').Watched<Layer> }} model
 * @returns {() => void} dispose
 */
export function formula(element, { layer }) {
  const paint = () => element.replaceChildren(...lines(layer.value));
  return layer.link(() => nextFrame(paint));
}

/** @param {Layer} layer */
function lines(layer) {
  const { chosen, temperature, z } = layer;
  const trace = traceOf(layer);
  const exponent = (/** @type {number} */ i) => exponentText(z[i], temperature, trace);
  const first = html(
    'p',
    { class: 'maths' },
    symbol('a', chosen),
    ' = ',
    power(exponent(chosen), chosen),
    ' ∕ (',
    ...terms(layer, exponent),
    ')',
  );
  const second = html(
    'p',
    { class: 'maths result' },
    `= ${short(trace.powers[chosen], 3)} ∕ ${short(trace.sum, 3)} = `,
  );
  second.append(html('strong', {}, short(trace.a[chosen], 3)));
  return z.length === 2 && !trace.broken ? [first, second, twoClasses(layer, trace.a[chosen])] : [first, second];
}

/** @param {Layer} layer @param {(i: number) => string} exponent */
function terms({ z, chosen }, exponent) {
  const all = z.map((_, i) => i);
  const kept = all.length <= TERMS ? all : all.filter((i) => i < 2 || i === chosen || i === all.length - 1);
  return kept.flatMap((i, at) => {
    const skipped = at > 0 && i !== kept[at - 1] + 1;
    return [at === 0 ? '' : ' + ', skipped ? '… + ' : '', power(exponent(i), i)];
  });
}

/** @param {string} exponent @param {number} i */
function power(exponent, i) {
  return html('span', { 'data-class': i + 1 }, 'e', html('sup', { class: 'hue' }, exponent));
}

/** @param {number} z @param {number} temperature @param {import('../state/layer.js').Trace} trace */
function exponentText(z, temperature, { shift }) {
  if (shift !== 0) return fixed(z / temperature - shift, Math.abs(z / temperature - shift) >= 100 ? 0 : 2);
  return temperature === 1 ? fixed(z) : `${fixed(z)}∕${fixed(temperature)}`;
}

/** Two classes are one sigmoid of the difference. @param {Layer} layer @param {number} a */
function twoClasses({ z, temperature, chosen }, a) {
  const difference = (z[chosen] - z[1 - chosen]) / temperature;
  const values = {
    zi: symbol('z', chosen),
    zj: symbol('z', 1 - chosen),
    difference: fixed(difference),
    a: short(a, 3),
  };
  return html('p', { class: 'quiet' }, ...sentence('softmax.two', values));
}
