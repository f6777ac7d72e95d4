// @ts-check
/**
 * The runs of one experiment, one for each of its rules: started, followed and steered together. A run that the server has
 * lost with a restart is replaced by an equal one: the same spec gives the same costs.
 */

import { observable } from '../../kit/observable.js';
import { follow, isOver } from '../../runs/run.js';
import { ask, Refusal, submit } from '../../runs/server.js';
import { fetchMarks, letGo } from '../../runs/taking.js';
import { markStep, marksOf, rulesOf, specOf } from './state.js';

/** @typedef {import('./state.js').Experiment} Experiment */
/** @typedef {import('../../runs/run.js').Run} Run */
/** @typedef {'exact' | 'article'} Rule */
/** @typedef {{ rule: Rule, run: Run }} Line */
/** @typedef {{ rule: Rule, followed: ReturnType<typeof follow>, filling: boolean }} Following */

/** Milliseconds after which costs that the messages passed over are asked for. */
const GAP = 400;

/**
 * @param {import('../../kit/observable.js').Watched<Experiment>} experiment
 * @param {(error: unknown) => void} failed
 */
export function runs(experiment, failed) {
  const lines = observable(/** @type {Line[]} */ ([]));
  /** @type {Following[]} */
  let following = [];
  let aligning = false;
  let beginning = 0;

  const show = () => {
    lines.value = following.map(({ rule, followed }) => ({ rule, run: followed.run.value }));
    if (aligning && lines.value.every(({ run }) => run.status === 'paused')) {
      aligning = false;
      align(following);
    }
  };

  /** @param {Following} one */
  const attend = (one) => {
    one.followed.run.link((run) => {
      if (!following.includes(one)) return;
      show();
      if (run.gone && !isOver(run.status)) replace(one, run);
      else fill(one, experiment.value.epochs, failed);
    });
  };

  /** @param {Following} lost @param {Run} known */
  const replace = async (lost, known) => {
    const mine = beginning;
    const held = known.status === 'paused';
    try {
      const document = await submit(specOf(experiment.value, lost.rule), held);
      if (mine !== beginning) return letGo(document.id);
      const one = { ...lost, followed: follow(document, isMark(experiment.value), known) };
      following = following.map((other) => (other === lost ? one : other));
      if (held && known.epoch > 0) whenOpen(one.followed, () => one.followed.step(known.epoch));
      attend(one);
    } catch (error) {
      failed(error);
    }
  };

  const release = () => {
    for (const { followed } of following) if (!isOver(followed.run.value.status)) letGo(followed.run.value.id);
  };
  addEventListener('pagehide', release);

  /** @param {(one: Following['followed']) => void} act on every run that has not ended */
  const each = (act) => {
    for (const { followed } of following) if (!isOver(followed.run.value.status)) act(followed);
  };

  return {
    lines,
    /**
     * Starts a run for every rule, in place of those there were.
     * @param {number | null} steps how many epochs to do and then pause; null: all
     * @returns {Promise<boolean>} false where something else was begun in the meantime
     */
    async start(steps) {
      const mine = beginning;
      const wanted = experiment.value;
      const rules = rulesOf(wanted);
      const documents = await Promise.all(rules.map((rule) => submit(specOf(wanted, rule), steps !== null)));
      if (mine !== beginning) {
        for (const { id } of documents) letGo(id);
        return false;
      }
      following = documents.map((document, i) => ({
        rule: rules[i],
        followed: follow(document, isMark(wanted)),
        filling: false,
      }));
      for (const one of following) {
        if (steps !== null) whenOpen(one.followed, () => one.followed.step(steps));
        attend(one);
      }
      return true;
    },
    /** Ends and forgets the runs. */
    reset() {
      beginning += 1;
      release();
      for (const { followed } of following) followed.leave();
      following = [];
      aligning = false;
      show();
    },
    pause() {
      aligning = following.length > 1;
      each((one) => one.pause());
    },
    resume: () => each((one) => one.resume()),
    /** @param {number} epochs */
    step: (epochs) => each((one) => one.step(epochs)),
    /** @param {number | null} pace */
    pace: (pace) => each((one) => one.pace(pace)),
    /** The recorded state nearest below an epoch, by one of the rules. @param {number} epoch @param {Rule} [rule] */
    async recorded(epoch, rule) {
      const one = following.find((other) => other.rule === rule) ?? following[0];
      return one && ask(`/api/runs/${one.followed.run.value.id}/state?epoch=${epoch}`);
    },
  };
}

/** Brings runs that were paused together to the same epoch. @param {Following[]} following */
function align(following) {
  const farthest = Math.max(...following.map(({ followed }) => followed.run.value.epoch));
  for (const { followed } of following) {
    if (followed.run.value.epoch < farthest) followed.step(farthest - followed.run.value.epoch);
  }
}

/**
 * Asks, after a while, for the marks' costs that the thinned messages did not hold.
 * @param {Following} one
 * @param {number} epochs
 * @param {(error: unknown) => void} failed
 */
function fill(one, epochs, failed) {
  if (one.filling || missing(one, epochs).length === 0) return;
  one.filling = true;
  const { run, mark } = one.followed;
  const ask = async () => {
    try {
      await fetchMarks(run.value.id, missing(one, epochs), mark);
    } catch (error) {
      if (!(error instanceof Refusal)) failed(error);
    } finally {
      one.filling = false;
    }
  };
  setTimeout(ask, isOver(run.value.status) ? 0 : GAP);
}

/** @param {Following} one @param {number} epochs */
function missing({ followed: { run } }, epochs) {
  const { x, epoch, marks } = run.value;
  return x.length === 0 ? [] : marksOf(epochs).filter((mark) => mark <= epoch && !marks.has(mark));
}

/** Which epochs' costs are kept exactly. @param {Experiment} experiment */
function isMark({ epochs }) {
  const step = markStep(epochs);
  return (/** @type {number} */ epoch) => epoch % step === 0 || epoch === epochs;
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
