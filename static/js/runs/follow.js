// @ts-check
/** Follows one run: messages in, one observable value out. Sends the commands; never draws. */

import { CLOSES } from '../kit/declared.js';
import { observable } from '../kit/observable.js';
import { commandQueue, lifetime } from './commands.js';
import { told } from './run.js';
import { socket } from './socket.js';
import { whyUnopened } from './trouble.js';

/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./trouble.js').Trouble} Trouble */

/** Closed because too many are connected, or because a part of the server is away. @type {Record<number, Trouble>} */
const TROUBLES = { [CLOSES.later]: 'full', [CLOSES.away]: 'away' };
/** Attempts after which a server that has nothing against us is one whose sockets do not get through. */
const BLOCKED = 2;

/** What is known of a run that has just been taken in hand. */
const NOTHING = { epoch: 0, cost: null, accuracy: null, parameters: null, x: [], y: [], marks: new Map() };
/** How it is connected. */
const UNTOLD = { connection: 'connecting', refusal: null, gone: false, trouble: '', awaited: null };

const PAGE = {
  /** @type {typeof socket} */ socket,
  whyUnopened,
  now: Date.now,
  /** @type {(task: () => void, milliseconds: number) => unknown} */
  wait: (task, milliseconds) => setTimeout(task, milliseconds),
};

/**
 * Follows a run that the server has taken in hand.
 * @param {any} document the run as `POST /api/runs` answered
 * @param {(epoch: number) => boolean} isMark
 * @param {Run} [known] what an equal run has told before: the same spec gives the same costs, so this one goes on from there
 * @param {Partial<typeof PAGE>} [world]
 */
export function follow(document, isMark, known, world = {}) {
  const page = { ...PAGE, ...world };
  const { epoch, cost, accuracy, parameters, x, y, marks } = known ?? NOTHING;
  const before = { epoch, cost, accuracy, parameters, x, y, marks, waiting: false, undelivered: false };
  const run = observable(/** @type {Run} */ ({ ...document, ...before, ...UNTOLD }));
  const queue = commandQueue(page.now);

  /** @param {Partial<Run>} changes */
  const change = (changes) => {
    run.value = { ...run.value, ...changes };
  };
  const address = () => {
    const origin = location.origin.replace(/^http/, 'ws');
    const after = run.value.x.length > 0 ? `&after=${run.value.epoch}` : '';
    return `${origin}/api/runs/${document.id}/events?include=parameters&beats=1${after}`;
  };

  /** @param {any} message */
  const heard = (message) => {
    if (message.type === 'beat') {
      queue.acknowledge(message.heard);
      if (run.value.waiting !== queue.waiting) change({ waiting: queue.waiting });
      return;
    }
    run.value = told(run.value, message, isMark);
    if (message.type !== 'run') return;
    queue.expire();
    for (const command of queue.renew(message)) line.send(command);
    change({ waiting: queue.waiting });
  };

  /** Finds out why a line that never was one did not open. @param {number} attempt */
  const explain = async (attempt) => {
    const { trouble, retry } = await page.whyUnopened(document.id);
    if (retry > 0) line.hold(retry);
    if (run.value.connection !== 'lost') return;
    change({ trouble: trouble === 'upgrade' && attempt < BLOCKED ? 'lost' : trouble });
  };

  const line = page.socket(address, {
    message: heard,
    state: (connection, { code = 0, opened = true, attempt }) => {
      const lost = connection === 'lost' && (TROUBLES[code] ?? (run.value.trouble || 'lost'));
      change({ connection, gone: code === CLOSES.unknown, trouble: lost || '' });
      if (connection === 'closed') queue.clear();
      if (connection === 'lost' && !opened && !(code in TROUBLES)) explain(attempt);
    },
  });

  /** Sends a command now, or as soon as there is a connection; a step waits for none that is lost. @param {import('./commands.js').Command} command */
  const order = (command) => {
    if (command.type === 'step' && run.value.connection === 'lost') return change({ undelivered: true });
    queue.add(command, run.value.epoch, line.send(command));
    change({ waiting: true, undelivered: false });
    page.wait(() => {
      if (queue.expire()) change({ waiting: queue.waiting, undelivered: true });
    }, lifetime(command));
  };

  return {
    run,
    pause: () => order({ type: 'pause' }),
    resume: () => order({ type: 'resume' }),
    /** @param {number} epochs */
    step: (epochs) => order({ type: 'step', epochs }),
    /** @param {number | null} pace */
    pace: (pace) => order({ type: 'pace', epochs_per_second: pace }),
    /** Keeps a mark's cost that was asked for by itself. @param {number} epoch @param {number} cost */
    mark: (epoch, cost) => change({ marks: new Map(run.value.marks).set(epoch, cost) }),
    /** Looks no longer; the run goes on without us. */
    leave: () => {
      queue.clear();
      line.close();
    },
  };
}
