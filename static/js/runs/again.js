// @ts-check
/** When to ask again for what could not be had: later and later, never all at once, and not before the server said. */

/** Milliseconds before the first return, and the most. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8000;

/**
 * @param {number} attempt 0 for the first
 * @param {() => number} random 0 to 1
 * @returns {number} milliseconds to wait: doubling, half of it by chance
 */
export function pause(attempt, random) {
  const whole = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt);
  return whole / 2 + (whole / 2) * random();
}

/** @typedef {{ wait: (task: () => void, milliseconds: number) => unknown, random: () => number }} Clock */

/** The page's own. @type {Clock} */
export const CLOCK = { wait: (task, milliseconds) => setTimeout(task, milliseconds), random: Math.random };

/**
 * One thing that is asked for again and again.
 * @param {Partial<Clock>} [world]
 */
export function patience(world = {}) {
  const { wait, random } = { ...CLOCK, ...world };
  let attempt = 0;
  return {
    /** Does a task later than the last time. @param {() => void} task @param {unknown} [error] that may say how long the server wants to be left alone */
    again(task, error) {
      const asked = 1000 * secondsOf(error);
      wait(task, asked + pause(attempt, random));
      attempt += 1;
    },
    /** It was had: the next trouble is a new one. */
    well() {
      attempt = 0;
    },
  };
}

/** What an answer's Retry-After asks for, in seconds. @param {any} error @returns {number} */
function secondsOf(error) {
  const seconds = Number(error?.retry ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}
