// @ts-check
/** The server, asked over HTTP: an answer, or a refusal in the page's words. */
import { t } from '../kit/i18n.js';
import { inWords } from '../kit/refusals.js';

/** Milliseconds after which no answer is no longer waited for: a dead line would keep a question for minutes. */
const PATIENCE = 30_000;
/** What a proxy answers when the server behind it does not. */
const BEHIND = [502, 503, 504];

/** A refusal of the server, in words for the page. */
export class Refusal extends Error {
  /** @param {import('../kit/refusals.js').Problem & { status: number }} problem @param {string | null} [retry] seconds until the server wants to be asked again */
  constructor(problem, retry = null) {
    super(inWords(problem));
    this.field = problem.field ?? '';
    this.status = problem.status;
    this.retry = retry;
  }
}

/** No answer: the server is gone, or the way to it. `kind` says which, as far as a page can know. */
export class Unreachable extends Error {
  /** @param {'gone' | 'offline' | 'elsewhere'} [kind] @param {string | null} [retry] seconds until somebody wants to be asked again */
  constructor(kind = globalThis.navigator?.onLine === false ? 'offline' : 'gone', retry = null) {
    super(t(`common.trouble.${kind}`));
    this.kind = kind;
    this.retry = retry;
  }
}

/**
 * Asks the server. Throws Refusal with the problem's words, or Unreachable.
 * @param {string} path
 * @param {Request} [request]
 * @returns {Promise<any>}
 */
export async function ask(path, request) {
  const answer = await answered(path, request);
  return read(answer);
}

/**
 * Has the server take a run in hand. Its address stands in the answer's head, and what the body says of the run the first
 * message says again: to wait for the body would take a tenth of the time until the first cost.
 * @param {any} spec
 * @param {boolean} [held] whether it waits at epoch 0 for a command
 * @returns {Promise<any>} the run
 */
export async function submit(spec, held = false) {
  const body = held ? { ...spec, status: 'paused' } : spec;
  const answer = await answered('/api/runs', { method: 'POST', body });
  const document = read(answer);
  const id = answer.headers.get('location')?.split('/').at(-1);
  if (!id) return document;
  document.catch(() => undefined);
  const begun = held ? 'paused' : 'queued';
  return { id, status: begun, epoch: 0, cost: null, accuracy: null, pace: spec.pace ?? null, detail: null, spec };
}

/**
 * @typedef {{ method?: string, body?: unknown, patience?: number, cache?: RequestCache }} Request
 * `patience`: milliseconds to wait for an answer
 */

/**
 * The server's answer, if it is no refusal.
 * @param {string} path
 * @param {Request} [request]
 */
async function answered(path, { method = 'GET', body, patience = PATIENCE, cache = 'default' } = {}) {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const options = { method, ...json, cache, signal: AbortSignal.timeout(patience) };
  const answer = await fetch(path, options).catch(() => {
    throw new Unreachable();
  });
  if (answer.ok) return answer;
  const retry = answer.headers.get('retry-after');
  const problem = await answer.json().catch(() => {
    if (BEHIND.includes(answer.status)) throw new Unreachable('gone', retry);
    return { detail: `${answer.status} ${answer.statusText}` };
  });
  throw new Refusal({ status: answer.status, ...problem }, retry);
}

/** @param {Response} answer */
function read(answer) {
  return answer.json().catch(() => {
    // Some other server answered in place of ours, or ours broke off.
    throw new Unreachable(answer.headers.get('content-type')?.includes('json') ? 'gone' : 'elsewhere');
  });
}
