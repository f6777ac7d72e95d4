// @ts-check
/**
 * Where everything in a chart lies, in pixels. Pure: a chart and a size in, places out.
 *
 * A chart has one axis of x, one or more rows of y above one another, and lines; it says nothing of how it is drawn.
 */
import { scale, ticksOf, unscale } from './axis.js';

/** @typedef {import('./axis.js').Axis} Axis */
/**
 * @typedef {{ y: Axis, share?: readonly [number, number], title?: string }} Row
 * `share`: which part of the height it has, from below, 0 to 1
 */
/**
 * @typedef {{
 *   name: string, x: readonly number[], y: readonly number[], row?: number, shade: number, dash?: 'dash' | 'dot' | 'long',
 *   weight?: 'light' | 'heavy', format?: string
 * }} Line `x`: ascending; `shade`: which class's colour it has, from 1; `format`: of a y that is read off
 */
/**
 * @typedef {{ x: readonly number[], y: readonly number[], values: readonly (readonly number[])[],
 *   levels: readonly import('./axis.js').Tick[], format: string }} Field
 * heights over a plane: `values[row][column]` over `x[column]`, `y[row]`; lines of equal height at `levels`
 */
/**
 * @typedef {{ text: string, detail?: string, x: number, y: number, row?: number, shade?: number, end?: boolean, below?: boolean }} Label
 * `end`: it ends at x, else it begins there; `below`: it stands under y; `detail` follows the text in plain letters
 */
/**
 * @typedef {{
 *   margin: { left: number, right: number, top: number, bottom: number }, x: Axis, rows: readonly Row[],
 *   lines: readonly Line[], field?: Field, legend?: boolean, levels?: readonly number[], labels?: readonly Label[],
 *   cursor?: number | null, zoom?: string
 * }} Chart
 * `margin`: in rems; `levels`: values of y marked across the first row; `cursor`: a value of x marked through all rows;
 * `zoom`: while it stays the same, what a reader has zoomed into is kept
 */
/** @typedef {{ width: number, height: number, unit: number }} Size in pixels; `unit`: those of a rem */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */
/** @typedef {ReturnType<typeof planned>} Plan */
/** @typedef {Plan['rows'][number]} PlannedRow */

/** In rems: a legend's sample of a line, the room around it, how high an entry is, and how wide a letter is. */
export const LEGEND = { sample: 1.6, gap: 0.4, entry: 1.3, letter: 0.4 };
/** Letters from here on are as wide as they are high. */
const WIDE = 0x2e80;

/** Places outside the chart are cut off this many pixels beyond it: a longer line is a burden to whoever draws it. */
const BEYOND = 10_000;
/** Room that a mark of an axis of y wants, in rems. */
const TICK_HEIGHT = 1.5;
/** And one of an axis of x. */
const TICK_WIDTH = 5;
/** In rem: about how wide a digit of a mark is, and the white between two marks. */
const LETTER = 0.44;
const WHITE = 0.4;

/**
 * @param {Chart} chart
 * @param {Size} size
 */
export function planned(chart, { width, height, unit }) {
  const { left, right, top, bottom } = chart.margin;
  const inner = width - (left + right) * unit;
  const legend = chart.legend ? legendOf(chart.lines, inner / unit) : { columns: 0, rows: 0, entry: 0 };
  // Whole pixels, as Plotly has them: its axes must lie on these.
  const box = {
    left: Math.round(left * unit),
    top: Math.round(top * unit),
    width: Math.max(Math.round(inner), 1),
    height: Math.max(Math.round(height - (top + bottom + legend.rows * LEGEND.entry) * unit), 1),
  };
  const across = scale(chart.x);
  const x = (/** @type {number} */ value) => limited(across(value) * box.width);
  const ticks = apart(ticksOf(chart.x, Math.max(2, Math.floor(box.width / (TICK_WIDTH * unit)))), x, unit);
  const seen = ticks.filter(({ at }) => x(at) >= -0.5 && x(at) <= box.width + 0.5);
  return {
    width,
    height,
    unit,
    box,
    ticks: seen.map(({ at, text }) => ({ x: box.left + x(at), text })),
    rows: chart.rows.map((row) => plannedRow(row, box, unit, x)),
    value: valueAt(chart.x, box),
    legend,
    cursor: chart.cursor === null || chart.cursor === undefined ? null : box.left + x(chart.cursor),
  };
}

/**
 * As many marks as have white between their words: every one, every second …, the first always among them.
 * @template {{ at: number, text: string }} T
 * @param {readonly T[]} ticks
 * @param {(value: number) => number} x
 * @param {number} unit
 * @returns {readonly T[]}
 */
function apart(ticks, x, unit) {
  const half = (/** @type {T} */ { text }) => (LETTER * text.length * unit) / 2;
  for (let every = 1; every < ticks.length; every += 1) {
    const kept = ticks.filter((_, k) => k % every === 0);
    const free = kept.every(
      (tick, k) => k === 0 || x(tick.at) - x(kept[k - 1].at) > half(tick) + half(kept[k - 1]) + WHITE * unit,
    );
    if (free) return kept;
  }
  return ticks.slice(0, 1);
}

/** @param {Row} row @param {Box} box @param {number} unit @param {(value: number) => number} x */
function plannedRow({ y: axis, share = [0, 1], title }, box, unit, x) {
  const [from, to] = share;
  const own = { ...box, top: box.top + (1 - to) * box.height, height: (to - from) * box.height };
  const up = scale(axis);
  const y = (/** @type {number} */ value) => limited((1 - up(value)) * own.height);
  const ticks = ticksOf(axis, Math.max(2, Math.floor(own.height / (TICK_HEIGHT * unit))));
  return {
    box: own,
    title,
    /** Where values lie in the row's own box. */
    x,
    y,
    /** The value of y so many pixels under the row's top. */
    value: (/** @type {number} */ pixels) => unscale(axis)(1 - pixels / own.height),
    ticks: ticks
      .map(({ at, text }) => ({ y: y(at), text }))
      .filter((tick) => tick.y >= -0.5 && tick.y <= own.height + 0.5),
  };
}

/** How a legend's entries are laid out. @param {readonly Line[]} lines @param {number} room in rems */
function legendOf(lines, room) {
  const { sample, gap, letter } = LEGEND;
  const entry = sample + 2 * gap + Math.max(...lines.map(({ name }) => letters(name) * letter));
  const columns = Math.min(Math.max(Math.floor(room / entry), 1), lines.length);
  return { columns, rows: Math.ceil(lines.length / columns), entry };
}

/** How many letters wide a text is at most. @param {string} text */
function letters(text) {
  return [...text].reduce((sum, letter) => sum + (Number(letter.codePointAt(0)) >= WIDE ? 2 : 1), 0);
}

/** @param {number} pixels */
function limited(pixels) {
  return Math.min(Math.max(pixels, -BEYOND), BEYOND);
}

/** The value of x at so many pixels from the chart's left edge. @param {Axis} axis @param {Box} box */
function valueAt(axis, box) {
  const value = unscale(axis);
  return (/** @type {number} */ pixels) => value((pixels - box.left) / box.width);
}
