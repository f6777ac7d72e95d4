// @ts-check
/** Asks whether the server is there again, later and later, until it is. */
import { pause } from './socket.js';

/**
 * @param {{ ask?: () => Promise<unknown>, wait?: (task: () => void, milliseconds: number) => unknown, random?: () => number }} [world]
 */
export function knocking(world = {}) {
  const ask = world.ask ?? (() => fetch('/healthz', { cache: 'no-store' }));
  const wait = world.wait ?? ((task, milliseconds) => setTimeout(task, milliseconds));
  const random = world.random ?? Math.random;
  let going = false;

  return {
    /** Calls `back` once the server answers; knocking twice at the same time is knocking once. @param {() => void} back */
    until(back) {
      if (going) return;
      going = true;
      let attempt = 0;
      const again = () => {
        wait(
          async () => {
            try {
              await ask();
            } catch {
              attempt += 1;
              again();
              return;
            }
            going = false;
            back();
          },
          pause(attempt, random),
        );
      };
      again();
    },
  };
}
