// @ts-check
// The server asked over HTTP: what a run is known by, and what becomes of a refusal.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, Refusal, submit, Unreachable } from '../../../static/js/runs/server.js';

/** @param {Response | Error} answer what the server is to answer next */
function answering(answer) {
  globalThis.fetch = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

test('a run is known by its address before its body has come', async () => {
  const never = new ReadableStream();
  answering(new Response(never, { status: 201, headers: { location: '/api/runs/abc-1' } }));
  const run = await submit({ pace: 20 });
  assert.deepEqual([run.id, run.status, run.pace], ['abc-1', 'queued', 20]);
});

test('a held start is one request, and keeps the pace that was asked for', async () => {
  /** @type {any[]} */
  const bodies = [];
  globalThis.fetch = async (_, request) => {
    bodies.push(JSON.parse(String(request?.body)));
    return new Response('{}', { status: 201, headers: { location: '/api/runs/abc-3' } });
  };
  const run = await submit({ pace: 20 }, true);
  assert.deepEqual([run.status, run.pace], ['paused', 20]);
  assert.deepEqual(bodies, [{ pace: 20, status: 'paused' }]);
});

test('a run without an address in the head is known by its body', async () => {
  answering(Response.json({ id: 'abc-2' }, { status: 201 }));
  assert.equal((await submit({})).id, 'abc-2');
});

test('a refusal is in the words of the server, and names the field', async () => {
  answering(Response.json({ detail: 'eta is 0', field: 'eta' }, { status: 422 }));
  const refusal = await submit({}).catch((/** @type {unknown} */ error) => error);
  assert.ok(refusal instanceof Refusal);
  assert.deepEqual([refusal.message, refusal.field, refusal.status], ['eta is 0', 'eta', 422]);
});

test('what a proxy says of a server that does not answer is no refusal of the server', async () => {
  for (const status of [502, 503, 504]) {
    answering(new Response('<h1>Bad Gateway</h1>', { status, headers: { 'retry-after': '3' } }));
    const error = await ask('/api/spec').catch((/** @type {unknown} */ found) => found);
    assert.ok(error instanceof Unreachable, String(status));
    assert.deepEqual([error.kind, error.retry], ['gone', '3']);
  }
  answering(Response.json({ detail: 'Redis is away', status: 503 }, { status: 503, headers: { 'retry-after': '5' } }));
  const refusal = await ask('/api/spec').catch((/** @type {unknown} */ found) => found);
  assert.ok(refusal instanceof Refusal);
  assert.equal(refusal.retry, '5');
});

test('no answer, or one that is not of our server, is no way to it', async () => {
  answering(new TypeError('network'));
  await assert.rejects(ask('/api/spec'), Unreachable);
  answering(new Response('<p>Log in to this network first</p>'));
  await assert.rejects(ask('/api/spec'), Unreachable);
});
