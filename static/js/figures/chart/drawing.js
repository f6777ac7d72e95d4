// @ts-check
/** A chart as the page draws it: SVG in the page's own colours, whose elements stay from one drawing to the next. */
import { say, set } from '../dom.js';
import { fill, show, svg } from '../svg.js';
import { linePath } from './path.js';

/** @typedef {import('./plan.js').Chart} Chart */
/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./plan.js').PlannedRow} PlannedRow */

/** Between an axis and the texts of its marks, and between a text and what it names, in rems. */
const GAP = 0.3;
/** From the middle of a text to the line that it stands on, and from its top to there. */
const MIDDLE = 0.26;
const HEIGHT = 0.78;

/**
 * @param {SVGElement} root where the chart is drawn; its own alone
 * @param {typeof import('./field.js').paintField} [paintField] of a chart that has a field
 */
export function drawing(root, paintField) {
  const [frame, rows, words] = [svg('g'), svg('g'), svg('g')];
  const cursor = svg('line', { class: 'now' });
  root.replaceChildren(frame, rows, cursor, words);
  return {
    /** @param {Chart} chart @param {Plan} plan */
    paint(chart, plan) {
      paintFrame(frame, plan, chart.field === undefined);
      fill(rows, plan.rows.length, rowElement).forEach((row, k) => {
        const [field] = paintRow(row, chart, plan.rows[k], k);
        if (chart.field) paintField?.(field, chart.field, plan.rows[k]);
      });
      paintCursor(cursor, plan);
      paintWords(words, [...titles(chart, plan), ...labels(chart, plan)]);
    },
  };
}

/** The axes' marks, with lines through the chart where there is a `grid`. @param {SVGElement} frame @param {Plan} plan @param {boolean} grid */
function paintFrame(frame, { rows, ticks, box, unit }, grid) {
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const up = rows.flatMap((row) =>
    row.ticks.map(({ y, text }) => ({
      line: { x1: box.left, x2: right, y1: row.box.top + y, y2: row.box.top + y },
      at: { x: box.left - GAP * unit, y: row.box.top + y + MIDDLE * unit, 'text-anchor': 'end' },
      text,
    })),
  );
  const across = ticks.map(({ x, text }) => ({
    line: { x1: x, x2: x, y1: box.top, y2: bottom },
    at: { x, y: bottom + (GAP + HEIGHT) * unit, 'text-anchor': 'middle' },
    text,
  }));
  const marks = [...up, ...across];
  fill(frame, marks.length, markElement).forEach((mark, k) => {
    const [line, text] = mark.children;
    show(line, grid);
    set(line, marks[k].line);
    set(text, marks[k].at);
    say(text, marks[k].text);
  });
}

function markElement() {
  return svg('g', {}, [svg('line', { class: 'grid' }), svg('text', { class: 'tick' })]);
}

/** A row clips what is in it: an SVG inside the SVG. */
function rowElement() {
  return svg('svg', {}, [svg('g'), svg('g'), svg('g')]);
}

/** @param {SVGElement} root @param {Chart} chart @param {PlannedRow} row @param {number} k */
function paintRow(root, chart, row, k) {
  const { left, top, width, height } = row.box;
  set(root, { x: left, y: top, width, height });
  const [field, levels, lines] = /** @type {SVGElement[]} */ ([...root.children]);
  const marked = k === 0 ? (chart.levels ?? []) : [];
  fill(levels, marked.length, () => svg('line', { class: 'level' })).forEach((line, i) => {
    set(line, { x1: 0, x2: width, y1: row.y(marked[i]), y2: row.y(marked[i]) });
  });
  const own = chart.lines.filter((line) => (line.row ?? 0) === k);
  fill(lines, own.length, () => svg('path', { class: 'line' })).forEach((path, i) => {
    const { shade, dash = '', weight = '' } = own[i];
    const { path: d, single } = linePath(own[i], row);
    set(path, { d, 'data-class': String(shade), 'data-dash': dash, 'data-weight': single ? 'point' : weight });
  });
  return [field];
}

/** @param {SVGElement} line @param {Plan} plan */
function paintCursor(line, { cursor, box }) {
  show(line, cursor !== null && cursor >= box.left && cursor <= box.left + box.width);
  if (cursor !== null) set(line, { x1: cursor, x2: cursor, y1: box.top, y2: box.top + box.height });
}

/** @typedef {{ class: string, x: number, y: number, anchor: 'start' | 'middle' | 'end', shade?: number, text: string, detail?: string }} Word */

/** What rows and axes are called. @param {Chart} chart @param {Plan} plan @returns {Word[]} */
function titles(chart, { rows, box: { left, top, width, height }, unit }) {
  /** @type {Word[]} */
  const all = rows.map((row) => ({
    class: 'title',
    x: left,
    y: row.box.top - GAP * unit,
    anchor: 'start',
    text: row.title ?? '',
  }));
  const [across, up] = [chart.x.title ?? '', chart.rows[0].y.title ?? ''];
  const under = top + height + (GAP + HEIGHT) * unit;
  all.push({ class: 'axis-title', x: left + 0.75 * width, y: under, anchor: 'middle', text: across });
  all.push({ class: 'axis-title', x: left - GAP * unit, y: top + 0.25 * height, anchor: 'end', text: up });
  return all.filter(({ text }) => text !== '');
}

/** What stands beside lines. @param {Chart} chart @param {Plan} plan @returns {Word[]} */
function labels({ labels: all = [] }, { rows, unit }) {
  return all.map(({ text, detail, x, y, row = 0, shade, end, below }) => ({
    class: 'label',
    x: rows[row].box.left + rows[row].x(x) + (end ? -GAP : GAP) * unit,
    y: rows[row].box.top + rows[row].y(y) + (below ? GAP + HEIGHT : -GAP) * unit,
    anchor: end ? 'end' : 'start',
    shade,
    text,
    detail,
  }));
}

/** @param {SVGElement} parent @param {Word[]} all */
function paintWords(parent, all) {
  const make = () => svg('text', {}, [svg('tspan'), svg('tspan', { class: 'detail' })]);
  fill(parent, all.length, make).forEach((element, k) => {
    const { class: name, x, y, anchor, shade = '', text, detail } = all[k];
    set(element, { class: name, x, y, 'text-anchor': anchor, 'data-class': String(shade) });
    const [strong, plain] = element.children;
    say(strong, text);
    say(plain, detail === undefined ? '' : ` ${detail}`);
  });
}
