// @ts-check
/**
 * A WebSocket that comes back by itself. The close code says whether it should: 1000 and 4400 to 4499 mean no, everything
 * else means return, later and later, with a little chance in it so that a class does not return in one instant. A line that
 * brings nothing for a while is dead, though nobody has closed it: it is let go, when the device wakes up at once.
 */
import { BEAT_SECONDS, CLOSES } from '../kit/declared.js';
import { CLOCK, pause } from './again.js';

/** What we say of a line that fell silent. */
const SILENT = 1006;
/** Milliseconds of silence after which the server beats. */
const BEAT = 1000 * BEAT_SECONDS;
/** Milliseconds of silence that make a line dead: two beats and a little. */
export const SILENCE = 2 * BEAT + 1000;
/** Milliseconds that a return may take to open, the first time and at the most. */
const FIRST_OPENING = 3000;
const LONGEST_OPENING = 12_000;
/** Milliseconds that a line is given at the most where large messages were slow to come. */
const LONGEST_SILENCE = 30_000;
/** Milliseconds that a timer may be late; more, and the page itself stood still, and hears first what has come meanwhile. */
const LATE = 1000;
/** Milliseconds after a word in which a line need not be doubted when the device wakes up: a beat and a little. */
const FRESH = BEAT + 1000;
/** Milliseconds between two returns that the device's own events may ask for. */
const CALM = 500;

/**
 * @typedef {{
 *   connect: (address: string) => WebSocket, now: () => number,
 *   wakes: (woken: () => void, cut: () => void) => () => void,
 * } & import('./again.js').Clock} World `now`: milliseconds, going on while the device sleeps; `wakes`: calls `woken` when the
 * device or the page may have slept or the network is back, `cut` when the network has gone; returns how to end that
 */

/** @type {World} */
const PAGE = { ...CLOCK, connect: (address) => new WebSocket(address), now: Date.now, wakes };

/**
 * @param {number} code a WebSocket close code
 * @returns {boolean} whether to connect again
 */
export function shouldReturn(code) {
  return code !== CLOSES.over && code !== CLOSES.rule && !(code >= 4400 && code <= 4499);
}

/**
 * @param {() => string} address asked anew before each connection, so that it can say how far the reader has come
 * @param {{ message: (message: any) => void, state: (state: 'connecting' | 'open' | 'lost' | 'closed', detail: { code?: number, opened?: boolean, attempt: number }) => void }} tell
 * `opened`: whether the connection that was lost had been one; `attempt`: how many in a row were none
 * @param {Partial<World>} [world]
 */
export function socket(address, tell, world = {}) {
  const { connect, wait, random, now, wakes: hear } = { ...PAGE, ...world };
  /** @type {WebSocket | null} */
  let current = null;
  let opened = false;
  let attempt = 0;
  let over = false;
  let turn = 0;
  let heardAt = 0;
  let notBefore = 0;
  let tolerance = SILENCE;

  const open = () => {
    const mine = connect(address());
    [current, opened, heardAt] = [mine, false, now()];
    mine.addEventListener('message', ({ data }) => {
      if (current !== mine || over) return;
      heardAt = now();
      const message = JSON.parse(data);
      if (message.type === 'run' && !opened) {
        [opened, attempt] = [true, 0];
        tell.state('open', { attempt });
      }
      tell.message(message);
    });
    mine.addEventListener('close', ({ code }) => {
      if (current === mine && !over) ended(code);
    });
    watch(mine, heardAt + limit());
  };

  /** Milliseconds of silence that make a line dead. A first return is soon doubted, each further one is given more time. */
  const limit = () => {
    if (opened) return tolerance;
    return attempt === 0 ? SILENCE : Math.min(LONGEST_OPENING, FIRST_OPENING * attempt);
  };

  /** Lets go of a line that has been silent for too long. @param {WebSocket} mine @param {number} due */
  const watch = (mine, due) => {
    wait(() => {
      if (current !== mine || over) return;
      const at = now();
      if (at - heardAt < limit()) watch(mine, heardAt + limit());
      else if (at - due > LATE) watch(mine, at + LATE);
      else {
        if (opened) tolerance = Math.min(LONGEST_SILENCE, 2 * tolerance);
        drop();
      }
    }, due - now());
  };

  const drop = () => {
    const mine = current;
    ended(SILENT);
    mine?.close();
  };

  /** @param {number} code */
  const ended = (code) => {
    current = null;
    if (!shouldReturn(code)) {
      over = true;
      ceaseHearing();
      tell.state('closed', { code, attempt });
      return;
    }
    const milliseconds = pause(attempt, random);
    attempt += 1;
    tell.state('lost', { code, opened, attempt });
    later(milliseconds);
  };

  /** @param {number} milliseconds */
  const later = (milliseconds) => {
    turn += 1;
    const mine = turn;
    wait(() => {
      if (mine === turn) back();
    }, milliseconds);
  };

  const back = () => {
    if (over || current !== null) return;
    const early = notBefore - now();
    if (early > 0) later(early);
    else open();
  };

  const woken = () => {
    if (over || now() - heardAt < (current ? FRESH : CALM)) return;
    [attempt, tolerance] = [0, SILENCE];
    if (current) drop();
    turn += 1;
    back();
  };
  const cut = () => {
    if (current && !over) drop();
  };
  const ceaseHearing = hear(woken, cut);

  tell.state('connecting', { attempt });
  open();

  return {
    /** @param {object} message @returns {boolean} whether it could be sent; it may still be lost */
    send(message) {
      if (!opened || current === null) return false;
      current.send(JSON.stringify(message));
      return true;
    },
    /** The server wants to be left alone for a while. @param {number} seconds */
    hold(seconds) {
      notBefore = now() + seconds * 1000 * (1 + random() / 2);
    },
    /** Ends it for good. */
    close() {
      over = true;
      ceaseHearing();
      current?.close(1000);
    },
  };
}

/** The page's own signs of having slept. @type {World['wakes']} */
function wakes(woken, cut) {
  const seen = () => document.visibilityState === 'visible' && woken();
  const shown = (/** @type {PageTransitionEvent} */ { persisted }) => persisted && woken();
  const signs = /** @type {[EventTarget, string, any][]} */ ([
    [window, 'online', woken],
    [window, 'offline', cut],
    [window, 'pageshow', shown],
    [document, 'visibilitychange', seen],
  ]);
  for (const [target, name, act] of signs) target.addEventListener(name, act);
  return () => {
    for (const [target, name, act] of signs) target.removeEventListener(name, act);
  };
}
