// @ts-check
/**
 * A value that others can watch. Setting an equal value is silent; a listener is called at once with the value that is
 * there, so that first paint and update are one road; setting it while it is telling its listeners is a mistake.
 */

/**
 * @template T
 * @typedef {{ readonly value: T, link: (listener: (value: T, before: T | undefined) => void) => () => void }} Watched
 */

/**
 * @template T
 * @typedef {{ value: T, link: (listener: (value: T, before: T | undefined) => void) => () => void }} Observable
 */

/**
 * @template T
 * @param {T} initial
 * @param {(left: T, right: T) => boolean} [same] when two values count as equal
 * @returns {Observable<T>}
 */
export function observable(initial, same = Object.is) {
  /** @type {Set<(value: T, before: T | undefined) => void>} */
  const listeners = new Set();
  let value = initial;
  let telling = false;

  /** @param {T} next */
  function set(next) {
    if (same(value, next)) return;
    if (telling) throw new Error('an observable was set by one of its own listeners');
    const before = value;
    value = next;
    telling = true;
    try {
      for (const listener of [...listeners]) if (listeners.has(listener)) listener(value, before);
    } finally {
      telling = false;
    }
  }

  return {
    get value() {
      return value;
    },
    set value(next) {
      set(next);
    },
    link(listener) {
      listeners.add(listener);
      listener(value, undefined);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * A value computed from others, up to date whenever it is read or heard.
 * @template T
 * @param {readonly Watched<any>[]} sources
 * @param {(...values: any[]) => T} compute
 * @param {(left: T, right: T) => boolean} [same]
 * @returns {Watched<T> & { dispose: () => void }}
 */
export function derive(sources, compute, same = Object.is) {
  const now = () => compute(...sources.map((source) => source.value));
  const result = observable(now(), same);
  let linked = false;
  const unlinks = sources.map((source) =>
    source.link(() => {
      if (linked) result.value = now();
    }),
  );
  linked = true;
  return {
    get value() {
      return result.value;
    },
    link: result.link,
    dispose: () => {
      for (const unlink of unlinks) unlink();
    },
  };
}
