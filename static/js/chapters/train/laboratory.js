// @ts-check
/**
 * The experiment and its runs: asks the server for data, first states and runs, follows them, and keeps one observable
 * value for all that the page draws. Draws nothing itself.
 */
import { t } from '../../kit/i18n.js';
import { derive, observable } from '../../kit/observable.js';
import { knocking } from '../../runs/knock.js';
import { isOver } from '../../runs/run.js';
import { ask, Refusal, Unreachable } from '../../runs/server.js';
import { samplesOf } from '../../runs/taking.js';
import { runs } from './runs.js';
import { specKey, specOf } from './state.js';

/** @typedef {import('./state.js').Experiment} Experiment */
/** @typedef {import('../../nn/network.js').Parameters} Parameters */
/** @typedef {import('../../runs/taking.js').Dataset} Dataset */
/** @typedef {'exact' | 'article'} Rule */
/** @typedef {{ field: string, words: string }} Problem */
/** @typedef {import('./runs.js').Line} Line */
/** @typedef {'empty' | 'starting' | 'queued' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed'} Phase */

/** Milliseconds that the spec rests before its first state is asked for. */
const REST = 120;
/** What the start of a network depends on; the rest of a spec may be wrong and it can still be drawn. */
const SHAPING = ['hidden', 'seed', 'dataset', 'initialisation'];
const HARMLESS = { eta: 1, epochs: 1, batch_size: null, pace: null };

/**
 * @param {import('../../kit/observable.js').Observable<Experiment>} experiment
 * @param {(experiment: Experiment, dataset: Dataset | null) => Problem | null} check finds what the server would refuse
 */
export function laboratory(experiment, check) {
  const dataset = observable(/** @type {Dataset | null} */ (null));
  const initial = observable(/** @type {Parameters | null} */ (null));
  const problem = observable(/** @type {Problem | null} */ (null));
  const offline = observable(false);
  const starting = observable(false);
  const pin = observable(/** @type {{ epoch: number, parameters: Parameters } | null} */ (null));
  const knock = knocking();
  let key = '';
  let dataKey = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const failed = (/** @type {unknown} */ error) => {
    if (error instanceof Refusal) problem.value = { field: error.field, words: error.message };
    else if (error instanceof Unreachable) {
      offline.value = true;
      knock.until(back);
    } else throw error;
  };

  /** The server answers again: what was asked for in vain is asked again. */
  const back = () => {
    offline.value = false;
    if (lines.value.length === 0) loadStart(experiment.value);
  };

  const going = runs(experiment, failed);
  const { lines } = going;
  const phase = derive([lines, starting], phaseOf);
  lines.link((now) => {
    const lost = now.some(({ run }) => run.connection === 'lost');
    if (lost || !now.some(({ run }) => run.connection === 'connecting')) offline.value = lost;
  });

  /** Ends and forgets the runs; the network goes back to where it began. */
  const reset = () => {
    going.reset();
    pin.value = null;
    starting.value = false;
  };

  /** @param {number | null} steps how many epochs to do and then pause; null: all */
  const begin = async (steps) => {
    reset();
    problem.value = check(experiment.value, dataset.value);
    if (problem.value) return;
    starting.value = true;
    try {
      if (!(await going.start(steps))) return;
      offline.value = false;
    } catch (error) {
      failed(error);
    }
    starting.value = false;
  };

  /** @param {number} epoch @param {Rule} [rule] @returns {Promise<any>} null where the server does not say */
  const recorded = async (epoch, rule) => {
    try {
      return (await going.recorded(epoch, rule)) ?? null;
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) problem.value = { field: 'run', words: t('stream.gone') };
      else failed(error);
      return null;
    }
  };

  const loadData = async (/** @type {Experiment} */ now) => {
    const wanted = now.dataset === 'table' ? JSON.stringify(now.table) : now.dataset;
    if (wanted === dataKey) return;
    dataKey = wanted;
    try {
      const found = await samplesOf(now);
      if (dataKey === wanted) dataset.value = found;
    } catch (error) {
      dataKey = '';
      throw error;
    }
  };

  const loadStart = async (/** @type {Experiment} */ now) => {
    const wanted = specKey(now);
    try {
      await loadData(now);
      if (specKey(experiment.value) !== wanted) return;
      problem.value = check(now, dataset.value);
      if (problem.value && SHAPING.includes(problem.value.field)) return;
      const found = await ask('/api/start', { method: 'POST', body: { ...specOf(now, 'exact'), ...HARMLESS } });
      if (specKey(experiment.value) !== wanted) return;
      offline.value = false;
      initial.value = { w: found.w, b: found.b };
    } catch (error) {
      if (specKey(experiment.value) === wanted) failed(error);
    }
  };

  experiment.link((now) => {
    const wanted = specKey(now);
    if (wanted === key) return;
    const first = key === '';
    key = wanted;
    if (!first) reset();
    clearTimeout(timer);
    if (first) loadStart(now);
    else timer = setTimeout(() => loadStart(now), REST);
  });

  return {
    dataset,
    initial,
    problem,
    offline,
    lines,
    pin,
    phase,
    reset,
    failed,
    begin: () => begin(null),
    pause: going.pause,
    resume: going.resume,
    /** @param {number} [epochs] */
    step: (epochs = 1) => {
      if (lines.value.some(({ run }) => !isOver(run.status))) going.step(epochs);
      else begin(epochs);
    },
    pace: going.pace,
    /** Looks at a recorded epoch of the run by one of the rules. @param {number} epoch @param {Rule} [rule] */
    look: async (epoch, rule) => {
      const state = await recorded(epoch, rule);
      if (state) pin.value = { epoch: state.epoch, parameters: { w: state.w, b: state.b } };
    },
    recorded,
  };
}

/** Of two runs the one that is still busy says how things stand. @param {Line[]} lines @param {boolean} starting @returns {Phase} */
function phaseOf(lines, starting) {
  if (starting) return 'starting';
  if (lines.length === 0) return 'empty';
  // The first message may already tell of the end: a run has not finished for us before its figures are here.
  const statuses = lines.map(({ run }) => (run.status === 'finished' && run.x.length === 0 ? 'running' : run.status));
  for (const status of /** @type {Phase[]} */ (['running', 'queued', 'paused', 'stopped', 'finished'])) {
    if (statuses.includes(/** @type {any} */ (status))) return status;
  }
  return 'failed';
}
