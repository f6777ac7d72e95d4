// @ts-check
/** What a reader has zoomed into: ranges that take the place of a chart's own, axis by axis. */

/** @typedef {import('./plan.js').Chart} Chart */
/** @typedef {readonly [number, number]} Range in values */
/** @typedef {{ x?: Range, rows: readonly (Range | undefined)[] }} Zoom */

/** @type {Zoom} */
export const WHOLE = { rows: [] };

/**
 * What is zoomed into after a reader has zoomed into some axes more.
 * @param {Zoom} zoom
 * @param {Zoom} further
 * @returns {Zoom}
 */
export function deeper(zoom, further) {
  return { x: further.x ?? zoom.x, rows: further.rows.map((range, k) => range ?? zoom.rows[k]) };
}

/**
 * The chart as it is seen: with the zoomed ranges, marked anew, and without the lines that were put away.
 * @param {Chart} chart
 * @param {Zoom} zoom
 * @param {ReadonlySet<string>} [away] names of lines
 * @returns {Chart}
 */
export function zoomed(chart, zoom, away = new Set()) {
  return {
    ...chart,
    x: within(chart.x, zoom.x),
    rows: chart.rows.map((row, k) => ({ ...row, y: within(row.y, zoom.rows[k]) })),
    lines: away.size === 0 ? chart.lines : chart.lines.filter(({ name }) => !away.has(name)),
  };
}

/** @param {import('./axis.js').Axis} axis @param {Range | undefined} range */
function within(axis, range) {
  return range === undefined ? axis : { ...axis, range, ticks: undefined };
}
