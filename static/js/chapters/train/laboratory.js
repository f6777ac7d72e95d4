// @ts-check
/**
 * The experiment and its runs: asks the server for data, first states and runs, follows them, and keeps one observable
 * value for all that the page draws. Draws nothing itself.
 */
import { t } from '../../kit/i18n.js';
import { derive, observable } from '../../kit/observable.js';
import { samplesOf } from '../../runs/datasets.js';
import { followed } from '../../runs/followed.js';
import { reach } from '../../runs/reach.js';
import { isOver } from '../../runs/run.js';
import { ask, Refusal } from '../../runs/server.js';
import { marksOf, rulesOf, specKey, specOf } from './state.js';

/** @typedef {import('./state.js').Experiment} Experiment */
/** @typedef {import('../../nn/network.js').Parameters} Parameters */
/** @typedef {import('../../runs/datasets.js').Dataset} Dataset */
/** @typedef {'exact' | 'article'} Rule */
/** @typedef {{ field: string, words: string }} Problem */
/** @typedef {{ rule: Rule, run: import('../../runs/run.js').Run }} Line */
/** @typedef {{ epoch: number, parameters: Parameters, cost: number, accuracy: number }} Pin an epoch that is looked at */

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
  const pin = observable(/** @type {Pin | null} */ (null));
  const server = reach();
  let key = '';
  let dataKey = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const failed = (/** @type {unknown} */ error) => {
    if (error instanceof Refusal) problem.value = { field: error.field, words: error.message };
    else if (!server.lost(error, back)) throw error;
  };

  /** The server answers again: what was asked for in vain is asked again. */
  const back = () => {
    if (lines.value.length === 0) loadStart(experiment.value);
  };

  const going = followed(failed);
  const { phase } = going;
  /** @type {import('../../kit/observable.js').Watched<Line[]>} */
  const lines = derive([going.runs], (all) => all.map(lineOf));

  /** Ends and forgets the runs; the network goes back to where it began. */
  const reset = () => {
    going.leave();
    pin.value = null;
  };

  /**
   * @param {number | null} steps how many epochs to do and then pause; null: all
   * @param {number | null} [pace] of what is done at once
   */
  const begin = async (steps, pace = experiment.value.pace) => {
    reset();
    problem.value = check(experiment.value, dataset.value);
    if (problem.value) return;
    const wanted = experiment.value;
    const specs = rulesOf(wanted).map((rule) => specOf({ ...wanted, pace }, rule));
    try {
      const wish = { steps, marks: marksOf(wanted.epochs), name: specKey(wanted) };
      if (await going.start(specs, wish)) server.well();
    } catch (error) {
      failed(error);
    }
  };

  /**
   * @template T
   * @param {() => Promise<T>} question
   * @returns {Promise<T | null>} null where the server does not say
   */
  const told = async (question) => {
    try {
      return await question();
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) problem.value = { field: 'run', words: t('stream.gone') };
      else failed(error);
      return null;
    }
  };

  /** @param {number} epoch @param {Rule} rule */
  const recorded = (epoch, rule) => going.recorded(epoch, (spec) => spec.rule === rule);

  const loadData = async (/** @type {Experiment} */ now) => {
    const wanted = now.dataset === 'table' ? JSON.stringify(now.table) : now.dataset;
    if (wanted === dataKey) return;
    dataKey = wanted;
    try {
      const found = await samplesOf(now);
      if (dataKey === wanted) dataset.value = found;
    } catch (error) {
      if (dataKey === wanted) dataKey = '';
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
      server.well();
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
    trouble: derive([going.trouble, server.trouble], (line, way) => line || way),
    delivery: going.delivery,
    lines,
    pin,
    phase,
    reset,
    failed,
    begin: () => begin(null),
    /** The runs of this experiment once more: those that finished here, or new ones, as far as they had come. @param {number} held where they were paused, −1 for nowhere */
    again: (held) => {
      problem.value = null;
      if (!going.recall(specKey(experiment.value))) begin(held < 0 ? null : held, held < 0 ? undefined : null);
    },
    pause: going.pause,
    resume: going.resume,
    /** @param {number} [epochs] */
    step: (epochs = 1) => {
      if (lines.value.some(({ run }) => !isOver(run.status))) going.step(epochs);
      else begin(epochs);
    },
    pace: going.pace,
    /** Looks at a recorded epoch of the run by one of the rules. @param {number} epoch @param {Rule} rule */
    look: async (epoch, rule) => {
      const state = await told(() => going.look(() => recorded(epoch, rule)));
      if (state === null) return;
      const { w, b, cost, accuracy } = state;
      pin.value = { epoch: state.epoch, parameters: { w, b }, cost, accuracy };
    },
    /** Looks at the newest epoch again. */
    live: () => {
      going.unlook();
      pin.value = null;
    },
    /** What is recorded of an epoch, null where the server does not say. @param {number} epoch @param {Rule} rule */
    recorded: (epoch, rule) => told(() => recorded(epoch, rule)),
  };
}

/** @param {import('../../runs/run.js').Run} run @returns {Line} */
function lineOf(run) {
  return { rule: run.spec.rule, run };
}
