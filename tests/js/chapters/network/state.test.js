// @ts-check
// The state of the walk through a network, and the figures of its lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fromUrl,
  lineCount,
  readHidden,
  toUrl,
  walkTable,
  wishOf,
  withLine,
  withNetwork,
  withNextEpoch,
} from '../../../../static/js/chapters/network/state.js';
import { readUrl, writeUrl } from '../../../../static/js/kit/address.js';
import { arrayError, relativeError, sumOf, tilesOf } from '../../../../static/js/nn/tiles.js';

const TABLE = walkTable(['iris', 'xor']);
const NEW = fromUrl(readUrl(TABLE, ''));

test('an address and back', () => {
  const search = '?data=xor&hidden=5,4&start=scaled&seed=3&eta=0.5&epoch=7&sample=3&line=9&beside=1';
  const state = fromUrl(readUrl(TABLE, search));
  assert.deepEqual([state.sample, state.line, state.hidden], [2, 9, [5, 4]]);
  assert.equal(writeUrl(TABLE, toUrl(state), ''), search);
  assert.equal(writeUrl(TABLE, toUrl(NEW), ''), '');
});

test('an address that asks for too much is put right', () => {
  const state = fromUrl(readUrl(TABLE, '?line=40&hidden=5,9&epoch=1001&eta=0&data=mnist'));
  assert.deepEqual([state.line, state.hidden, state.epoch, state.eta, state.data], [14, [5], 0, 0.1, 'iris']);
});

test('fourteen lines, and six for each further hidden layer', () => {
  assert.deepEqual(
    [[5], [5, 4], [1, 1, 1, 1]].map((hidden) => lineCount({ hidden })),
    [14, 20, 32],
  );
});

test('the walk stays within its lines', () => {
  assert.deepEqual([withLine(NEW, 0).line, withLine(NEW, 99).line], [1, 14]);
});

test('another network and the next epoch begin at the first line', () => {
  const there = withLine(NEW, 9);
  assert.deepEqual([withNetwork(there, { seed: 2 }).line, withNextEpoch(there).line], [1, 1]);
  assert.deepEqual([withNextEpoch(there).epoch, withNextEpoch({ ...there, epoch: 1000 }).epoch], [1, 1000]);
});

test('hidden layers are read from what people type', () => {
  assert.deepEqual(['5', '5, 4', '5 4 3', '5，4'].map(readHidden), [[5], [5, 4], [5, 4, 3], [5, 4]]);
  assert.deepEqual(['', '0', '9', '1.5', 'five', '1,1,1,1,1'].map(readHidden), Array(6).fill(null));
});

test('the all-sigmoid network has the quadratic cost, and all else alike', () => {
  const [ours, other] = [wishOf(NEW, false).spec, wishOf(NEW, true).spec];
  assert.deepEqual(
    [ours.output, ours.cost, other.output, other.cost],
    ['softmax', 'log-likelihood', 'sigmoid', 'quadratic'],
  );
  assert.deepEqual({ ...ours, output: '', cost: '' }, { ...other, output: '', cost: '' });
});

test('tiles are outer products over n, and sum to the gradient', () => {
  const tiles = tilesOf(
    [
      [1, 2],
      [3, 4],
    ],
    [[10], [-20]],
  );
  assert.deepEqual(tiles, [
    [[5], [10]],
    [[-30], [-40]],
  ]);
  assert.deepEqual(sumOf(tiles), [[-25], [-30]]);
});

test('errors are beside the larger number, or the largest entry', () => {
  assert.deepEqual([relativeError(1, 2), relativeError(-2, -2), relativeError(0, 0)], [0.5, 0, 0]);
  assert.deepEqual([arrayError([[1, 2]], [[1, 4]]), arrayError([[0]], [[0]])], [0.5, 0]);
  assert.equal(arrayError([[1]], [[0]]), Infinity);
});
