// @ts-check
/**
 * Commands on their way to a run. Each is delivered once or its loss is said: what was sent on a line that died may have
 * arrived, so pause, resume, pace and stop are sent once more on the next, where they do no harm, and a step only where the
 * run still rests at the epoch at which it was asked for. None is delivered late.
 */
import { isOver } from './run.js';

/** @typedef {{ type: string, epochs?: number, epochs_per_second?: number | null }} Command */
/** @typedef {{ command: Command, at: number, from: number, sent: boolean }} Entry `from`: the run's epoch when it was asked for */

/** Milliseconds that a step may take: whoever pressed the button has not yet turned to something else. */
const STEP_EXPIRES = 10_000;
/** The others say how the run should be from now on, which is still meant a while later. */
export const EXPIRES = 30_000;

/** @param {() => number} now milliseconds */
export function commandQueue(now) {
  /** @type {Entry[]} */
  let entries = [];
  /** Messages of this connection that the server has dealt with. */
  let heard = 0;

  return {
    /** Whether something has not been heard of yet. */
    get waiting() {
      return entries.length > 0;
    },
    /** @param {Command} command @param {number} from @param {boolean} sent whether it goes out at once */
    add(command, from, sent) {
      entries.push({ command, at: now(), from, sent });
    },
    /** The server has dealt with so many of this connection's messages. @param {number} count */
    acknowledge(count) {
      let left = count - heard;
      heard = count;
      entries = entries.filter(({ sent }) => !sent || left-- <= 0);
    },
    /**
     * A new connection: what has to be sent on it, by how the run stands.
     * @param {{ status: import('./run.js').Status, epoch: number }} run as the server tells it
     * @returns {Command[]}
     */
    renew(run) {
      heard = 0;
      const arrived = (/** @type {Entry} */ { command, from, sent }) =>
        sent && command.type === 'step' && (run.status !== 'paused' || run.epoch !== from);
      entries = isOver(run.status) ? [] : entries.filter((entry) => !arrived(entry));
      for (const entry of entries) entry.sent = true;
      return entries.map(({ command }) => command);
    },
    /** Forgets what is too old; whether there was something. */
    expire() {
      const young = entries.filter(({ command, at }) => now() - at < lifetime(command));
      const some = young.length < entries.length;
      entries = young;
      return some;
    },
    clear() {
      entries = [];
    },
  };
}

/** Milliseconds that a command may take. @param {Command} command */
export function lifetime({ type }) {
  return type === 'step' ? STEP_EXPIRES : EXPIRES;
}
