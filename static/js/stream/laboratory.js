// @ts-check
/**
 * The experiment and its runs: asks the server for data, first states and runs, follows them, and keeps one observable
 * value for all that the page draws. Draws nothing itself.
 */
import { markStep, rulesOf, specKey, specOf } from '../state/experiment.js';
import { derive, observable } from '../state/observable.js';
import { ask, follow, isOver, Refusal } from './run.js';

/** @typedef {import('../state/experiment.js').Experiment} Experiment */
/** @typedef {import('./run.js').Run} Run */
/** @typedef {'exact' | 'article'} Rule */
/** @typedef {{ name: string, x: number[][], y: number[], feature_names: string[], class_names: string[], inputs: number, classes: number, samples: number }} Dataset */
/** @typedef {{ rule: Rule, run: Run }} Line */
/** @typedef {'empty' | 'starting' | 'queued' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed'} Phase */

/** Milliseconds that the spec rests before its first state is asked for. */
const REST = 120;
/** The slowest pace there is: a run that is to be stepped waits like this until it has been paused. */
const SLOWEST = 0.1;

/**
 * @param {import('../state/observable.js').Observable<Experiment>} experiment
 */
export function laboratory(experiment) {
  const dataset = observable(/** @type {Dataset | null} */ (null));
  const initial = observable(/** @type {import('../nn/network.js').Parameters | null} */ (null));
  const problem = observable(/** @type {{ field: string, words: string } | null} */ (null));
  const offline = observable(false);
  const starting = observable(false);
  const lines = observable(/** @type {Line[]} */ ([]));
  const pin = observable(
    /** @type {{ epoch: number, parameters: import('../nn/network.js').Parameters } | null} */ (null),
  );
  const phase = derive([lines, starting], phaseOf);
  /** @type {{ rule: Rule, followed: ReturnType<typeof follow> }[]} */
  let followed = [];
  let key = '';
  let dataKey = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let beginning = 0;

  const failed = (/** @type {unknown} */ error) => {
    if (error instanceof Refusal) problem.value = { field: error.field, words: error.message };
    else if (error instanceof DOMException && error.name === 'AbortError') return;
    else if (error instanceof TypeError) offline.value = true;
    else throw error;
  };

  const show = () => {
    lines.value = followed.map(({ rule, followed: one }) => ({ rule, run: one.run.value }));
    offline.value = lines.value.some(({ run }) => run.connection === 'lost');
  };

  /** Ends and forgets the runs; the network goes back to where it began. */
  const reset = () => {
    beginning += 1;
    for (const { followed: one } of followed) {
      if (!isOver(one.run.value.status))
        ask(`/api/runs/${one.run.value.id}`, { method: 'PATCH', body: { status: 'stopped' } }).catch(() => undefined);
      one.leave();
    }
    followed = [];
    pin.value = null;
    starting.value = false;
    show();
  };

  /** @param {number | null} steps how many epochs to do and then pause; null: all */
  const begin = async (steps) => {
    reset();
    problem.value = null;
    starting.value = true;
    const mine = beginning;
    const wanted = experiment.value;
    try {
      const taken = await Promise.all(rulesOf(wanted).map((rule) => take(wanted, rule, steps)));
      if (mine !== beginning) return;
      const step = markStep(wanted.epochs);
      followed = taken.map(({ rule, document }) => ({
        rule,
        followed: follow(document, (epoch) => epoch % step === 0 || epoch === wanted.epochs),
      }));
      starting.value = false;
      offline.value = false;
      for (const { followed: one } of followed) {
        one.run.link(show);
        if (steps !== null) whenOpen(one, () => one.step(steps));
      }
    } catch (error) {
      if (mine === beginning) starting.value = false;
      failed(error);
    }
  };

  const loadData = async (/** @type {Experiment} */ now) => {
    const wanted = now.dataset === 'table' ? JSON.stringify(now.table) : now.dataset;
    if (wanted === dataKey) return;
    dataKey = wanted;
    try {
      const found = now.dataset === 'table' ? ownDataset(now) : await ask(`/api/datasets/${now.dataset}`);
      if (dataKey === wanted) dataset.value = found;
    } catch (error) {
      dataKey = '';
      failed(error);
    }
  };

  const loadStart = async (/** @type {Experiment} */ now) => {
    const wanted = specKey(now);
    try {
      await loadData(now);
      const [rule] = rulesOf(now);
      const found = await ask('/api/start', { method: 'POST', body: specOf(now, rule) });
      if (specKey(experiment.value) !== wanted) return;
      problem.value = null;
      offline.value = false;
      initial.value = { w: found.w, b: found.b };
    } catch (error) {
      failed(error);
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
    pause: () => each(followed, (one) => one.pause()),
    resume: () => each(followed, (one) => one.resume()),
    step: () =>
      followed.length > 0 && !['finished', 'stopped', 'failed'].includes(phase.value)
        ? each(followed, (one) => one.step(1))
        : begin(1),
    /** @param {number | null} pace */
    pace: (pace) => each(followed, (one) => one.pace(pace)),
    /** Looks at a recorded epoch of the first run. @param {number} epoch */
    look: async (epoch) => {
      const [lead] = followed;
      if (lead === undefined) return;
      try {
        const state = await ask(`/api/runs/${lead.followed.run.value.id}/state?epoch=${epoch}`);
        pin.value = { epoch: state.epoch, parameters: { w: state.w, b: state.b } };
      } catch (error) {
        failed(error);
      }
    },
  };
}

/**
 * Has the server take a run in hand; one that is to be stepped is held before its first update.
 * @param {Experiment} experiment
 * @param {Rule} rule
 * @param {number | null} steps
 */
async function take(experiment, rule, steps) {
  const spec = specOf(experiment, rule);
  if (steps === null) return { rule, document: await ask('/api/runs', { method: 'POST', body: spec }) };
  const held = await ask('/api/runs', { method: 'POST', body: { ...spec, pace: SLOWEST } });
  const body = { status: 'paused', pace: experiment.pace };
  return { rule, document: await ask(`/api/runs/${held.id}`, { method: 'PATCH', body }) };
}

/** @param {ReturnType<typeof follow>} one @param {() => void} task */
function whenOpen(one, task) {
  let done = false;
  one.run.link(({ connection }) => {
    if (done || connection !== 'open') return;
    done = true;
    queueMicrotask(task);
  });
}

/**
 * @param {{ followed: ReturnType<typeof follow> }[]} all
 * @param {(one: ReturnType<typeof follow>) => void} act
 */
function each(all, act) {
  for (const { followed } of all) if (!isOver(followed.run.value.status)) act(followed);
}

/** Of two runs the one that is still busy says how things stand. @param {Line[]} lines @param {boolean} starting @returns {Phase} */
function phaseOf(lines, starting) {
  if (starting) return 'starting';
  if (lines.length === 0) return 'empty';
  const statuses = lines.map(({ run }) => run.status);
  for (const status of /** @type {Phase[]} */ (['running', 'queued', 'paused', 'stopped', 'finished'])) {
    if (statuses.includes(/** @type {any} */ (status))) return status;
  }
  return 'failed';
}

/** @param {Experiment} experiment @returns {Dataset} */
function ownDataset({ table }) {
  const { x, y, classes } = table ?? { x: [], y: [], classes: 2 };
  return {
    name: `table ${classes}`,
    x,
    y,
    classes,
    inputs: x[0].length,
    samples: x.length,
    feature_names: x[0].map((_, column) => `x${column + 1}`),
    class_names: Array.from({ length: classes }, (_, label) => String(label)),
  };
}
