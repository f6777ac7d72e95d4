// @ts-check
/**
 * One animation frame for the whole page: whoever asks before it is drawn is called once in it, in the order of asking.
 * @param {(callback: () => void) => void} request asks the browser for a frame
 * @returns {(task: () => void) => void}
 */
export function frames(request) {
  /** @type {Set<() => void>} */
  let waiting = new Set();
  const draw = () => {
    const tasks = waiting;
    waiting = new Set();
    for (const task of tasks) task();
  };
  return (task) => {
    if (waiting.size === 0) request(draw);
    waiting.add(task);
  };
}

/** Calls `task` in the page's next frame; asking again before that changes nothing. */
export const nextFrame = frames((callback) => requestAnimationFrame(callback));
