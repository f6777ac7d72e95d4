// @ts-check
/** The server, asked over HTTP: an answer, or a refusal in the page's words. */
import { inWords } from '../kit/refusals.js';

/** A refusal of the server, in words for the page. */
export class Refusal extends Error {
  /** @param {import('../kit/refusals.js').Problem & { status: number }} problem */
  constructor(problem) {
    super(inWords(problem));
    this.field = problem.field ?? '';
    this.status = problem.status;
  }
}

/** No answer: the server is gone, or the way to it. */
export class Unreachable extends Error {}

/**
 * Asks the server. Throws Refusal with the problem's words, or Unreachable.
 * @param {string} path
 * @param {{ method?: string, body?: unknown }} [request]
 * @returns {Promise<any>}
 */
export async function ask(path, request) {
  const answer = await answered(path, request);
  return answer.json().catch(() => {
    throw new Unreachable(); // some other server answered in place of ours
  });
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
  const document = answer.json();
  const id = answer.headers.get('location')?.split('/').at(-1);
  if (!id) return document;
  document.catch(() => undefined);
  const begun = held ? 'paused' : 'queued';
  return { id, status: begun, epoch: 0, cost: null, accuracy: null, pace: spec.pace ?? null, detail: null, spec };
}

/**
 * The server's answer, if it is no refusal.
 * @param {string} path
 * @param {{ method?: string, body?: unknown }} [request]
 */
async function answered(path, { method = 'GET', body } = {}) {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(path, { method, ...json }).catch(() => {
    throw new Unreachable();
  });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({ detail: `${answer.status} ${answer.statusText}` }));
  throw new Refusal({ status: answer.status, ...problem });
}
