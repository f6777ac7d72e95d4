// @ts-check
/** What a search for counter-examples has found, and why the floats break a claim that is true in ℝ. Pure. */
import { fixed, full, power, short } from '../../kit/format.js';
import { saying } from '../../kit/saying.js';
import { FORMATS, sumIn } from '../../nn/floats.js';
import { logSoftmax } from '../../nn/layers.js';
import { CLAIMS, SEARCHED } from '../../nn/search.js';

/** @typedef {import('../../nn/search.js').Found} Found */
/** @typedef {import('../../kit/saying.js').Saying} Saying */

/**
 * What a finished search shows as a whole: nothing, roundings of the sum alone, or shares that floats lose.
 * @param {import('../../nn/search.js').Tally} tally
 * @param {number} width the z lay within ± this
 * @returns {Saying}
 */
export function searchSaid(tally, width) {
  const counts = CLAIMS.map((claim) => Math.max(...SEARCHED.map((format) => tally[claim][format].count)));
  const [sums, others] = [counts[CLAIMS.indexOf('whole')], counts.filter((_, k) => CLAIMS[k] !== 'whole')];
  if (others.some((count) => count > 0)) return saying('falsify.done.lost', { width });
  return saying(sums > 0 ? 'falsify.done.sums' : 'falsify.done.none', { width });
}

/**
 * A counter-example in numbers, and why.
 * @param {Found} found
 * @returns {Saying[]}
 */
export function foundSaid({ claim, format, kind, z, i, by, j, a, after }) {
  const { least, step, round } = FORMATS[format];
  const logs = logSoftmax(z);
  const sum = sumIn(a, round);
  const values = {
    a: { symbol: 'a', index: j },
    zi: { symbol: 'z', index: i },
    z: z.map((value) => fixed(value)).join(', '),
    format,
    by: fixed(by),
    was: full(a[j]),
    now: full(after[j]),
    log: short(logs[j], 1),
    true: tiny(logs[j]),
    rest: small(restOf(logs, j)),
    least: small(least),
    // The floats above 1 are twice as far apart as those below.
    gap: small(2 * step),
    sum: full(sum),
    off: small(Math.abs(sum - 1)),
    change: small(changeOf(logs, i, j, by)),
  };
  const why = kind === 'stuck' ? `stuck.${a[j] === 0 ? 'zero' : a[j] === 1 ? 'one' : 'between'}` : kind;
  const hidden = claim !== 'whole' && format === 'float32';
  return [
    saying('falsify.at', values),
    saying(`falsify.why.${why}`, values),
    ...(hidden ? [saying('falsify.float32')] : []),
  ];
}

/** What all others have together. @param {readonly number[]} logs ln a @param {number} j */
function restOf(logs, j) {
  return logs.reduce((sum, value, k) => (k === j ? sum : sum + Math.exp(value)), 0);
}

/** By how much a_j truly changes as z_i is raised. @param {readonly number[]} logs @param {number} i @param {number} j @param {number} by */
function changeOf(logs, i, j, by) {
  const grown = Math.expm1(by);
  const share = Math.exp(logs[i]);
  const part = grown / (1 + share * grown);
  return j === i ? share * restOf(logs, i) * part : -Math.exp(logs[j]) * share * part;
}

/** A number of any size in few digits. @param {number} value */
function small(value) {
  return value === 0 || Math.abs(value) >= 0.01 ? short(value, 3) : power(value, 1);
}

/** e to a power that may be beyond any float. @param {number} logarithm */
export function tiny(logarithm) {
  const decimal = logarithm / Math.LN10;
  if (decimal > -300) return small(Math.exp(logarithm));
  const exponent = Math.floor(decimal);
  const digits = (10 ** (decimal - exponent)).toFixed(1);
  return digits === '10.0' ? `1.0×10^${fixed(exponent + 1, 0)}` : `${digits}×10^${fixed(exponent, 0)}`;
}
