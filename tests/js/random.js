// @ts-check
/**
 * Random numbers from 0 to 1 that are the same in every run: a linear congruence modulo 2³², its high bits.
 * @param {number} seed
 */
export function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state >>> 8) + 0.5) / 2 ** 24;
  };
}
