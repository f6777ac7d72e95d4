// @ts-check
/**
 * Runs that belong together: all of a list start or none stays; they are steered as one, and let go of once nobody looks at
 * them. A run that the server has lost with a restart is replaced by an equal one: the same spec gives the same costs.
 * Every answer that comes late, to a question about runs that are no longer followed or after a newer question, is dropped.
 */

import { derive, observable } from '../kit/observable.js';
import { follow } from './follow.js';
import { letGo } from './letting-go.js';
import { marksFilled } from './marks.js';
import { isOver } from './run.js';
import { ask, submit } from './server.js';

/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./trouble.js').Trouble} Trouble */
/** @typedef {import('./trouble.js').Delivery} Delivery */
/** @typedef {Record<string, any> & { pace?: number | null }} Spec */
/** @typedef {ReturnType<typeof follow>} Follow */
/** @typedef {{ spec: Spec, one: Follow }} Member */
/** @typedef {{ epoch: number, w: number[][][], b: number[][], a: number[][], cost: number, accuracy: number }} Recorded */
/** @typedef {'empty' | 'starting' | 'queued' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed'} Phase */

/** So many lists of finished runs are kept at hand. */
const MOST_KEPT = 12;

const PAGE = {
  ask,
  submit,
  letGo,
  follow,
  fill: marksFilled,
  /** @param {() => void} task when the page is being left */
  leaving: (task) => addEventListener('pagehide', task),
};

/**
 * @param {(error: unknown) => void} failed told of what goes wrong outside of a call
 * @param {Partial<typeof PAGE>} [world]
 */
export function followed(failed, world = {}) {
  const page = { ...PAGE, ...world };
  const known = observable(/** @type {Run[]} */ ([]));
  // First: whoever hears how things stand finds the runs as they are.
  /** @type {import('../kit/observable.js').Watched<Run[]>} */
  const runs = derive([known], (all) => all);
  const starting = observable(false);
  /** @type {Member[]} */
  let members = [];
  /** @type {readonly number[]} */
  let marks = [];
  /** @type {(one: Follow) => void} */
  let fill = () => undefined;
  /** Finished runs that other ones have taken the place of, by what they were called. @type {Map<string, { members: Member[], marks: readonly number[] }>} */
  const kept = new Map();
  let key = '';
  let aligning = false;
  let beginning = 0;
  let looking = 0;

  const show = () => {
    known.value = members.map(({ one }) => one.run.value);
    if (aligning && runs.value.every(({ status }) => status === 'paused')) {
      aligning = false;
      queueMicrotask(() => align(members));
    }
  };

  const isMark = (/** @type {readonly number[]} */ epochs) => {
    const wanted = new Set(epochs);
    return (/** @type {number} */ epoch) => wanted.has(epoch);
  };

  /** @param {Member} member */
  const attend = (member) => {
    member.one.run.link((run) => {
      if (!members.includes(member)) return;
      show();
      if (run.gone && !isOver(run.status)) replace(member, run);
      else fill(member.one);
    });
  };

  /** @param {Member} lost @param {Run} told */
  const replace = async (lost, told) => {
    const mine = beginning;
    const held = told.status === 'paused';
    try {
      const document = await page.submit(lost.spec, held);
      if (mine !== beginning) return page.letGo(document.id);
      const member = { ...lost, one: page.follow(document, isMark(marks), told) };
      members = members.map((other) => (other === lost ? member : other));
      attend(member);
      if (held && told.epoch > 0) member.one.step(told.epoch);
    } catch (error) {
      if (mine === beginning) failed(error);
    }
  };

  /** @param {(one: Follow) => void} act on every run that has not ended */
  const each = (act) => {
    for (const { one } of members) if (!isOver(one.run.value.status)) act(one);
  };
  const release = () => each(({ run }) => page.letGo(run.value.id));
  page.leaving(release);

  const leave = () => {
    keep();
    beginning += 1;
    looking += 1;
    release();
    for (const { one } of members) one.leave();
    members = [];
    aligning = false;
    starting.value = false;
    show();
  };

  /** Runs that came to their end stay at hand: they change no more, and the server still has their records. */
  const keep = () => {
    if (members.length === 0 || runs.value.some(({ status }) => status !== 'finished')) return;
    kept.delete(key);
    kept.set(key, { members, marks });
    if (kept.size > MOST_KEPT) kept.delete(/** @type {string} */ (kept.keys().next().value));
  };

  /** @param {readonly Spec[]} specs @param {boolean} held @returns {Promise<any[]>} a run of each, or none and the refusal */
  const begun = async (specs, held) => {
    const answers = await Promise.allSettled(specs.map((spec) => page.submit(spec, held)));
    const refused = answers.find(({ status }) => status === 'rejected');
    const taken = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    if (refused === undefined) return taken;
    for (const { id } of taken) page.letGo(id);
    throw /** @type {PromiseRejectedResult} */ (refused).reason;
  };

  return {
    /** The runs as they are known, in the order of their specs. @type {import('../kit/observable.js').Watched<Run[]>} */
    runs,
    phase: derive([known, starting], phaseOf),
    /** What is in the way of a run that goes on, '' where nothing is. @type {import('../kit/observable.js').Watched<Trouble>} */
    trouble: derive([known], troubleOf),
    /** What has become of the last command. @type {import('../kit/observable.js').Watched<Delivery>} */
    delivery: derive([known], deliveryOf),
    /**
     * Starts a run of every spec, in place of those there were; throws where one is refused, and then none of them runs.
     * @param {readonly Spec[]} specs
     * @param {{ steps?: number | null, marks?: readonly number[], name?: string }} [wish] `steps`: epochs to do before they
     * pause, null for all; `marks`: epochs whose costs are wanted exactly; `name`: what `recall` calls them by
     * @returns {Promise<boolean>} false where something else was begun in the meantime
     */
    async start(specs, { steps = null, marks: wanted = [], name = '' } = {}) {
      leave();
      key = name;
      const mine = beginning;
      starting.value = true;
      try {
        const documents = await begun(specs, steps !== null);
        if (mine !== beginning) {
          for (const { id } of documents) page.letGo(id);
          return false;
        }
        marks = wanted;
        fill = page.fill(marks, failed);
        members = documents.map((document, i) => ({ spec: specs[i], one: page.follow(document, isMark(marks)) }));
        for (const member of members) {
          attend(member);
          if (steps) member.one.step(steps);
        }
        return true;
      } catch (error) {
        if (mine !== beginning) return false;
        throw error;
      } finally {
        if (mine === beginning) starting.value = false;
      }
    },
    /** Ends and forgets the runs; those that have finished can be recalled. */
    leave,
    /** Shows runs again that finished on this page. @param {string} name @returns {boolean} whether there are such */
    recall(name) {
      const found = kept.get(name);
      if (found === undefined) return false;
      leave();
      key = name;
      ({ members, marks } = found);
      show();
      return true;
    },
    pause() {
      aligning = members.length > 1;
      each((one) => one.pause());
    },
    resume: () => each((one) => one.resume()),
    /** @param {number} epochs */
    step: (epochs) => each((one) => one.step(epochs)),
    /** @param {number | null} pace */
    pace: (pace) => each((one) => one.pace(pace)),
    /**
     * The state recorded nearest below an epoch; null where there is no such run or it is no longer followed.
     * @param {number} epoch
     * @param {(spec: Spec) => boolean} [which] of the runs; the first where none is
     * @returns {Promise<Recorded | null>}
     */
    async recorded(epoch, which = () => true) {
      const mine = beginning;
      const member = members.find(({ spec }) => which(spec)) ?? members[0];
      if (member === undefined) return null;
      const state = await page.ask(`/api/runs/${member.one.run.value.id}/state?epoch=${epoch}`);
      return mine === beginning ? state : null;
    },
    /**
     * Asks something of which only the newest answer counts: null for one that comes after a newer question, `unlook` or
     * another start.
     * @template T
     * @param {() => Promise<T>} question
     * @returns {Promise<T | null>}
     */
    async look(question) {
      looking += 1;
      const mine = looking;
      try {
        const answer = await question();
        return mine === looking ? answer : null;
      } catch (error) {
        if (mine !== looking) return null;
        throw error;
      }
    },
    /** Whatever is still being looked up is no longer wanted. */
    unlook() {
      looking += 1;
    },
  };
}

/** Brings runs that were paused together to the same epoch. @param {readonly Member[]} members */
function align(members) {
  const epochs = members.map(({ one }) => one.run.value.epoch);
  const farthest = Math.max(...epochs);
  members.forEach(({ one }, i) => {
    if (epochs[i] < farthest) one.step(farthest - epochs[i]);
  });
}

/** @param {Run[]} runs @returns {Trouble} */
function troubleOf(runs) {
  return runs.find(({ connection, status }) => connection === 'lost' && !isOver(status))?.trouble ?? '';
}

/** @param {Run[]} runs @returns {Delivery} */
function deliveryOf(runs) {
  if (runs.some(({ undelivered }) => undelivered)) return 'undelivered';
  return runs.some(({ waiting }) => waiting) ? 'waiting' : '';
}

/** Of several runs the one that is still busy says how things stand. @param {Run[]} runs @param {boolean} starting @returns {Phase} */
function phaseOf(runs, starting) {
  if (starting) return 'starting';
  if (runs.length === 0) return 'empty';
  const statuses = runs.map(({ status }) => status);
  const order = /** @type {const} */ (['running', 'queued', 'paused', 'stopped', 'finished']);
  return order.find((status) => statuses.includes(status)) ?? 'failed';
}
