// @ts-check
import { observable } from './observable.js';

/**
 * What a hand is doing: a gesture begins, moves the state any number of times, and ends as one step of the history. The
 * trail keeps where things were when the last gesture began, until the next one begins.
 * @template S
 * @typedef {{ kind: string, index: number, before: S }} Trail
 */

/**
 * @template S
 * @param {import('./observable.js').Observable<S>} state
 * @param {{ record: (state: S) => void, amend: (state: S) => void, undo: () => S, redo: () => S }} past
 * @param {(restored: S, present: S) => S} [restore] what of the present an undo leaves alone
 */
export function gestures(state, past, restore = (restored) => restored) {
  const held = observable(false);
  /** What the keys have been moving since something else was done. */
  let pressed = '';
  const trail = observable(/** @type {Trail<S>} */ ({ kind: 'none', index: -1, before: state.value }));

  /** @param {string} kind @param {number} [index] */
  const begin = (kind, index = -1) => {
    held.value = true;
    pressed = '';
    trail.value = { kind, index, before: state.value };
  };
  /** @param {S} next */
  const move = (next) => {
    state.value = next;
  };
  const end = () => {
    past.record(state.value);
    held.value = false;
  };

  return {
    trail,
    /** Whether a gesture has begun and not ended. */
    held,
    begin,
    move,
    end,
    /** A press of a key, one of many: those that move the same thing are one gesture. @param {string} kind @param {number} index @param {S} next */
    press(kind, index, next) {
      const name = `${kind} ${index}`;
      const goesOn = pressed === name;
      if (!goesOn) begin(kind, index);
      pressed = name;
      held.value = true;
      move(next);
      if (goesOn) past.amend(state.value);
      else past.record(state.value);
      held.value = false;
    },
    /** The focus has left: the next press is a gesture of its own. */
    part() {
      pressed = '';
    },
    /** A change that is complete at once. @param {string} kind @param {number} index @param {S} next */
    once(kind, index, next) {
      begin(kind, index);
      move(next);
      end();
    },
    /** A change of what is shown, not of what is said: nothing to undo. @param {S} next */
    show: move,
    /** Another scene altogether: nothing has led to it. @param {S} next */
    arrive(next) {
      held.value = false;
      trail.value = { kind: 'none', index: -1, before: next };
      move(next);
    },
    undo() {
      begin('undo');
      move(restore(past.undo(), state.value));
      held.value = false;
    },
    redo() {
      begin('redo');
      move(restore(past.redo(), state.value));
      held.value = false;
    },
  };
}
