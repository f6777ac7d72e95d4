// @ts-check
/** Files that set-up has put beside the pages, and whatever else is loaded once. */
import { Unreachable } from './server.js';

/** @param {string} address @returns {Promise<ArrayBuffer>} the file; Unreachable where it cannot be had now */
export async function bytes(address) {
  const answer = await fetch(address).catch(() => {
    throw new Unreachable();
  });
  if (answer.status >= 500) throw new Unreachable('gone', answer.headers.get('retry-after'));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.arrayBuffer().catch(() => {
    throw new Unreachable();
  });
}

/** The address for another attempt: a browser remembers by its address that a module could not be loaded. @param {string} address @param {number} attempt */
export function fresh(address, attempt) {
  return attempt === 0 ? address : `${address}?attempt=${attempt}`;
}

/**
 * Loads a thing when it is first needed, and never again; but what could not be had is tried again when it is next needed.
 * @template T
 * @param {(name: string, attempt: number) => Promise<T>} load `attempt` is 0 for the first: a module that failed to load is
 * remembered by its address, so that another try needs another one
 * @returns {(name?: string) => Promise<T>}
 */
export function once(load) {
  /** @type {Map<string, Promise<T>>} */
  const known = new Map();
  /** @type {Map<string, number>} */
  const failures = new Map();
  return (name = '') => {
    const there = known.get(name);
    if (there) return there;
    const attempt = failures.get(name) ?? 0;
    const loading = load(name, attempt);
    known.set(name, loading);
    loading.catch(() => {
      known.delete(name);
      failures.set(name, attempt + 1);
    });
    return loading;
  };
}
