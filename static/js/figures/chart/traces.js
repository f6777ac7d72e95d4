// @ts-check
/** A chart in Plotly's words: the same lines, axes and places, of which nothing but what is read off will be seen. Pure. */

/** @typedef {import('./plan.js').Chart} Chart */
/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./zoom.js').Zoom} Zoom */
/** @typedef {import('./zoom.js').Range} Range */

/** Somebody's words for a line: Plotly takes what looks like markup for markup. @param {string} text */
export function plain(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What Plotly calls the axis of y of a row. @param {number} row */
const rowName = (row) => (row === 0 ? 'y' : `y${row + 1}`);

/**
 * @param {Chart} chart
 * @param {(token: string) => string} colour
 * @returns {any[]}
 */
export function tracesOf({ lines, field, x, rows }, colour) {
  const drawn = lines.map(({ name, x: across, y, row = 0, shade, format = '.3f' }) => ({
    type: 'scatter',
    mode: across.length > 1 ? 'lines' : 'markers',
    name: plain(name),
    x: [...across],
    y: rows[row].y.log ? y.map((value) => (value > 0 ? value : null)) : [...y],
    yaxis: rowName(row),
    line: { color: colour(`--class-${shade}`), simplify: false },
    marker: { color: colour(`--class-${shade}`) },
    hovertemplate: `%{y:${format}}`,
  }));
  if (field === undefined) return drawn;
  const { x: across, y, values, format } = field;
  const template = `${x.title} %{x:.2f}, ${rows[0].y.title} %{y:.2f}: ${format}<extra></extra>`;
  const map = { type: 'contour', x: across, y, z: values, showscale: false, contours: { coloring: 'none' } };
  return [{ ...map, line: { width: 0 }, hovertemplate: template }, ...drawn];
}

/**
 * @param {Chart} chart
 * @param {Plan} plan
 */
export function layoutOf({ x, rows, field }, plan) {
  const { box } = plan;
  const [width, height] = [Math.round(plan.width), Math.round(plan.height)];
  const own = { zeroline: false, showgrid: false, showline: false, showticklabels: false };
  const axis = (/** @type {import('./axis.js').Axis} */ { range, log, format }) => ({
    ...own,
    type: log ? 'log' : 'linear',
    range: log ? range.map(Math.log10) : [...range],
    hoverformat: format,
  });
  const up = rows.map((row, k) => [
    `yaxis${k === 0 ? '' : k + 1}`,
    { ...axis(row.y), domain: [...(row.share ?? [0, 1])], anchor: 'x' },
  ]);
  return {
    width,
    height,
    margin: { l: box.left, t: box.top, r: width - box.left - box.width, b: height - box.top - box.height, pad: 0 },
    xaxis: { ...axis(x), anchor: rowName(rows.length - 1) },
    ...Object.fromEntries(up),
    hovermode: field ? 'closest' : 'x unified',
    hoversubplots: 'axis',
  };
}

/**
 * The ranges that a reader has zoomed into, in a change that Plotly tells of.
 * @param {Chart} chart as Plotly showed it
 * @param {Record<string, any>} change such as `{ 'xaxis.range[0]': 1, 'xaxis.range[1]': 2 }`
 * @returns {Zoom}
 */
export function zoomOf({ x, rows }, change) {
  const range = (/** @type {string} */ name, log = false) => {
    const [low, high] = change[`${name}.range`] ?? [change[`${name}.range[0]`], change[`${name}.range[1]`]];
    if (low === undefined || high === undefined) return undefined;
    return /** @type {Range} */ (log ? [10 ** low, 10 ** high] : [low, high]);
  };
  return {
    x: range('xaxis', x.log),
    rows: rows.map((row, k) => range(`yaxis${k === 0 ? '' : k + 1}`, row.y.log)),
  };
}
