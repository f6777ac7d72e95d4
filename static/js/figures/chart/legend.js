// @ts-check
/** What the lines of a chart are called, under it: each name is a button that puts its line away and fetches it back. */
import { say, set } from '../dom.js';
import { fill, svg } from '../svg.js';
import { LEGEND } from './plan.js';

/** @typedef {import('./plan.js').Line} Line */
/** @typedef {import('./plan.js').Plan} Plan */

/** From the chart's lower edge to the first entry's middle, and from a text's middle to its foot, in rems. */
const UNDER = 2;
const MIDDLE = 0.26;

/**
 * @param {SVGElement} root
 * @param {readonly Line[]} lines all, with those that are put away
 * @param {Plan} plan
 * @param {{ away: ReadonlySet<string>, toggle: (name: string) => void }} on
 */
export function paintLegend(root, lines, { box, unit, legend }, { away, toggle }) {
  fill(root, lines.length, () => entry(toggle)).forEach((element, k) => {
    const { name, shade, dash = '', weight = '' } = lines[k];
    const x = box.left + (k % legend.columns) * legend.entry * unit;
    const y = box.top + box.height + (UNDER + LEGEND.entry * Math.floor(k / legend.columns)) * unit;
    const [area, line, text] = element.children;
    const high = LEGEND.entry * unit;
    set(element, { 'data-name': name, 'aria-pressed': String(!away.has(name)) });
    set(area, { x, y: y - high / 2, width: legend.entry * unit, height: high });
    set(line, { x1: x, x2: x + LEGEND.sample * unit, y1: y, y2: y, 'data-class': String(shade) });
    set(line, { 'data-dash': dash, 'data-weight': weight });
    set(text, { x: x + (LEGEND.sample + LEGEND.gap) * unit, y: y + MIDDLE * unit });
    say(text, name);
  });
}

/** @param {(name: string) => void} toggle */
function entry(toggle) {
  const parts = [svg('rect'), svg('line', { class: 'line' }), svg('text')];
  const root = svg('g', { class: 'entry', role: 'button', tabindex: 0 }, parts);
  const choose = () => toggle(String(root.getAttribute('data-name')));
  root.addEventListener('click', choose);
  root.addEventListener('keydown', (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    if (key !== 'Enter' && key !== ' ') return;
    event.preventDefault();
    choose();
  });
  return root;
}
