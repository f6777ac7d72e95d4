// @ts-check
/** Asks whether the server is there again, later and later, until it is. */
import { patience } from './again.js';
import { ask } from './server.js';

/** Milliseconds that a server which is there needs for a word, many times over. */
const PATIENCE = 5000;

/**
 * @param {{ ask?: () => Promise<unknown> } & Partial<import('./again.js').Clock>} [world]
 */
export function knocking(world = {}) {
  const question = world.ask ?? (() => ask('/healthz', { cache: 'no-store', patience: PATIENCE }));
  const waiting = patience(world);
  let going = false;

  const knock = async (/** @type {() => void} */ back) => {
    try {
      await question();
    } catch (error) {
      waiting.again(() => knock(back), error);
      return;
    }
    going = false;
    back();
  };

  return {
    /**
     * Calls `back` once the server answers; knocking twice at the same time is knocking once. Until somebody says that all is
     * well, the next knock comes later than the last: a server may answer here and nowhere else.
     * @param {() => void} back
     * @param {unknown} [error] what went wrong
     */
    until(back, error) {
      if (going) return;
      going = true;
      waiting.again(() => knock(back), error);
    },
    well: waiting.well,
  };
}
