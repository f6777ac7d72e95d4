// @ts-check
/** How far somebody has come on the path: kept in this browser and nowhere else. A browser that keeps nothing is no fault. */

const KEY = 'playground.progress';

/** @typedef {Pick<Storage, 'getItem' | 'setItem'>} Keeper */

/**
 * @param {() => Keeper | undefined} keeper where it is kept; asking for it may throw where a browser forbids it
 */
export function progress(keeper = () => globalThis.localStorage) {
  /** @returns {Set<string>} the names of the steps that are done */
  const done = () => {
    try {
      const names = JSON.parse(keeper()?.getItem(KEY) ?? '[]');
      return new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
    } catch {
      return new Set();
    }
  };
  const keep = (/** @type {string[]} */ names) => {
    try {
      keeper()?.setItem(KEY, JSON.stringify(names));
    } catch {
      // Nothing can be kept here: the path still works, it only forgets.
    }
  };
  return {
    done,
    /** @param {string} name */
    add: (name) => keep([...done().add(name)]),
    clear: () => keep([]),
  };
}
