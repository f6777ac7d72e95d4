// @ts-check
/** The neurons on the sigmoid's curve: where each stands, how steep the curve is there, and how it got there. */

import { set } from '../../figures/dom.js';
import { framed } from '../../figures/framed.js';
import { svg } from '../../figures/svg.js';
import { fixed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { sigmoid } from '../../nn/layers.js';

/** @typedef {ReturnType<typeof import('./state.js').neurons>} Neurons */

/** z from one end of the picture to the other. */
const END = 8;
/** Half a tangent's length in z. */
const TANGENT = 1.4;
/** Epochs between two marks of the trail. */
const STRIDE = 10;
/** In rem: what the axes' numbers need at each side. */
const MARGIN = { left: 2.2, right: 0.8, top: 0.6, bottom: 1.4 };

/** @typedef {{ left: number, right: number, top: number, bottom: number, unit: number, across: (z: number) => number, up: (a: number) => number }} Axes */

/** Where z and a lie in a picture of this size. @param {import('../../figures/network-layout.js').Frame} frame @returns {Axes} */
function axesOf({ width, height, unit }) {
  const [left, right] = [MARGIN.left * unit, width - MARGIN.right * unit];
  const [top, bottom] = [MARGIN.top * unit, height - MARGIN.bottom * unit];
  return {
    left,
    right,
    top,
    bottom,
    unit,
    across: (z) => left + ((Math.max(-END, Math.min(END, z)) + END) / (2 * END)) * (right - left),
    up: (a) => top + (1 - a) * (bottom - top),
  };
}

/**
 * @param {SVGSVGElement} element
 * @param {{ neurons: import('../../kit/observable.js').Watched<Neurons>, epoch: import('../../kit/observable.js').Watched<number> }} model
 */
export function neuronPicture(element, { neurons, epoch }) {
  const runners = neurons.value.map(({ racer }) => runner(racer));
  const axes = svg('g');
  element.replaceChildren(axes, ...runners.map(({ root }) => root));
  /** @type {Axes | null} */
  let place = null;
  const build = () => {
    place = axesOf(picture.frame());
    axes.replaceChildren(...frame(place));
    paint();
  };
  const paint = () => {
    const drawn = place;
    if (drawn === null) return;
    neurons.value.forEach(({ run }, i) => {
      runners[i].paint(run, Math.min(epoch.value, run.a.length - 1), drawn);
    });
    const words = neurons.value.map(({ racer, run }) =>
      t('race.neuron.words', {
        name: t(`common.pair.${racer.pair}`),
        a: fixed(run.a[Math.min(epoch.value, run.a.length - 1)], 3),
      }),
    );
    set(element, { 'aria-label': `${t('race.neuron')}: ${words.join('; ')}` });
  };
  const picture = framed(element, build);
  neurons.link(paint);
  epoch.link(paint);
}

/** The curve σ(z), its axes and the target. @param {Axes} axes */
function frame({ left, right, bottom, unit, across, up }) {
  const steps = Array.from({ length: 129 }, (_, i) => -END + (i * END) / 64);
  const curve = steps.map((z, i) => `${i ? 'L' : 'M'}${across(z).toFixed(1)} ${up(sigmoid(z)).toFixed(1)}`).join('');
  const ticks = [-8, -4, 0, 4, 8].map((z) =>
    svg('text', { x: across(z), y: bottom + unit, class: 'tick', 'text-anchor': 'middle' }, [fixed(z, 0)]),
  );
  const levels = [0, 0.5, 1].flatMap((a) => [
    svg('path', { d: `M${left} ${up(a)}H${right}`, class: a === 0 ? 'target' : 'level' }),
    svg('text', { x: left - 0.4 * unit, y: up(a) + 0.25 * unit, class: 'tick', 'text-anchor': 'end' }, [fixed(a, 1)]),
  ]);
  const names = [
    svg('text', { x: right, y: up(0) - 0.35 * unit, class: 'name', 'text-anchor': 'end' }, ['z = w + b']),
    svg('text', { x: left + 0.25 * unit, y: up(1) + unit, class: 'name' }, ['a = σ(z)']),
    svg('text', { x: left + 0.25 * unit, y: up(0) - 0.35 * unit, class: 'name' }, [t('race.target')]),
  ];
  return [...levels, ...ticks, ...names, svg('path', { d: curve, class: 'sigmoid' })];
}

/** One racer: its trail, its tangent, its dot. @param {import('./state.js').Racer} racer */
function runner({ shade, dash }) {
  const trail = svg('path', { class: 'trail' });
  const tangent = svg('path', { class: 'tangent line', 'data-dash': dash });
  const dot = svg('circle', { class: 'dot' });
  const root = svg('g', { 'data-class': shade, class: 'runner' }, [trail, tangent, dot]);
  return {
    root,
    /** @param {import('../../nn/neuron.js').NeuronRun} run @param {number} epoch @param {Axes} axes */
    paint(run, epoch, { across, up, unit }) {
      const z = run.z[epoch];
      const slope = run.factor[epoch];
      const marks = run.z.slice(0, epoch).filter((_, e) => e % STRIDE === 0);
      const side = shade === 1 ? 1 : -1;
      set(trail, {
        d: marks
          .map((at) => `M${across(at).toFixed(1)} ${(up(sigmoid(at)) + side * 5).toFixed(1)}v${side * 8}`)
          .join(''),
      });
      set(tangent, {
        d: `M${across(z - TANGENT).toFixed(1)} ${up(run.a[epoch] - TANGENT * slope).toFixed(1)}L${across(z + TANGENT).toFixed(1)} ${up(run.a[epoch] + TANGENT * slope).toFixed(1)}`,
      });
      set(dot, { cx: across(z), cy: up(run.a[epoch]), r: 0.45 * unit });
      dot.setAttribute('data-z', String(z));
    },
  };
}
