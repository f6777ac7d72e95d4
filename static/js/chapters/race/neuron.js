// @ts-check
/** The neurons on the sigmoid's curve: where each stands, how steep the curve is there, and how it got there. */

import { set } from '../../figures/dom.js';
import { svg } from '../../figures/svg.js';
import { fixed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { sigmoid } from '../../nn/layers.js';

/** @typedef {ReturnType<typeof import('./state.js').neurons>} Neurons */

const BOX = { width: 640, height: 300, left: 44, right: 14, top: 16, bottom: 34 };
/** z from one end of the picture to the other. */
const END = 8;
/** Half a tangent's length in z. */
const TANGENT = 1.4;
/** Epochs between two marks of the trail. */
const STRIDE = 10;

/** @param {number} z */
const across = (z) =>
  BOX.left + ((Math.max(-END, Math.min(END, z)) + END) / (2 * END)) * (BOX.width - BOX.left - BOX.right);
/** @param {number} a */
const up = (a) => BOX.top + (1 - a) * (BOX.height - BOX.top - BOX.bottom);

/**
 * @param {SVGSVGElement} element
 * @param {{ neurons: import('../../kit/observable.js').Watched<Neurons>, epoch: import('../../kit/observable.js').Watched<number> }} model
 */
export function neuronPicture(element, { neurons, epoch }) {
  set(element, { viewBox: `0 0 ${BOX.width} ${BOX.height}` });
  const runners = neurons.value.map(({ racer }) => runner(racer.shade));
  element.replaceChildren(...frame(), ...runners.map(({ root }) => root));
  const paint = () => {
    neurons.value.forEach(({ run }, i) => {
      runners[i].paint(run, Math.min(epoch.value, run.a.length - 1));
    });
    const words = neurons.value.map(({ racer, run }) =>
      t('race.neuron.words', {
        name: t(`common.pair.${racer.pair}`),
        a: fixed(run.a[Math.min(epoch.value, run.a.length - 1)], 3),
      }),
    );
    set(element, { 'aria-label': `${t('race.neuron')}: ${words.join('; ')}` });
  };
  neurons.link(paint);
  epoch.link(paint);
}

/** The curve σ(z), its axes and the target. */
function frame() {
  const steps = Array.from({ length: 129 }, (_, i) => -END + (i * END) / 64);
  const curve = steps.map((z, i) => `${i ? 'L' : 'M'}${across(z).toFixed(1)} ${up(sigmoid(z)).toFixed(1)}`).join('');
  const ticks = [-8, -4, 0, 4, 8].map((z) =>
    svg('text', { x: across(z), y: BOX.height - 14, class: 'tick', 'text-anchor': 'middle' }, [fixed(z, 0)]),
  );
  const levels = [0, 0.5, 1].flatMap((a) => [
    svg('path', { d: `M${BOX.left} ${up(a)}H${BOX.width - BOX.right}`, class: a === 0 ? 'target' : 'level' }),
    svg('text', { x: BOX.left - 8, y: up(a) + 4, class: 'tick', 'text-anchor': 'end' }, [fixed(a, 1)]),
  ]);
  const names = [
    svg('text', { x: BOX.width - BOX.right, y: up(0) - 6, class: 'name', 'text-anchor': 'end' }, ['z = w + b']),
    svg('text', { x: BOX.left + 4, y: up(1) + 16, class: 'name' }, ['a = σ(z)']),
    svg('text', { x: BOX.left + 4, y: up(0) - 6, class: 'name' }, [t('race.target')]),
  ];
  return [...levels, ...ticks, ...names, svg('path', { d: curve, class: 'sigmoid' })];
}

/** One racer: its trail, its tangent, its dot. @param {number} shade */
function runner(shade) {
  const trail = svg('path', { class: 'trail' });
  const tangent = svg('path', { class: 'tangent' });
  const dot = svg('circle', { r: 8, class: 'dot' });
  const root = svg('g', { 'data-class': shade, class: 'runner' }, [trail, tangent, dot]);
  return {
    root,
    /** @param {import('../../nn/neuron.js').NeuronRun} run @param {number} epoch */
    paint(run, epoch) {
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
      set(dot, { cx: across(z), cy: up(run.a[epoch]) });
      dot.setAttribute('data-z', String(z));
    },
  };
}
