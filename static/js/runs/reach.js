// @ts-check
/** Whether the page reaches the server over HTTP: notes it when it does not, and asks again once it does. */
import { observable } from '../kit/observable.js';
import { knocking } from './knock.js';
import { Unreachable } from './server.js';

/** @typedef {import('./trouble.js').Trouble} Trouble */

/** @param {{ knock?: ReturnType<typeof knocking> }} [world] */
export function reach({ knock = knocking() } = {}) {
  const trouble = observable(/** @type {Trouble} */ (''));
  return {
    /** What is in the way, '' where nothing is known to be. @type {import('../kit/observable.js').Watched<Trouble>} */
    trouble,
    /**
     * Notes that the server was not reached, and does `back` once it is.
     * @param {unknown} error
     * @param {() => void} [back]
     * @returns {boolean} false where the error is another one
     */
    lost(error, back = () => undefined) {
      if (!(error instanceof Unreachable)) return false;
      trouble.value = error.kind;
      knock.until(() => {
        trouble.value = '';
        back();
      }, error);
      return true;
    },
    /** The server has answered. */
    well() {
      knock.well();
      trouble.value = '';
    },
  };
}
