// @ts-check
/**
 * A WebSocket that comes back by itself. The close code says whether it should: 1000 and 4400 to 4499 mean no, everything
 * else means return, later and later, with a little chance in it so that a class does not return in one instant.
 */
import { CLOSES } from '../kit/declared.js';

/** Milliseconds before the first return, and the most. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8000;

/** A connection's readyState before it can be spoken into, and then. */
const [CONNECTING, OPEN] = [0, 1];

/**
 * @param {number} code a WebSocket close code
 * @returns {boolean} whether to connect again
 */
export function shouldReturn(code) {
  return code !== CLOSES.over && code !== CLOSES.rule && !(code >= 4400 && code <= 4499);
}

/**
 * @param {number} attempt 0 for the first
 * @param {() => number} random 0 to 1
 * @returns {number} milliseconds to wait: doubling, half of it by chance
 */
export function pause(attempt, random) {
  const whole = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt);
  return whole / 2 + (whole / 2) * random();
}

/**
 * @param {() => string} address asked anew before each connection, so that it can say how far the reader has come
 * @param {{ message: (message: any) => void, state: (state: 'connecting' | 'open' | 'lost' | 'closed', code?: number) => void }} tell
 * @param {{ connect?: (address: string) => WebSocket, wait?: (task: () => void, milliseconds: number) => any, random?: () => number }} [world]
 */
export function socket(address, tell, world = {}) {
  const connect = world.connect ?? ((where) => new WebSocket(where));
  const wait = world.wait ?? ((task, milliseconds) => setTimeout(task, milliseconds));
  const random = world.random ?? Math.random;
  /** @type {WebSocket | undefined} */
  let current;
  let attempt = 0;
  let over = false;
  /** @type {string[]} what was asked for while the connection was being made */
  const waiting = [];

  const open = () => {
    if (over) return;
    tell.state(attempt === 0 ? 'connecting' : 'lost');
    const mine = connect(address());
    current = mine;
    mine.addEventListener('open', () => {
      for (const text of waiting.splice(0)) mine.send(text);
    });
    mine.addEventListener('message', ({ data }) => {
      if (current !== mine || over) return;
      if (attempt !== -1) tell.state('open');
      attempt = -1;
      tell.message(JSON.parse(data));
    });
    mine.addEventListener('close', ({ code }) => {
      if (current !== mine || over) return;
      if (!shouldReturn(code)) {
        over = true;
        tell.state('closed', code);
        return;
      }
      attempt += 1;
      tell.state('lost');
      wait(open, pause(attempt, random));
    });
  };
  open();

  return {
    /** @param {object} message sent as soon as the connection is made; dropped where it is lost: that may take long */
    send(message) {
      if (current?.readyState === OPEN) current.send(JSON.stringify(message));
      else if (current?.readyState === CONNECTING && attempt === 0) waiting.push(JSON.stringify(message));
    },
    /** Ends it for good. */
    close() {
      over = true;
      current?.close(1000);
    },
  };
}
