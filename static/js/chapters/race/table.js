// @ts-check
/** One line a racer: where it stands at the epoch looked at, and after how many epochs it had halved its cost. */

import { html, say, set } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { svg } from '../../figures/svg.js';
import { grouped, percent, short } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { valueAt } from './state.js';

/** @typedef {import('./state.js').Track & { accuracy?: number[], a?: readonly number[] }} Track */
/** @typedef {{ tracks: Track[], epoch: number, over: boolean, length: number, mode: 'neuron' | 'networks' }} Standing */

const COLUMNS = /** @type {const} */ (['answer', 'cost', 'gradient', 'factor', 'half']);

/**
 * @param {HTMLTableElement} table
 * @param {import('../../kit/observable.js').Watched<Standing>} standing
 */
export function raceTableView(table, standing) {
  let built = '';
  const paintAll = () => {
    const now = standing.value;
    const key = `${now.mode} ${now.tracks.map(({ racer }) => racer.name).join()}`;
    if (key !== built) build(table, now);
    built = key;
    now.tracks.forEach((track, i) => {
      paint(/** @type {HTMLTableRowElement} */ (table.tBodies[0].rows[i]), track, now);
    });
  };
  standing.link(whileSeen(table, paintAll, nextFrame));
}

/** @param {HTMLTableElement} table @param {Standing} now */
function build(table, { tracks, mode }) {
  const head = COLUMNS.map((name) =>
    html(
      'th',
      { scope: 'col', 'data-column': name, title: t(`race.column.${name}.title`) },
      t(name === 'answer' ? `race.column.${mode}` : `race.column.${name}`),
    ),
  );
  const rows = tracks.map(({ racer }) =>
    html(
      'tr',
      { 'data-class': racer.shade, 'data-racer': racer.name },
      html('th', { scope: 'row', class: 'hue' }, sample(racer), t(`common.pair.${racer.pair}`)),
      ...COLUMNS.map((name) => html('td', { 'data-column': name })),
    ),
  );
  table.replaceChildren(
    html('caption', { class: 'unseen' }, t('race.table')),
    html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, t('race.column.racer')), ...head)),
    html('tbody', {}, ...rows),
  );
}

/** A piece of a racer's line, as the charts have it. @param {Track['racer']} racer */
function sample({ dash }) {
  const line = svg('path', { class: 'line', d: 'M0 6H40', 'data-dash': dash });
  return svg('svg', { class: 'swatch', viewBox: '0 0 40 12', 'aria-hidden': 'true' }, [line]);
}

/** @param {HTMLTableRowElement} row @param {Track} track @param {Standing} now */
function paint(row, track, { epoch, over, length, mode }) {
  const at = (/** @type {readonly number[] | undefined} */ list) => (list ? valueAt(track.points, list, epoch) : null);
  const numbers = {
    answer: at(mode === 'neuron' ? track.a : track.accuracy),
    cost: valueAt(track.x, track.cost, epoch),
    gradient: at(track.gradient),
    factor: at(track.factor),
  };
  const cells = Object.fromEntries([...row.cells].slice(1).map((cell) => [cell.dataset.column, cell]));
  for (const [name, value] of Object.entries(numbers)) {
    const text =
      value === null
        ? '–'
        : name === 'answer' && mode === 'networks'
          ? percent(value)
          : short(value, name === 'answer' ? 3 : 4);
    say(cells[name], text);
    if (value === null) delete cells[name].dataset.value;
    else set(cells[name], { 'data-value': String(value) });
  }
  say(cells.half, halfText(track, over, length));
  if (track.half !== null) set(cells.half, { 'data-value': String(track.half) });
  else delete cells.half.dataset.value;
}

/**
 * When a cost had halved. From a thinned curve that is known only to the last epoch that was drawn before it.
 * @param {Pick<Track, 'half' | 'x'>} track
 * @param {boolean} over
 * @param {number} length
 */
export function halfText({ half, x }, over, length) {
  if (half === null) return over ? `> ${grouped(length)}` : '…';
  const place = x.indexOf(half);
  const known = place <= 0 || x[place] - x[place - 1] === 1;
  return known ? grouped(half) : `≤ ${grouped(half)}`;
}

/** What the table shows, for a file. @param {Standing} now @returns {string[][]} */
export function raceRows({ tracks }) {
  return [
    ['racer', 'epoch', 'cost', 'gradient', 'factor'],
    ...tracks.flatMap(({ racer, x, cost, points, gradient, factor }) =>
      x.map((epoch, i) => {
        const point = points.indexOf(epoch);
        const slopes = point === -1 ? ['', ''] : [String(gradient[point]), String(factor[point])];
        return [racer.name, String(epoch), String(cost[i]), ...slopes];
      }),
    ),
  ];
}
