// @ts-check
/** A field of heights as the page draws it: bands of colour, lines of equal height, and what they are worth. */
import { say, set } from '../dom.js';
import { fill, show, svg } from '../svg.js';
import { rings } from './contour.js';
import { tenth } from './path.js';

/** @typedef {import('./plan.js').Field} Field */
/** @typedef {import('./plan.js').PlannedRow} PlannedRow */
/** @typedef {[number, number]} Point in pixels */

/** Every second line bears what it is worth, if it has so many points. */
const NAMED = 2;
const BEARING = 8;

/** What is drawn in each group, so that a field that has not changed is not traced again. @type {WeakMap<Element, { field: Field, place: string }>} */
const drawn = new WeakMap();

/** @param {SVGElement} root @param {Field} field @param {PlannedRow} row */
export function paintField(root, field, row) {
  const place = [row.box.width, row.box.height, row.x(field.x[0]), row.y(field.y[0])].join(' ');
  const before = drawn.get(root);
  if (before?.field === field && before.place === place) return;
  drawn.set(root, { field, place });
  const bands = field.levels.map(({ at, text }) => ({ text, around: traced(field, at, row) }));
  const [areas, names] = root.childElementCount === 2 ? root.children : [svg('g'), svg('g')];
  root.replaceChildren(areas, names);
  const open = bands.map(({ around }) => around.flatMap((ring) => inside(ring, row.box)));
  fill(areas, bands.length, bandElement).forEach((band, k) => {
    const [area, line] = /** @type {SVGElement[]} */ ([...band.children]);
    area.style.setProperty('--share', ((k + 1) / (bands.length + 1)).toFixed(2));
    set(area, { d: bands[k].around.map((ring) => `M${ring.map(said).join('L')}Z`).join('') });
    set(line, { d: open[k].map((part) => `M${part.map(said).join('L')}`).join('') });
  });
  fill(names, bands.length, () => svg('text', { class: 'height' })).forEach((text, k) => {
    nameLine(text, longest(open[k]), k % NAMED === 0 ? bands[k].text : '');
  });
}

function bandElement() {
  return svg('g', {}, [svg('path', { class: 'band' }), svg('path', { class: 'contour' })]);
}

/** Writes what a line is worth along its middle, where it is long enough to bear it. @param {SVGElement} text @param {Point[]} line @param {string} worth */
function nameLine(text, line, worth) {
  const middle = line.length >> 1;
  show(text, line.length >= BEARING && worth !== '');
  if (line.length < BEARING || worth === '') return;
  const [[x, y], [fromX, fromY], [toX, toY]] = [line[middle], line[middle - 2], line[middle + 2]];
  const angle = (Math.atan((toY - fromY) / (toX - fromX || 1e-9)) * 180) / Math.PI;
  set(text, { transform: `translate(${tenth(x)} ${tenth(y)}) rotate(${tenth(angle)})` });
  say(text, worth);
}

/** @param {Field} field @param {number} level @param {PlannedRow} row @returns {Point[][]} */
function traced({ x, y, values }, level, row) {
  return rings(values, level).map((ring) =>
    ring.map(([column, line]) => [row.x(between(x, column)), row.y(between(y, line))]),
  );
}

/** The value at a place between two of a list. @param {readonly number[]} values @param {number} place */
function between(values, place) {
  const before = Math.floor(place);
  const share = place - before;
  return share === 0 ? values[before] : values[before] + share * (values[before + 1] - values[before]);
}

/** @param {Point} point */
function said([x, y]) {
  return `${tenth(x)} ${tenth(y)}`;
}

/**
 * The parts of a ring that are lines of equal height and not the end of the plane.
 * @param {Point[]} ring
 * @param {import('./plan.js').Box} box
 */
function inside(ring, { width, height }) {
  const outer = (/** @type {Point} */ [x, y]) => x < 0.5 || y < 0.5 || x > width - 0.5 || y > height - 0.5;
  /** @type {Point[][]} */
  const parts = [[]];
  for (const [k, point] of [...ring, ring[0]].entries()) {
    if (k > 0 && outer(point) && outer(ring[k - 1])) parts.push([]);
    parts[parts.length - 1].push(point);
  }
  return parts.filter((part) => part.length > 1);
}

/** @param {Point[][]} parts */
function longest(parts) {
  return parts.reduce((best, part) => (part.length > best.length ? part : best), /** @type {Point[]} */ ([]));
}
