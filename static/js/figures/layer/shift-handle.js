// @ts-check
import { fixed } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { set } from '../dom.js';
import { svg } from '../svg.js';
import { FINGER, zHeight } from './layout.js';
import { mean } from './state.js';

/**
 * The handle that moves every z at once: a rail to the right of the logits.
 * @param {SVGElement} group
 * @param {import('./layout.js').Layout} place
 */
export function shiftHandle(group, place) {
  const x = place.width - place.right / 2 + 2;
  const { top, half } = place.z;
  const reach = Math.max(place.right, FINGER * place.unit);
  const knob = svg('g', {}, [
    svg('rect', {
      class: 'knob',
      x: x - 0.65 * place.unit,
      y: -0.75 * place.unit,
      width: 1.3 * place.unit,
      height: 1.5 * place.unit,
      rx: 5,
    }),
    svg('text', { class: 'knob-sign', x, y: 0.35 * place.unit }, ['⇕']),
  ]);
  group.replaceChildren(
    svg('title', {}, [t('softmax.shift.title')]),
    svg('rect', {
      class: 'grip',
      x: x - reach / 2,
      y: 0,
      width: reach,
      height: top + 2 * half + 0.6 * place.unit,
    }),
    svg('line', { class: 'rail', x1: x, x2: x, y1: top, y2: top + 2 * half }),
    knob,
    svg('text', { class: 'rail-name', x, y: top + 2 * half + 1.2 * place.unit }, [t('softmax.shift.all')]),
  );
  set(group, { role: 'slider', tabindex: '0', 'aria-orientation': 'vertical', 'aria-label': t('softmax.shift.title') });
  return {
    /** @param {readonly number[]} z @param {number} end */
    paint(z, end) {
      const value = mean(z);
      set(knob, { transform: `translate(0 ${zHeight(place, value, end).toFixed(2)})` });
      set(group, {
        'aria-valuemin': String(-end),
        'aria-valuemax': String(end),
        'aria-valuenow': String(value),
        'aria-valuetext': t('softmax.shift.value', { mean: fixed(value) }),
        'data-value': String(value),
      });
    },
  };
}
