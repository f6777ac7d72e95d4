// @ts-check
/** Calls back when the page has loaded and has nothing else to do. @param {() => void} task */
export function whenIdle(task) {
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ soon) => setTimeout(soon, 200));
  if (document.readyState === 'complete') idle(task);
  else addEventListener('load', () => idle(task), { once: true });
}
