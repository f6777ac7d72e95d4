// @ts-check
/** What a gradient check says of each array of a rule: whether its step has the right direction, and the right size. Pure. */
import { full, percent, power, short } from '../../kit/format.js';
import { saying } from '../../kit/saying.js';

/** @typedef {'exact' | 'article'} Rule */
/** @typedef {'direction' | 'size'} Aspect */
/**
 * As the server answers, a number a layer; null for what is infinite. `times_…`: how many times the true slope a step goes
 * along it; `turned_…`: how far it is off when that is made good.
 * @typedef {Record<'times_w' | 'times_b' | 'turned_w' | 'turned_b', (number | null)[]>} Check
 */
/** @typedef {{ rule: Rule, name: string, aspect: Aspect, value: number, good: boolean, text: string }} Verdict */

export const ASPECTS = /** @type {readonly Aspect[]} */ (['direction', 'size']);
/** A relative difference larger than this is no rounding error. */
const WRONG = 1e-4;

/**
 * @param {readonly Rule[]} rules
 * @param {readonly Check[]} found one for each rule
 * @returns {Verdict[]} rule by rule, array by array
 */
export function verdicts(rules, found) {
  return found.flatMap((check, k) =>
    check.times_w.flatMap((_, layer) =>
      /** @type {const} */ (['w', 'b']).flatMap((kind) => {
        const name = `∂${kind === 'w' ? 'W' : 'b'}${layer + 2}`;
        const [turned, times] = [check[`turned_${kind}`][layer], check[`times_${kind}`][layer]];
        return [
          { rule: rules[k], name, aspect: /** @type {Aspect} */ ('direction'), ...direction(turned ?? Infinity) },
          { rule: rules[k], name, aspect: /** @type {Aspect} */ ('size'), ...size(times ?? Infinity) },
        ];
      }),
    ),
  );
}

/** @param {number} turned */
function direction(turned) {
  const good = turned <= WRONG;
  return { value: turned, good, text: good ? (turned === 0 ? '0' : power(turned, 0)) : percent(turned) };
}

/** @param {number} times */
function size(times) {
  const good = Math.abs(times - 1) <= WRONG;
  return { value: times, good, text: `× ${good ? '1' : fewest(times)}` };
}

/** Three digits or as many as tell it from 1, without zeros that say nothing. @param {number} value */
function fewest(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 1e5 || (size < 1e-3 && size > 0)) return short(value);
  const digits = [3, 4, 5, 6].find((count) => size < 10 ** count && Number(value.toPrecision(count)) !== 1) ?? 6;
  return full(Number(value.toPrecision(digits)));
}

/**
 * What is wrong, in sentences; one if nothing is.
 * @param {readonly Verdict[]} all
 * @returns {import('../../kit/saying.js').Saying[]}
 */
export function faults(all) {
  const wrong = all.filter(({ good }) => !good);
  if (wrong.length === 0) return [saying('train.check.well')];
  return wrong.map(({ rule, name, aspect, text }) =>
    saying(`train.check.off.${aspect}`, { rule: saying(`spec.rule.${rule}`), name, text }),
  );
}
