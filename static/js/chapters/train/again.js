// @ts-check
/**
 * An experiment that was begun before, taken up where it stood: its finished runs, or equal ones that run to where they were
 * paused; then the epoch that was looked at. And what the address must hold for that.
 */

import { specKey } from './state.js';

/** @typedef {import('./state.js').Experiment} Experiment */
/** @typedef {import('./laboratory.js').Line} Line */

/**
 * @param {{
 *   experiment: import('../../kit/observable.js').Watched<Experiment>, lab: any,
 *   lines: import('../../kit/observable.js').Watched<Line[]>,
 * }} model
 * @param {(changes: Partial<Experiment>) => void} change
 * @returns {(before?: Experiment) => void} takes up the experiment that is there; `before`: the one whose runs go on
 */
export function takingUp({ experiment, lab, lines }, change) {
  let returning = false;
  /** Notes where things stand, once everybody has been told. @param {Partial<Experiment>} standing */
  const note = (standing) =>
    queueMicrotask(() => {
      if (experiment.value.go) change(standing);
    });
  lab.phase.link((/** @type {string} */ phase) => {
    const over = phase === 'finished' || phase === 'failed';
    if (phase !== 'paused' && !over) return;
    // On the way to where they were paused they went as fast as they could.
    if (returning && !over) lab.pace(experiment.value.pace);
    returning = false;
    note({ held: over ? -1 : (lines.value[0]?.run.epoch ?? -1) });
  });
  lab.pin.link((/** @type {import('./laboratory.js').Pin | null} */ pin) => {
    if (pin !== null) note({ at: pin.epoch });
  });

  /** Looks at an epoch once the runs have come so far. @param {number} at */
  const lookAgain = (at) => {
    const unlink = lines.link(([lead]) => {
      const other = experiment.value.at !== at || !experiment.value.go;
      const there = lead !== undefined && lead.run.x.length > 0 && lead.run.epoch >= at;
      if (!other && !there) return;
      queueMicrotask(() => {
        unlink();
        if (there) lab.look(at, experiment.value.show);
      });
    });
  };

  return (before) => {
    const { go, held, at } = experiment.value;
    const same =
      before !== undefined && before.go === go && before.held === held && specKey(before) === specKey(experiment.value);
    if (!same) {
      lab.reset();
      if (!go) return;
      returning = held >= 0;
      lab.again(held);
    } else if (at < 0) lab.live();
    if (at >= 0) lookAgain(at);
  };
}
