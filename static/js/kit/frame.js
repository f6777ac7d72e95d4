// @ts-check
/**
 * One animation frame for the whole page: whoever asks before it is drawn is called in it once, in the order of asking.
 * With `most`, a frame does no more than so many tasks and leaves the others to the frames after it.
 * @param {(callback: () => void) => void} request asks the browser for a frame
 * @param {number} [most]
 * @returns {(task: () => void) => void}
 */
export function frames(request, most = Number.POSITIVE_INFINITY) {
  /** @type {Set<() => void>} */
  const waiting = new Set();
  let asked = false;
  const ask = () => {
    if (!asked) request(draw);
    asked = true;
  };
  const draw = () => {
    asked = false;
    const tasks = [...waiting].slice(0, most);
    for (const task of tasks) waiting.delete(task);
    if (waiting.size > 0) ask();
    for (const task of tasks) task();
  };
  return (task) => {
    waiting.add(task);
    ask();
  };
}

/** @param {() => void} callback */
const request = (callback) => requestAnimationFrame(callback);

/** Calls `task` in the page's next frame; asking again before that changes nothing. */
export const nextFrame = frames(request);

/**
 * Calls `task` in a frame soon, one such task in every other frame: for what explains the picture. During a drag each
 * explanation is then renewed every few frames, and no frame is late because all of them were in it.
 */
export const soon = frames((callback) => request(() => request(callback)), 1);
