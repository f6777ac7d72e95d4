// @ts-check
/** What the network makes of a drawing, as the key and the values of a sentence. Pure. */
import { apart, fixed, short } from '../../kit/format.js';
import { saying } from '../../kit/saying.js';
import { ranking } from '../../nn/digits.js';

/** @typedef {import('../../kit/saying.js').Saying} Saying */

/** An a above this, while no other is above the second, is an answer without a rival. */
const SURE = 0.95;
const RIVAL = 0.5;

/**
 * Which digit it reads and how far the next is behind.
 * @param {readonly number[]} z
 * @param {readonly number[]} a of the same outputs
 * @returns {Saying}
 */
export function answerSaying(z, a) {
  const [best, next] = ranking(z);
  const level = z.map((value, k) => (value === z[best] ? k : -1)).filter((k) => k >= 0);
  if (level.length > 1) return saying('digits.said.level', { digits: listOf(level), a: fixed(a[best], 3) });
  const [first, second] = apart(a[best], a[next]);
  const sure = a[best] > SURE && a[next] < RIVAL;
  const values = { best, next, a: first, b: second, gap: gapOf(z[best] - z[next]) };
  return saying(sure ? 'digits.said.sure' : 'digits.said.close', values);
}

/**
 * Why a digit: its z, and how far that is before or behind its rival's.
 * @param {readonly number[]} z
 * @param {number} digit
 * @returns {Saying}
 */
export function whySaying(z, digit) {
  const [best, next] = ranking(z);
  const rival = digit === best ? next : best;
  const lead = z[digit] - z[rival];
  const where = lead > 0 ? 'ahead' : lead < 0 ? 'behind' : 'level';
  return saying('digits.why.words', {
    digit,
    z: fixed(z[digit]),
    where: saying(`digits.why.${where}`, { rival, gap: gapOf(Math.abs(lead)) }),
  });
}

/** A gap that is there is never written as none. @param {number} gap */
function gapOf(gap) {
  return short(gap, 2);
}

/** @param {readonly number[]} digits @returns {import('../../kit/saying.js').Word} */
function listOf([first, ...rest]) {
  return rest.length === 0 ? first : saying('common.list', { first, rest: listOf(rest) });
}
