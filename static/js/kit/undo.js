// @ts-check
import { observable } from './observable.js';

/**
 * Undo and redo over whole states, which are values and never change. `record` is called when a change is complete (a drag
 * has ended, a field was left), not while it goes on.
 * @template T
 * @param {T} initial
 * @param {number} [limit] how many states are kept
 */
export function history(initial, limit = 200) {
  /** @type {T[]} */
  let past = [];
  /** @type {T[]} */
  let future = [];
  let present = initial;
  const can = observable(
    { undo: false, redo: false },
    (left, right) => left.undo === right.undo && left.redo === right.redo,
  );
  const tell = () => {
    can.value = { undo: past.length > 0, redo: future.length > 0 };
  };

  return {
    /** Whether there is something to undo and to redo. */
    can,
    /** @param {T} state */
    record(state) {
      if (Object.is(state, present)) return;
      past = [...past, present].slice(-limit);
      future = [];
      present = state;
      tell();
    },
    /** Puts a state in the place of the one recorded last: both are one step. @param {T} state */
    amend(state) {
      future = [];
      present = state;
      tell();
    },
    /** The present state as it stands by now, which is no step of its own. @param {T} state */
    stands(state) {
      present = state;
    },
    /** @returns {T} the state before, or the present one where there is none */
    undo() {
      const before = past.at(-1);
      if (before === undefined) return present;
      past = past.slice(0, -1);
      future = [present, ...future];
      present = before;
      tell();
      return present;
    },
    /** @returns {T} the state that was undone last, or the present one where there is none */
    redo() {
      const [after, ...rest] = future;
      if (after === undefined) return present;
      future = rest;
      past = [...past, present];
      present = after;
      tell();
      return present;
    },
  };
}

/**
 * Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y (Cmd on a Mac) anywhere on the page but in a field with a change that is not yet entered:
 * there they belong to the field.
 * @param {{ undo: () => void, redo: () => void }} actions
 * @param {EventTarget} [target]
 * @returns {() => void} dispose
 */
export function historyKeys(actions, target = globalThis) {
  /** @type {WeakSet<EventTarget>} */
  const typing = new WeakSet();
  /** @param {Event} event */
  const typed = ({ target: field }) => field && typing.add(field);
  /** @param {Event} event */
  const entered = ({ target: field }) => field && typing.delete(field);
  /** @param {Event} event */
  const pressed = (event) => {
    const { key, ctrlKey, metaKey, shiftKey } = /** @type {KeyboardEvent} */ (event);
    if (!(ctrlKey || metaKey) || !['z', 'y'].includes(key.toLowerCase())) return;
    if (event.target && typing.has(event.target)) return;
    event.preventDefault();
    if (key.toLowerCase() === 'y' || shiftKey) actions.redo();
    else actions.undo();
  };

  const listeners = /** @type {const} */ ([
    ['input', typed],
    ['change', entered],
    ['keydown', pressed],
  ]);
  for (const [name, listener] of listeners) target.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of listeners) target.removeEventListener(name, listener);
  };
}
