// @ts-check
/**
 * A page's whole state, as its address can hold it: read at the start, written at rest, undone, and taken anew from another
 * address at any time without a reload. Back and forward move between the scenes that a person would call steps.
 */

import { misread, readUrl, writeUrl } from './address.js';
import { gestures } from './gesture.js';
import { observable } from './observable.js';
import { history } from './undo.js';

/** @typedef {import('./address.js').Table} Table */
/** @typedef {import('./address.js').Misread} Misread */

/** Milliseconds that changes rest before they are written: browsers refuse more than 100 changes of an address in 30 s. */
const REST = 250;

/** Where a scene is kept: the browser's address. */
export const BROWSER = {
  search: () => location.search,
  /** @param {string} search */
  replace: (search) => globalThis.history.replaceState(null, '', `${location.pathname}${search}${location.hash}`),
  /** @param {string} search */
  push: (search) => globalThis.history.pushState(null, '', `${location.pathname}${search}${location.hash}`),
  /** @param {() => void} moved told when a person has gone back or forward */
  onMove: (moved) => addEventListener('popstate', moved),
  /** @param {() => void} flush told before a link is followed or the page left: they carry the address along */
  onLeave: (flush) => {
    addEventListener('pagehide', flush);
    addEventListener('click', flush, true);
  },
};

/**
 * @template {Record<string, any>} S
 * @typedef {{
 *   from?: (given: any) => S, to?: (state: S) => Record<string, any>,
 *   restore?: (restored: S, present: S) => S, isStep?: (before: S, now: S) => boolean,
 *   shown?: (now: S, before: S) => void,
 * }} Form `from`, `to`: between what an address says and the state; `restore`: what of the present an undo leaves alone;
 * `isStep`: whether Back leads from `now` to `before`; `shown`: told after another address was taken
 */

/**
 * @template {Record<string, any>} S
 * @param {Table} table
 * @param {Form<S>} [form]
 * @param {typeof BROWSER} [place]
 */
export function scene(table, form = {}, place = BROWSER) {
  const { from = (given) => given, to = (now) => now, restore, isStep = () => false, shown } = form;
  const read = () => from(readUrl(table, place.search()));
  const state = observable(/** @type {S} */ (read()));
  const wrong = (/** @type {string} */ search) => misread(table, search, to(state.value));
  const faults = observable(wrong(place.search()));
  const past = history(state.value);
  const gesture = gestures(state, past, restore);
  const written = (/** @type {S} */ now) => writeUrl(table, to(now), place.search());
  /** What an address says of this scene. @param {string} search */
  const said = (search) => writeUrl(table, readUrl(table, search), '');
  let told = said(place.search());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** A step was made just now: another one so soon is the same. */
  let stepped = false;
  let taking = false;

  const write = (put = place.replace) => {
    clearTimeout(timer);
    timer = undefined;
    const search = written(state.value);
    if (search !== place.search()) put(search);
    told = said(search);
  };
  const flush = () => {
    if (timer !== undefined) write();
  };

  state.link((now, before) => {
    if (before === undefined || taking) return;
    if (isStep(before, now) && !stepped) {
      // What is left behind stays in the address as it was left.
      if (timer !== undefined) place.replace(written(before));
      write(place.push);
      stepped = true;
      setTimeout(() => {
        stepped = false;
      }, REST);
    } else {
      clearTimeout(timer);
      timer = setTimeout(() => write(), REST);
    }
  });

  /** Takes another address. @param {string} search such as "?z=1,2" */
  const show = (search) => {
    clearTimeout(timer);
    [timer, taking] = [undefined, true];
    const before = state.value;
    try {
      gesture.arrive(from(readUrl(table, search)));
    } finally {
      taking = false;
    }
    told = said(search);
    faults.value = wrong(search);
    past.stands(before);
    past.record(state.value);
    if (written(state.value) !== place.search()) timer = setTimeout(() => write(), REST);
    shown?.(state.value, before);
  };

  place.onMove(() => {
    // A link to a place within the page moves, too, and says nothing new.
    if (said(place.search()) !== told) show(place.search());
  });
  place.onLeave(flush);

  return { state, show, faults, past, gesture };
}

/**
 * A change of any of these is a step.
 * @param {...string} names
 * @returns {(before: Record<string, any>, now: Record<string, any>) => boolean}
 */
export function differsIn(...names) {
  return (before, now) => names.some((name) => before[name] !== now[name]);
}
