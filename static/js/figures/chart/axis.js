// @ts-check
/** An axis of a chart: where a value lies on it, and round values to mark it at. Pure: it knows no pixels and no page. */
import { fixed, grouped, power, raised } from '../../kit/format.js';

/** @typedef {{ at: number, text: string }} Tick */
/**
 * @typedef {{
 *   range: readonly [number, number], log?: boolean, whole?: boolean, ticks?: readonly Tick[], title?: string, format?: string
 * }} Axis `range`: its ends, in values (on a logarithmic axis, too); `whole`: it counts; `ticks`: where it is marked, or round
 * values if it does not say; `format`: of a value that is read off, as d3 writes it
 */

const ROUND = [1, 2, 5];
/** The factors of a decade that are marked, from the closest marks to the fewest. */
const FACTORS = [[1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
/** From here on, and below its inverse, a power of ten is clearer than a row of zeros. */
const LARGE = 100_000;

/**
 * Where values lie on an axis.
 * @param {Axis} axis
 * @returns {(value: number) => number} the share of its length, 0 at its beginning; NaN for what has no place on it
 */
export function scale({ range: [low, high], log = false }) {
  if (!log) return (value) => (value - low) / (high - low);
  const [from, to] = [Math.log10(low), Math.log10(high)];
  return (value) => (value > 0 ? (Math.log10(value) - from) / (to - from) : Number.NaN);
}

/**
 * The value at a share of an axis: what `scale` does, backwards.
 * @param {Axis} axis
 * @returns {(share: number) => number}
 */
export function unscale({ range: [low, high], log = false }) {
  if (!log) return (share) => low + share * (high - low);
  return (share) => low * (high / low) ** share;
}

/**
 * The marks of an axis: its own, or round values inside its range.
 * @param {Axis} axis
 * @param {number} most how many there is room for
 * @returns {readonly Tick[]}
 */
export function ticksOf(axis, most) {
  if (axis.ticks) return axis.ticks;
  const ticks = axis.log ? logTicks(axis.range, most) : linearTicks(axis.range, most);
  if (!axis.whole) return ticks;
  return ticks.filter(({ at }) => Number.isInteger(at)).map(({ at }) => ({ at, text: grouped(at) }));
}

/**
 * Multiples of 1, 2 or 5 times a power of ten.
 * @param {readonly [number, number]} range
 * @param {number} most
 * @returns {Tick[]}
 */
export function linearTicks([low, high], most) {
  const step = roundStep((high - low) / Math.max(most - 1, 1));
  if (!(step > 0) || !Number.isFinite(step)) return [];
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, k) => {
    const at = Number(((first + k) * step).toPrecision(12));
    return { at, text: tickText(at, step) };
  });
}

/** The round step that is at least this long. @param {number} least */
function roundStep(least) {
  const decade = 10 ** Math.floor(Math.log10(least));
  const factor = ROUND.find((one) => one * decade >= least * (1 - 1e-9)) ?? 10;
  return factor * decade;
}

/** As many places as tell a tick from the next. @param {number} value @param {number} step */
function tickText(value, step) {
  if (value === 0) return '0';
  const finest = Math.floor(Math.log10(step) + 1e-9);
  const largest = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
  if (Math.abs(value) >= LARGE || step < 1 / LARGE) return power(value, Math.min(Math.max(largest - finest, 0), 15));
  return fixed(value, Math.max(-finest, 0));
}

/**
 * Powers of ten, and round factors of them where there is room; within less than an octave, as on a linear axis.
 * @param {readonly [number, number]} range
 * @param {number} most
 * @returns {Tick[]}
 */
export function logTicks([low, high], most) {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [];
  const decades = Array.from({ length: to - from + 1 }, (_, k) => from + k);
  const inside = (/** @type {number[]} */ factors, every = 1) =>
    decades
      .filter((decade) => decade % every === 0)
      .flatMap((decade) => factors.map((factor) => ({ factor, decade, at: Number(`${factor}e${decade}`) })))
      .filter(({ at }) => at >= low && at <= high);
  const fitting = FACTORS.map((factors) => inside(factors)).find((all) => all.length <= most);
  const marks = fitting ?? inside([1], Math.ceil(decades.length / Math.max(most, 1)));
  if (marks.length < 2) return linearTicks([low, high], most).filter(({ at }) => at > 0);
  return marks.map(({ factor, decade, at }) => ({ at, text: decadeText(factor, decade, at) }));
}

/** 0.05, 20, 10⁻⁷, 5×10⁻⁷. @param {number} factor @param {number} decade @param {number} at */
function decadeText(factor, decade, at) {
  if (at >= 0.001 && at < 10_000) return String(at);
  return factor === 1 ? `10${raised(decade)}` : `${factor}×10${raised(decade)}`;
}
