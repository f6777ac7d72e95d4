// @ts-check

import { say, set } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { svg } from '../../figures/svg.js';
import { fixed } from '../../kit/format.js';
import { sigmoid } from '../../nn/layers.js';

/** Half the width of the axis in z, and the picture's size in its own units. */
const END = 6;
const WIDTH = 320;
const HEIGHT = 130;
const POINTS = 96;
const FOOT = 16;

/** @param {number} z */
const across = (z) => ((z + END) / (2 * END)) * WIDTH;
/** @param {number} a */
const up = (a) => HEIGHT - FOOT - a * (HEIGHT - FOOT - 8);

/**
 * σ and its slope: the curve, σ′ under it, the point of z_i and the tangent there.
 * @param {SVGSVGElement} picture
 * @param {{ state: import('../../kit/observable.js').Watched<import('./state.js').State> }} model
 * @returns {() => void} dispose
 */
export function derivationSigmoid(picture, { state }) {
  const tangent = svg('line', { class: 'tangent', 'data-quantity': '' });
  const point = svg('circle', { class: 'dot', r: 5 });
  const fall = svg('line', { class: 'now' });
  const slope = svg('circle', { class: 'dot hollow', r: 4 });
  // Far left the curve lies low: there is room for words above it.
  const number = svg('text', { class: 'label', x: 8, y: up(1) + 18 });
  set(picture, { viewBox: `0 0 ${WIDTH} ${HEIGHT}` });
  picture.replaceChildren(
    svg('line', { class: 'axis', x1: 0, x2: WIDTH, y1: up(0), y2: up(0) }),
    svg('line', { class: 'axis', x1: 0, x2: WIDTH, y1: up(1), y2: up(1) }),
    svg('path', { class: 'curve', d: path((z) => sigmoid(z)) }),
    svg('path', { class: 'curve slope', d: path((z) => sigmoid(z) * sigmoid(-z)) }),
    ...[-END, 0, END].map((z) =>
      svg('text', { class: 'tick', x: Math.min(Math.max(across(z), 8), WIDTH - 8), y: HEIGHT - 3 }, [fixed(z, 0)]),
    ),
    fall,
    tangent,
    slope,
    point,
    number,
  );
  const paint = () => {
    const { z, i } = state.value;
    const at = Math.min(Math.max(z[i], -END), END);
    const [a, steep] = [sigmoid(z[i]), sigmoid(z[i]) * sigmoid(-z[i])];
    set(picture, { 'data-class': String(i + 1) });
    set(point, { cx: across(at), cy: up(a), 'data-quantity': `sigma:${i + 1}` });
    set(slope, { cx: across(at), cy: up(steep), 'data-quantity': `dsigma:${i + 1}` });
    set(fall, { x1: across(at), x2: across(at), y1: up(0), y2: up(1) });
    const reach = 1.2;
    set(tangent, {
      x1: across(at - reach),
      x2: across(at + reach),
      y1: up(a - reach * steep),
      y2: up(a + reach * steep),
      'data-quantity': `dsigma:${i + 1}`,
    });
    say(number, `σ = ${fixed(a, 3)}, σ′ = ${fixed(steep, 3)}`);
  };
  return state.link(whileSeen(picture, paint));
}

/** @param {(z: number) => number} height */
function path(height) {
  return Array.from({ length: POINTS + 1 }, (_, n) => {
    const z = -END + (2 * END * n) / POINTS;
    return `${n === 0 ? 'M' : 'L'}${across(z).toFixed(1)} ${up(height(z)).toFixed(1)}`;
  }).join('');
}
