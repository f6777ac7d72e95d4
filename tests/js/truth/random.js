// @ts-check
/** States for tests that try thousands: seeded, with many ties, extremes and every kind of target. */

/** A small generator of uniform numbers in [0, 1). @param {number} seed */
export function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** @typedef {() => number} Random */

/** @param {Random} random @param {number} low @param {number} high whole, both included */
export const whole = (random, low, high) => low + Math.floor(random() * (high - low + 1));

/** @template T @param {Random} random @param {readonly T[]} list @returns {T} */
export const one = (random, list) => list[Math.floor(random() * list.length)];

/** 2 to 12 logits: ordinary, tied, far apart, huge or nearly the same. @param {Random} random @param {number} [count] @returns {number[]} */
export function logits(random, count = whole(random, 2, 12)) {
  const kind = one(random, ['plain', 'plain', 'plain', 'ties', 'ties', 'all', 'far', 'huge', 'near', 'certain']);
  const value = () => {
    const u = 2 * random() - 1;
    if (kind === 'ties') return whole(random, -2, 2);
    if (kind === 'far') return Math.round(u * 800);
    if (kind === 'huge') return u * 10 ** whole(random, 3, 300);
    if (kind === 'near') return 1 + u * 10 ** -whole(random, 3, 15);
    return Math.round(u * 600) / 100;
  };
  if (kind === 'all') return Array(count).fill(whole(random, -3, 3));
  const z = Array.from({ length: count }, value);
  if (kind === 'certain') z[whole(random, 0, count - 1)] += whole(random, 30, 60);
  return z;
}

/** A target for so many classes of one of the three kinds. @param {Random} random @param {number} count */
export function target(random, count) {
  const kind = one(random, /** @type {const} */ (['one-hot', 'soft', 'soft', 'multi-hot']));
  if (kind === 'one-hot') {
    const right = whole(random, 0, count - 1);
    return { kind, y: Array.from({ length: count }, (_, i) => (i === right ? 1 : 0)) };
  }
  if (kind === 'multi-hot') return { kind, y: Array.from({ length: count }, () => whole(random, 0, 1)) };
  /** @type {number[]} */
  const parts = Array.from({ length: count }, () => whole(random, 0, 4));
  if (!parts.some((part) => part > 0)) parts[0] = 1;
  const all = parts.reduce((sum, part) => sum + part, 0);
  return { kind, y: parts.map((part) => part / all) };
}
