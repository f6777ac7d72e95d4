// @ts-check
/** What acts on the whole of `/cost`: number of classes, examples, output and cost, kind of target, undo and redo. */

import { FEWEST, MOST } from '../../figures/layer/state.js';
import { historyKeys } from '../../kit/undo.js';
import { PRESETS, withKind, withOneLess, withOneMore, withPreset } from './state.js';

/** @typedef {import('./state.js').Scene} Scene */

/**
 * @param {HTMLElement} stage holds the bar, and buttons `[data-preset]` in the panels too
 * @param {import('./picture.js').Model & { can: import('../../kit/observable.js').Watched<{ undo: boolean, redo: boolean }> }} model
 * @returns {() => void} dispose
 */
export function costToolbar(stage, { scene, gesture, can }) {
  const find = (/** @type {string} */ name) =>
    /** @type {HTMLButtonElement} */ (stage.querySelector(`[data-action="${name}"]`));
  const field = (/** @type {string} */ name) =>
    /** @type {HTMLSelectElement} */ (stage.querySelector(`[data-field="${name}"]`));
  find('add').addEventListener('click', () => gesture.once('add', scene.value.z.length, withOneMore(scene.value)));
  find('drop').addEventListener('click', () =>
    gesture.once('remove', scene.value.z.length - 1, withOneLess(scene.value)),
  );
  find('undo').addEventListener('click', gesture.undo);
  find('redo').addEventListener('click', gesture.redo);
  const [pair, kind] = [field('pair'), field('kind')];
  pair.addEventListener('change', () =>
    gesture.once('pair', -1, { ...scene.value, pair: /** @type {any} */ (pair.value) }),
  );
  kind.addEventListener('change', () =>
    gesture.once('kind', -1, withKind(scene.value, /** @type {any} */ (kind.value))),
  );
  stage.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-preset]') : null;
    const name = /** @type {keyof typeof PRESETS} */ (button?.getAttribute('data-preset'));
    if (!name || !(name in PRESETS)) return;
    button?.closest('details')?.removeAttribute('open');
    gesture.once(`preset.${name}`, -1, withPreset(scene.value, name));
  });
  const disposers = [
    scene.link((now) => {
      const { length } = now.z;
      const count = field('count');
      if (count.textContent !== String(length)) count.textContent = String(length);
      find('add').disabled = length >= MOST;
      find('drop').disabled = length <= FEWEST;
      if (pair.value !== now.pair) pair.value = now.pair;
      if (kind.value !== now.kind) kind.value = now.kind;
    }),
    can.link(({ undo, redo }) => {
      find('undo').disabled = !undo;
      find('redo').disabled = !redo;
    }),
    historyKeys(gesture),
  ];
  return () => {
    for (const dispose of disposers) dispose();
  };
}
