// @ts-check
/**
 * The experiment and its runs: asks the server for data, first states and runs, follows them, and keeps one observable
 * value for all that the page draws. Draws nothing itself.
 */
import { markStep, marksOf, rulesOf, specKey, specOf } from '../state/experiment.js';
import { derive, observable } from '../state/observable.js';
import { knocking } from './knock.js';
import { ask, follow, isOver, Refusal, Unreachable } from './run.js';
import { fetchMarks, letGo, samplesOf, take } from './taking.js';

/** @typedef {import('../state/experiment.js').Experiment} Experiment */
/** @typedef {import('../nn/network.js').Parameters} Parameters */
/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./taking.js').Dataset} Dataset */
/** @typedef {'exact' | 'article'} Rule */
/** @typedef {{ field: string, words: string }} Problem */
/** @typedef {{ rule: Rule, run: Run }} Line */
/** @typedef {{ rule: Rule, followed: ReturnType<typeof follow>, filling: boolean }} Following */
/** @typedef {'empty' | 'starting' | 'queued' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed'} Phase */

/** Milliseconds that the spec rests before its first state is asked for. */
const REST = 120;
/** What the start of a network depends on; the rest of a spec may be wrong and it can still be drawn. */
const SHAPING = ['hidden', 'seed', 'dataset', 'initialisation'];
const HARMLESS = { eta: 1, epochs: 1, batch_size: null, pace: null };
/** Milliseconds after which costs that the messages passed over are asked for one by one. */
const GAP = 400;

/**
 * @param {import('../state/observable.js').Observable<Experiment>} experiment
 * @param {(experiment: Experiment, dataset: Dataset | null) => Problem | null} check finds what the server would refuse
 */
export function laboratory(experiment, check) {
  const dataset = observable(/** @type {Dataset | null} */ (null));
  const initial = observable(/** @type {Parameters | null} */ (null));
  const problem = observable(/** @type {Problem | null} */ (null));
  const offline = observable(false);
  const starting = observable(false);
  const lines = observable(/** @type {Line[]} */ ([]));
  const pin = observable(/** @type {{ epoch: number, parameters: Parameters } | null} */ (null));
  const phase = derive([lines, starting], phaseOf);
  const knock = knocking();
  /** @type {Following[]} */
  let following = [];
  let aligning = false;
  let key = '';
  let dataKey = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let beginning = 0;

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
    if (following.length === 0) loadStart(experiment.value);
    show();
  };

  const show = () => {
    lines.value = following.map(({ rule, followed }) => ({ rule, run: followed.run.value }));
    const lost = lines.value.some(({ run }) => run.connection === 'lost');
    if (lost || !lines.value.some(({ run }) => run.connection === 'connecting')) offline.value = lost;
    if (aligning) align();
  };

  /** Two runs that were paused together are brought to the same epoch. */
  const align = () => {
    if (!lines.value.every(({ run }) => run.status === 'paused')) return;
    aligning = false;
    const farthest = Math.max(...lines.value.map(({ run }) => run.epoch));
    for (const { followed } of following) {
      if (followed.run.value.epoch < farthest) followed.step(farthest - followed.run.value.epoch);
    }
  };

  /** Follows a run, and takes an equal one in hand where the server has lost it with a restart. */
  const attend = (/** @type {Following} */ one) => {
    one.followed.run.link((run) => {
      if (!following.includes(one)) return;
      show();
      if (run.gone && !isOver(run.status)) again(one, run);
      else fill(one);
    });
  };

  const isMark = (/** @type {Experiment} */ now) => {
    const step = markStep(now.epochs);
    return (/** @type {number} */ epoch) => epoch % step === 0 || epoch === now.epochs;
  };

  /** @param {Following} lost @param {Run} known */
  const again = async (lost, known) => {
    const mine = beginning;
    const held = known.status === 'paused';
    try {
      const document = await take(experiment.value, lost.rule, held);
      if (mine !== beginning) return letGo(document.id);
      const one = { ...lost, followed: follow(document, isMark(experiment.value), known) };
      following = following.map((other) => (other === lost ? one : other));
      if (held && known.epoch > 0) whenOpen(one.followed, () => one.followed.step(known.epoch));
      attend(one);
    } catch (error) {
      failed(error);
    }
  };

  /** Asks for the marks' costs that the thinned messages did not hold. @param {Following} one */
  const fill = (one) => {
    if (one.filling || missing(one).length === 0) return;
    one.filling = true;
    const now = isOver(one.followed.run.value.status);
    setTimeout(
      async () => {
        try {
          await fetchMarks(one.followed.run.value.id, missing(one), one.followed.mark);
        } catch (error) {
          if (!(error instanceof Refusal)) failed(error);
        } finally {
          one.filling = false;
        }
      },
      now ? 0 : GAP,
    );
  };

  /** @param {Following} one */
  const missing = ({ followed: { run } }) =>
    marksOf(experiment.value.epochs).filter(
      (epoch) => run.value.x.length > 0 && epoch <= run.value.epoch && !run.value.marks.has(epoch),
    );

  /** Ends and forgets the runs; the network goes back to where it began. */
  const reset = () => {
    beginning += 1;
    const ended = following;
    following = [];
    for (const { followed } of ended) {
      if (!isOver(followed.run.value.status)) letGo(followed.run.value.id);
      followed.leave();
    }
    aligning = false;
    pin.value = null;
    starting.value = false;
    show();
  };

  /** @param {number | null} steps how many epochs to do and then pause; null: all */
  const begin = async (steps) => {
    reset();
    problem.value = check(experiment.value, dataset.value);
    if (problem.value) return;
    starting.value = true;
    const mine = beginning;
    const wanted = experiment.value;
    const rules = rulesOf(wanted);
    try {
      const documents = await Promise.all(rules.map((rule) => take(wanted, rule, steps !== null)));
      if (mine !== beginning) {
        for (const { id } of documents) letGo(id);
        return;
      }
      following = documents.map((document, i) => ({
        rule: rules[i],
        followed: follow(document, isMark(wanted)),
        filling: false,
      }));
      starting.value = false;
      offline.value = false;
      for (const one of following) {
        if (steps !== null) whenOpen(one.followed, () => one.followed.step(steps));
        attend(one);
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

  addEventListener('pagehide', () => {
    for (const { followed } of following) if (!isOver(followed.run.value.status)) letGo(followed.run.value.id);
  });

  /** The recorded state nearest below an epoch. @param {number} epoch @param {Rule} [rule] */
  const recorded = async (epoch, rule) => {
    const one = following.find((other) => other.rule === rule) ?? following[0];
    if (one === undefined) return null;
    try {
      return await ask(`/api/runs/${one.followed.run.value.id}/state?epoch=${epoch}`);
    } catch (error) {
      failed(error);
      return null;
    }
  };

  /** @param {(one: Following['followed']) => void} act on every run that has not ended */
  const each = (act) => {
    for (const { followed } of following) if (!isOver(followed.run.value.status)) act(followed);
  };

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
    pause: () => {
      aligning = following.length > 1;
      each((one) => one.pause());
    },
    resume: () => each((one) => one.resume()),
    /** @param {number} [epochs] */
    step: (epochs = 1) => {
      if (lines.value.some(({ run }) => !isOver(run.status))) each((one) => one.step(epochs));
      else begin(epochs);
    },
    /** @param {number | null} pace */
    pace: (pace) => each((one) => one.pace(pace)),
    /** Looks at a recorded epoch of the run by one of the rules. @param {number} epoch @param {Rule} [rule] */
    look: async (epoch, rule) => {
      const state = await recorded(epoch, rule);
      if (state) pin.value = { epoch: state.epoch, parameters: { w: state.w, b: state.b } };
    },
    recorded,
  };
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
