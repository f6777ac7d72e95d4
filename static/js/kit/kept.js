// @ts-check
/** What is too long for an address: kept in this browser, the newest few, and named in the address by a digest of its text. */

/** @typedef {Pick<Storage, 'getItem' | 'setItem'>} Keeper */
/** @typedef {[reference: string, text: string]} Kept */

const KEY = 'playground.kept';
const MARK = 'kept:';
/** So many are kept, the newest first. */
const MOST = 6;

/** Two passes of FNV-1a and the length: enough to tell one browser's few texts apart. @param {string} text */
function digest(text) {
  const passes = [0x811c9dc5, 0x2f0b4a27].map((hash) => {
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash >>> 0).toString(36);
  });
  return [...passes, text.length.toString(36)].join('-');
}

/** Whether an address names something kept, here or elsewhere. @param {string} text */
export function isReference(text) {
  return text.startsWith(MARK);
}

/**
 * @param {() => Keeper | undefined} keeper where it is kept; asking for it may throw where a browser forbids it
 */
export function kept(keeper = () => globalThis.localStorage) {
  /** @returns {Kept[]} none where nothing, or something else, is kept */
  const stored = () => {
    try {
      const all = JSON.parse(keeper()?.getItem(KEY) ?? '[]');
      return Array.isArray(all) ? all.filter((one) => Array.isArray(one) && one.length === 2) : [];
    } catch {
      return [];
    }
  };
  /** Whether the browser took it: the oldest go where there is no room. @param {Kept[]} all */
  const store = (all) => {
    for (let count = all.length; count > 0; count -= 1) {
      try {
        const box = keeper();
        if (box === undefined) return false;
        box.setItem(KEY, JSON.stringify(all.slice(0, count)));
        return true;
      } catch {
        // No room for so many, or for any: the answer says it.
      }
    }
    return false;
  };
  return {
    /** @param {string} text @returns {{ reference: string, safe: boolean }} `safe`: whether it outlives the page */
    keep(text) {
      const reference = MARK + digest(text);
      const others = stored().filter(([one]) => one !== reference);
      /** @type {Kept[]} */
      const all = [[reference, text], ...others];
      return { reference, safe: store(all.slice(0, MOST)) };
    },
    /** @param {string} reference @returns {string | undefined} undefined where it is not, or no longer, kept */
    find: (reference) => stored().find(([one]) => one === reference)?.[1],
  };
}

/**
 * An entry of an address whose longer texts are kept beside it.
 * @template {object | null} T
 * @param {import('./address.js').Entry<T>} entry
 * @param {number} longest the length that the address carries
 * @param {ReturnType<typeof kept>} store
 */
export function keptEntry(entry, longest, store) {
  /** @type {WeakMap<object, { text: string, safe: boolean | null }>} */
  const known = new WeakMap();
  const placed = (/** @type {T} */ value) => {
    const before = value === null ? undefined : known.get(value);
    if (before) return before;
    const text = entry.write(value);
    const { reference, safe } = text.length > longest ? store.keep(text) : { reference: text, safe: null };
    if (value !== null) known.set(value, { text: reference, safe });
    return { text: reference, safe };
  };
  return {
    ...entry,
    keeps: true,
    read: (/** @type {string} */ text) => {
      const whole = isReference(text) ? store.find(text) : text;
      return whole === undefined ? undefined : entry.read(whole);
    },
    write: (/** @type {T} */ value) => placed(value).text,
    /** Whether a long value outlives the page; null where the address carries it. @param {T} value */
    isSafe: (value) => placed(value).safe,
  };
}
