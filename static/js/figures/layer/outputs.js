// @ts-check
import { change, fixed, power } from '../../kit/format.js';
import { say, set } from '../dom.js';
import { show, svg } from '../svg.js';
import { aHeight, middle, reach } from './layout.js';

/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./state.js').Trace} Trace */

/** A share changes by this part of itself at most when every z below 1000 is shifted and rounded anew. */
const ROUNDING = 1e-12;

/**
 * The row of a: each output from 0 to 1, what it was and by how much it changed, and the sigmoid layer's bar beside it.
 * @param {SVGElement} group
 * @param {Layout} place
 */
export function outputRow(group, place) {
  const lines = [place.a.bottom, place.a.top].map((y, one) =>
    svg('line', {
      class: one ? 'axis faint' : 'axis',
      x1: place.left - 8,
      x2: place.width - place.right + 8,
      y1: y,
      y2: y,
    }),
  );
  const ticks = ['0', '1'].map((text, one) =>
    svg(
      'text',
      {
        class: 'tick',
        x: place.left - 0.6 * place.unit,
        y: (one ? place.a.top : place.a.bottom) + 4,
        'aria-hidden': 'true',
      },
      [text],
    ),
  );
  group.replaceChildren(...lines, ...ticks);
  const parts = Array.from({ length: place.count }, (_, i) => output(group, place, i));
  return {
    grips: parts.map((part) => part.root),
    /** @param {Trace} now @param {Trace} before */
    paint(now, before) {
      for (const part of parts) part.paint(now, before);
    },
  };
}

/**
 * @param {SVGElement} group
 * @param {Layout} place
 * @param {number} i
 */
function output(group, place, i) {
  const x = middle(place, i);
  const left = x - place.bar / 2;
  const width = reach(place);
  const grip = svg('rect', {
    class: 'grip',
    x: x - width / 2,
    y: place.a.top - 0.5 * place.unit,
    width,
    height: place.a.height + 0.5 * place.unit,
  });
  const slot = svg('rect', { class: 'slot', x: left, y: place.a.top, width: place.bar, height: place.a.height });
  const bar = svg('rect', { class: 'bar', x: left, width: place.bar, rx: 2, 'data-bar': i + 1 });
  const pill = svg('rect', { class: 'pill', x: x - place.bar / 4, width: place.bar / 2, height: 4, rx: 2 });
  const ghost = svg('line', { class: 'ghost', x1: left - 6, x2: left + place.bar + 6 });
  const number = svg('text', { ...labelAnchor(place, x), 'data-a': i + 1, 'data-reads': 'a', 'data-of': i + 1 });
  const mark = svg('text', { x: number.getAttribute('x') ?? x, 'aria-hidden': 'true' });
  const root = svg('g', { class: 'out', 'data-class': i + 1, 'data-drag-a': i + 1 }, [grip, slot, bar, pill, ghost]);
  const beside = place.thin > 0 ? neighbour(place, i) : null;
  group.append(root, svg('g', { class: 'labels', 'data-class': i + 1 }, [number, mark]));
  if (beside) group.append(beside.root);
  return {
    root,
    /** @param {Trace} now @param {Trace} before */
    paint(now, before) {
      const [a, was] = [now.a[i], before.a[i]];
      const tip = aHeight(place, a);
      const height = a > 0 ? Math.max(place.a.bottom - tip, 1) : 0;
      set(bar, { y: place.a.bottom - height, height });
      set(pill, { y: tip - 2 });
      show(pill, Number.isFinite(a));
      paintGhost(ghost, place, a, was);
      set(number, { y: labelHeight(place, tip), 'data-value': String(a), 'data-long': String(isLong(a)) });
      say(number, outputText(place, a));
      paintMark(mark, place, { tip, by: difference(a, was) });
      beside?.paint(now.sigmoid[i], before.sigmoid[i]);
    },
  };
}

/**
 * The sigmoid layer's output for the same z: a thin open bar to the left of softmax's.
 * @param {Layout} place
 * @param {number} i
 */
function neighbour(place, i) {
  const left =
    middle(place, i) - place.bar / 2 - (place.aside ? 0.75 : place.roomy ? 0.6 : 0.35) * place.unit - place.thin;
  const bar = svg('rect', { class: 'beside', x: left, width: place.thin, rx: 2, 'data-sigmoid-bar': i + 1 });
  const ghost = svg('line', { class: 'ghost', x1: left - 4, x2: left + place.thin + 4 });
  const number = svg('text', {
    class: 'beside-number',
    x: left + place.thin / 2,
    'data-sigmoid': i + 1,
    'data-reads': 'sigmoid',
    'data-of': i + 1,
  });
  const mark = svg('text', { class: 'beside-mark', x: left + place.thin / 2, 'aria-hidden': 'true' });
  return {
    root: svg('g', { class: 'sigmoid', 'data-class': i + 1 }, [bar, ghost, number, mark]),
    /** @param {number} a @param {number | undefined} was */
    paint(a, was) {
      const tip = aHeight(place, a);
      set(bar, { y: tip, height: place.a.bottom - tip });
      paintGhost(ghost, place, a, was);
      set(number, { y: tip - 0.35 * place.unit, 'data-value': String(a) });
      show(number, place.roomy);
      say(number, fixed(a, 2));
      const by = difference(a, was);
      set(mark, { y: tip - (place.roomy ? 1.25 : 0.4) * place.unit });
      say(mark, by === 0 ? '' : by > 0 ? '▲' : '▼');
    },
  };
}

/**
 * By how much an output changed; 0 where it is no more than the rounding of z: adding c to every z moves no share.
 * @param {number} a @param {number | undefined} was
 */
function difference(a, was) {
  if (was === undefined || Math.abs(a - was) <= ROUNDING * Math.max(a, was)) return 0;
  return a - was;
}

/** @param {SVGElement} ghost @param {Layout} place @param {number} a @param {number | undefined} was */
function paintGhost(ghost, place, a, was) {
  const moved = was !== undefined && Number.isFinite(was) && difference(a, was) !== 0;
  show(ghost, moved);
  if (!moved) return;
  const y = aHeight(place, was);
  set(ghost, { y1: y, y2: y });
}

/** @param {SVGElement} mark @param {Layout} place @param {{ tip: number, by: number }} change */
function paintMark(mark, place, { tip, by }) {
  const moved = Number.isFinite(by) && by !== 0;
  show(mark, moved);
  if (!moved) return;
  set(mark, {
    y: labelHeight(place, tip) + markOffset(place, tip),
    class: `mark ${by > 0 ? 'up' : 'down'}${centred(place) ? ' above' : ''}`,
  });
  say(mark, place.small ? (by > 0 ? '▲' : '▼') : change(by, 3));
}

/** Where the number of an output stands: at the bar's tip, kept inside the row. @param {Layout} place @param {number} tip */
function labelHeight(place, tip) {
  if (!place.aside) return tip - 0.5 * place.unit;
  return Math.min(Math.max(tip + 0.4 * place.unit, place.a.top + 0.7 * place.unit), place.a.bottom - 0.15 * place.unit);
}

/**
 * Beside the bar; above it where there is no room; and then from its left edge on where the sigmoid bar stands to its left.
 * @param {Layout} place @param {number} x the middle of the column
 */
function labelAnchor(place, x) {
  if (place.aside) return { class: 'output', x: x + place.bar / 2 + 0.5 * place.unit };
  if (centred(place)) return { class: `output tight above${place.tiny ? ' tiny' : ''}`, x };
  return { class: 'output tight', x: x - place.bar / 2 - 1 };
}

/** @param {Layout} place */
function centred(place) {
  return !place.aside && (place.thin === 0 || place.tiny);
}

/** The change stands under the number of a high bar and above that of a low one. @param {Layout} place @param {number} tip */
function markOffset(place, tip) {
  if (!place.aside) return -1.05 * place.unit;
  return (place.a.bottom - tip < 0.55 * place.a.height ? -1.15 : 1.1) * place.unit;
}

/** Whether three places would show nothing of an output that is there. @param {number} a */
function isLong(a) {
  return a > 0 && a < 0.0005;
}

/** @param {Layout} place @param {number} a */
function outputText(place, a) {
  if (!Number.isFinite(a)) return fixed(a);
  if (place.small) return fixed(a, 2).replace(/^0/, '');
  return place.aside && isLong(a) ? power(a, 0) : fixed(a, 3);
}
