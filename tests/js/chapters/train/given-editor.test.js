// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed } from '../../../../static/js/chapters/train/given-editor.js';
import { printed } from '../../../../static/js/chapters/train/print.js';

const NETWORK = { w: [[[1, -2]], [[0.5], [0.25]]], b: [[0, 0], [1]] };

test('parameters are read from JSON of numbers in the right depths, and from nothing else', () => {
  assert.deepEqual(parsed(JSON.stringify(NETWORK)), NETWORK);
  for (const text of ['', '{', '[]', '{"w": []}', '{"w": [[1]], "b": [[1]]}', '{"w": [[["1"]]], "b": [[1]]}']) {
    assert.equal(parsed(text), null, text);
  }
});

test('an epoch is printed with a, then w and b of every layer, from 2', () => {
  const text = printed({ ...NETWORK, epoch: 1000, a: [[0.25], [0.75]] });
  assert.deepEqual(text.split('\n'), [
    'epoch 1000',
    'Perception = [[0.25000000]',
    ' [0.75000000]]',
    'w2 = [[ 1.00000000 -2.00000000]]',
    'b2 = [[0.00000000 0.00000000]]',
    'w3 = [[0.50000000]',
    ' [0.25000000]]',
    'b3 = [[1.00000000]]',
  ]);
});
