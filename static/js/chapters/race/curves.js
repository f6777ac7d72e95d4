// @ts-check
/** Cost, gradient and factor over the epochs, one under the other on one axis of epochs, with one cursor through all. */
import { charted } from '../../figures/chart/chart.js';
import { grouped } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';

/** @typedef {import('./state.js').Track} Track */
/** @typedef {{ tracks: Track[], length: number, log: boolean, at: number | null, layer: string, mode: string }} Curves */

/** What is drawn in which part of the height, from above. */
const ROWS = /** @type {const} */ ([
  ['cost', [0.68, 0.95]],
  ['gradient', [0.34, 0.61]],
  ['factor', [0, 0.27]],
]);

/**
 * @param {HTMLElement} element
 * @param {import('../../kit/observable.js').Watched<Curves>} curves
 * @param {(epoch: number) => void} look called with the epoch that was clicked
 * @returns {() => void} dispose
 */
export function raceCurves(element, curves, look) {
  const click = (/** @type {number} */ epoch) => look(Math.round(epoch));
  return charted(element, { state: curves }, { name: 'race', key: lookOf, chart, click });
}

/** @param {Curves} now */
function lookOf({ tracks, length, log, at, layer, mode }) {
  const ends = tracks.map(({ racer, x, cost, points }) => `${racer.name} ${x.length} ${cost.at(-1)} ${points.length}`);
  return [...ends, tracks[0]?.cost[0], length, log, at, layer, mode].join(' ');
}

/** @param {Curves} now @returns {import('../../figures/chart/plan.js').Chart} */
export function chart({ tracks, length, log, at, layer, mode }) {
  const marks = [0, 1, 2, 3, 4, 5].map((part) => Math.round((part * length) / 5));
  return {
    margin: { left: 3.2, right: 1.4, top: 0.2, bottom: 1.6 },
    x: {
      range: [0, length],
      ticks: marks.map((epoch) => ({ at: epoch, text: grouped(epoch) })),
      format: 'd',
      whole: true,
    },
    rows: ROWS.map(([row, share]) => ({
      y: { range: rangeOf(tracks, row, log), log },
      share,
      title: t(`race.chart.${row}${row === 'cost' || mode === 'neuron' ? '' : `.${layer}`}`),
    })),
    lines: ROWS.flatMap(([row], k) =>
      tracks.map((track) => ({
        name: t(`common.pair.${track.racer.pair}`),
        row: k,
        x: row === 'cost' ? track.x : track.points,
        y: track[row],
        shade: track.racer.shade,
        dash: track.racer.dash || undefined,
        format: '.4g',
      })),
    ),
    cursor: at,
    zoom: `${mode} ${log} ${length}`,
  };
}

/** Ends that hold all values of a row, with some room. @param {readonly Track[]} tracks @param {'cost' | 'gradient' | 'factor'} row @param {boolean} log @returns {[number, number]} */
function rangeOf(tracks, row, log) {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const track of tracks) {
    for (const value of track[row]) {
      if (!Number.isFinite(value) || value <= 0) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!log) return [0, high > 0 ? 1.08 * high : 1];
  const [bottom, top] = high > 0 ? [Math.log10(low), Math.log10(high)] : [-3, 0];
  const room = 0.08 * (top - bottom) + 0.05;
  return [10 ** (bottom - room), 10 ** (top + room)];
}
