// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forward } from '../../../static/js/nn/network.js';
import { assertClose, golden } from './golden.js';

describe('the way forward', () => {
  for (const { name, output, x, w, b, z, a } of golden.forwards) {
    it(`agrees with 50 digits: ${name}`, () => {
      const trace = forward({ w, b }, x, output);
      z.forEach((/** @type {number[]} */ layer, /** @type {number} */ i) => {
        assertClose(trace.z[i], layer);
        assertClose(trace.a[i + 1], a[i]);
      });
    });
  }
  it('begins with the inputs and leaves them alone', () => {
    const x = [0.5, 2];
    const { a } = forward({ w: [[[1], [1]]], b: [[0]] }, x, 'sigmoid');
    assert.deepEqual(a[0], x);
    assert.notEqual(a[0], x);
  });
});
