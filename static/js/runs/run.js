// @ts-check
/** One run as the page knows it, and what each message of the server makes of it. */

import { ENDINGS, VERSION } from '../kit/declared.js';
import { inWords } from '../kit/refusals.js';
import { thin } from '../kit/thin.js';

/** @typedef {import('../nn/network.js').Parameters} Parameters */
/** @typedef {'queued' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed'} Status */
/** @typedef {import('./trouble.js').Trouble} Trouble */

/**
 * @typedef {{
 *   id: string, status: Status, epoch: number, cost: number | null, accuracy: number | null, pace: number | null,
 *   detail: string | null, code?: string | null, spec: any, connection: 'connecting' | 'open' | 'lost' | 'closed',
 *   parameters: Parameters | null, x: readonly number[], y: readonly number[], marks: ReadonlyMap<number, number>,
 *   refusal: string | null, gone: boolean, trouble: Trouble, waiting: boolean, undelivered: boolean,
 *   awaited: { epoch: number, status: Status } | null,
 * }} Run `x` and `y`: epochs and costs of the curve; `marks`: exact costs by epoch; `gone`: the server has forgotten this
 * run; `trouble`: why there is no connection; `waiting`: whether commands are on their way; `undelivered`: whether one was
 * given up; `awaited`: where the run stands already, while the figures up to there are on
 * their way: until they are here it counts as running
 */

/** Points of a curve kept here: twice what a screen can show. */
const MOST_POINTS = 3000;

/** @param {Status} status */
export function isOver(status) {
  return ENDINGS.includes(status);
}

/**
 * The run after a message. Unknown types change nothing.
 * @param {Run} run
 * @param {any} message
 * @param {(epoch: number) => boolean} isMark which epochs' costs to keep exactly
 * @returns {Run}
 */
export function told(run, message, isMark) {
  switch (message.type) {
    case 'run':
      if (message.version !== VERSION) return { ...run, refusal: 'version' };
      return {
        ...run,
        id: message.id,
        ...standing(run, message),
        refusal: null,
        pace: message.pace,
        detail: message.detail,
        code: message.code,
        spec: message.spec,
      };
    case 'progress':
      return advanced(run, message, isMark);
    case 'status':
      return {
        ...run,
        status: message.status,
        awaited: null,
        pace: message.pace,
        detail: message.detail,
        code: message.code,
        refusal: null,
      };
    case 'end':
      return {
        ...run,
        status: message.status,
        awaited: null,
        detail: message.detail ?? run.detail,
        code: message.code ?? run.code,
      };
    case 'error':
      return { ...run, refusal: inWords(message) };
    default:
      console.info(`a message of the unknown type ${message.type}`);
      return run;
  }
}

/**
 * A run that has ended or pauses does so for us once we have its figures: the first message tells the status, they follow.
 * @param {Run} run
 * @param {{ status: Status, epoch: number, cost: number | null }} message
 * @returns {Pick<Run, 'status' | 'awaited'>}
 */
function standing({ x, epoch }, message) {
  const owed = message.cost !== null && (x.length === 0 || epoch < message.epoch);
  const rests = message.status === 'paused' || isOver(message.status);
  if (owed && rests) return { status: 'running', awaited: { epoch: message.epoch, status: message.status } };
  return { status: message.status, awaited: null };
}

/** @param {Run} run @param {any} message @param {(epoch: number) => boolean} isMark @returns {Run} */
function advanced(run, message, isMark) {
  const curve = thin([...run.x, ...message.epoch], [...run.y, ...message.cost], MOST_POINTS);
  const marks = new Map(run.marks);
  message.epoch.forEach((/** @type {number} */ epoch, /** @type {number} */ i) => {
    if (isMark(epoch)) marks.set(epoch, message.cost[i]);
  });
  return {
    ...run,
    ...curve,
    marks,
    ...(run.awaited && message.to >= run.awaited.epoch ? { status: run.awaited.status, awaited: null } : {}),
    epoch: message.to,
    cost: message.cost.at(-1),
    accuracy: message.accuracy,
    parameters: message.parameters ?? run.parameters,
  };
}
