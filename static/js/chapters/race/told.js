// @ts-check
/** What there is to say of a race: what to press, who is ahead, who has halved its cost and who has not. Pure. */
import { fixed, grouped, short } from '../../kit/format.js';
import { diverged, whyFailed } from '../../kit/refusals.js';
import { saying } from '../../kit/saying.js';
import { troubleSayings } from '../../runs/trouble.js';

/** @typedef {import('../../kit/saying.js').Saying} Saying */
/** @typedef {import('./state.js').Track} Track */
/** @typedef {{ racer: { pair: string }, run: { detail: string | null, epoch: number } }} Failed */
/**
 * @typedef {{
 *   mode: 'neuron' | 'networks', phase: string, tracks: (Track & { a?: readonly number[] })[], epoch: number, length: number,
 *   trouble: import('../../runs/trouble.js').Trouble, delivery: import('../../runs/trouble.js').Delivery, problem: string, pinned: boolean, hidden: number, failed: readonly Failed[],
 * }} Told
 */

/** From this many times its weights on, a hidden layer is saturated, and that is said. */
const SATURATED = 5;

/**
 * @param {Told} now
 * @returns {{ mood: string, said: Saying[] }}
 */
export function raceSaying(now) {
  const reached = troubleSayings(now.trouble, now.delivery);
  if (now.trouble) return { mood: 'offline', said: [...reached, saying('race.said.offline')] };
  if (reached.length > 0) return { mood: 'wrong', said: reached };
  if (now.problem) return { mood: 'wrong', said: [saying('race.said.wrong', { words: now.problem })] };
  if (now.failed.length > 0) return { mood: 'failed', said: failed(now.failed) };
  if (now.phase === 'empty' || now.phase === 'starting') {
    return { mood: now.phase, said: [saying(`race.said.${now.phase}.${now.mode}`)] };
  }
  if (now.phase === 'finished') return { mood: 'finished', said: finished(now) };
  return {
    mood: now.phase,
    said: [saying(`race.said.${now.phase}`, { epoch: grouped(now.epoch) }), ...standing(now)],
  };
}

/** @param {{ racer: { pair: string } }} lane */
const nameOf = ({ racer }) => saying(`common.pair.${racer.pair}`);

/** Names one behind the other. @param {readonly { racer: { pair: string } }[]} lanes @returns {Saying} */
function names([first, ...rest]) {
  if (rest.length === 0) return nameOf(first);
  return saying('common.list', { first: nameOf(first), rest: names(rest) });
}

/** Why the failed ones failed: those that diverged together, any other for itself. @param {readonly Failed[]} lanes */
function failed(lanes) {
  const over = lanes.filter(({ run }) => diverged(run));
  const others = lanes.filter(({ run }) => !diverged(run));
  return [
    ...(over.length > 0 ? [saying('race.said.failed', { names: names(over) })] : []),
    ...others.map((lane) => saying('race.said.failed.other', { name: nameOf(lane), words: whyFailed(lane.run) })),
  ];
}

/** @param {Told} now @returns {Saying[]} */
function standing({ mode, tracks, epoch }) {
  if (mode === 'networks') return [];
  const at = (/** @type {readonly number[] | undefined} */ list) => list?.[Math.min(epoch, list.length - 1)] ?? 0;
  const quadratic = tracks.find(({ racer }) => racer.cost === 'quadratic');
  const entropy = tracks.find(({ racer }) => racer.cost === 'cross-entropy');
  const values = {
    quadratic: fixed(at(quadratic?.a), 3),
    factor: short(at(quadratic?.factor)),
    entropy: fixed(at(entropy?.a), 3),
  };
  return [saying('race.said.standing', values)];
}

/** Who halved its cost first and who last; all who were equally soon, and all who have not. @param {Told} now @returns {Saying[]} */
function finished({ mode, tracks, length, hidden }) {
  const halves = tracks.map(({ half }) => half).filter((half) => half !== null);
  const at = (/** @type {number | null} */ epoch) => names(tracks.filter(({ half }) => half === epoch));
  const [soonest, latest] = [Math.min(...halves), Math.max(...halves)];
  const values = { fast: grouped(soonest), slow: grouped(latest), length: grouped(length) };
  const tail = mode === 'networks' && hidden >= SATURATED ? [saying('race.said.hidden')] : [];
  if (halves.length === 0) return [saying('race.said.finished.none', values), ...tail];
  if (halves.length < tracks.length) {
    return [saying('race.said.finished.some', { ...values, first: at(soonest), rest: at(null) }), ...tail];
  }
  if (soonest === latest) return [saying('race.said.finished.level', values), ...tail];
  return [saying('race.said.finished.all', { ...values, first: at(soonest), last: at(latest) }), ...tail];
}
