// @ts-check
/**
 * Asks for the newest of something, one question at a time. What could not be had is asked for again, later and later, and not
 * before the server said; what can never be had is given up.
 */
import { patience } from './again.js';
import { Refusal, Unreachable } from './server.js';

/** Refusals of the moment: nothing recorded yet, no room, a part away. */
const PASSING = [409, 429, 503];

/** Whether it is worth asking again. @param {unknown} error */
function passes(error) {
  return error instanceof Unreachable || (error instanceof Refusal && PASSING.includes(error.status));
}

/**
 * @template W, A
 * @param {(wanted: W) => Promise<A>} question
 * @param {{ found: (answer: A, wanted: W) => void, failed: (error: unknown) => void }} tell
 * @param {Partial<import('./again.js').Clock>} [world]
 */
export function newest(question, tell, world) {
  const waiting = patience(world);
  /** @type {{ wanted: W } | null} */
  let next = null;
  let busy = false;
  let turn = 0;

  const ask = async () => {
    if (busy || next === null) return;
    const [mine, { wanted }] = [turn, next];
    [busy, next] = [true, null];
    try {
      const answer = await question(wanted);
      waiting.well();
      if (mine === turn) tell.found(answer, wanted);
    } catch (error) {
      if (mine === turn) tell.failed(error);
      if (mine === turn && passes(error)) next ??= { wanted };
      // Whatever is wanted by then, not at once: a new wish does not make a server come back.
      waiting.again(free, error);
      return;
    }
    free();
  };
  const free = () => {
    busy = false;
    ask();
  };

  return {
    /** @param {W} wanted in place of what was wanted before */
    want(wanted) {
      next = { wanted };
      ask();
    },
    /** Nothing is wanted any more, and no answer that is still to come. */
    forget() {
      turn += 1;
      next = null;
    },
  };
}
