// @ts-check
/**
 * What may wait until nothing has changed for a while, such as a sentence that nobody reads while a hand moves.
 * @param {() => void} task
 * @param {number} [rest] milliseconds
 * @returns {() => void} asks for the task; asking again before it is done puts it off
 */
export function atRest(task, rest = 150) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(task, rest);
  };
}
