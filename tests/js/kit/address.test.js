// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choice, flag, number, numbers, readUrl, texts, writeUrl } from '../../../static/js/kit/address.js';

const TABLE = {
  z: numbers([1, 2], { low: -10, high: 10, fewest: 2, most: 3 }),
  temperature: number(1, { low: 0.05, high: 20 }),
  classes: number(2, { low: 2, high: 12, whole: true }),
  tab: choice('slopes', ['slopes', 'numbers']),
  sigmoid: flag(true),
  names: texts([], { longest: 5, most: 3 }),
};
const START = readUrl(TABLE, '');

test('what is not in the address is at its default, and a default is not written', () => {
  assert.deepEqual(START.z, [1, 2]);
  assert.equal(writeUrl(TABLE, START, ''), '');
});

test('every digit of a number survives the address', () => {
  const z = [0.1 + 0.2, -1e-300, 3];
  const table = { z: numbers([1]) };
  assert.deepEqual(readUrl(table, writeUrl(table, { z }, '')).z, z);
});

test('what cannot be read is left at its default', () => {
  for (const search of ['?z=1', '?z=1,2,3,4', '?z=1,99', '?z=1,x', '?z=,', '?z=1,NaN', '?z=1,Infinity']) {
    assert.deepEqual(readUrl(TABLE, search).z, [1, 2], search);
  }
  for (const search of ['?temperature=0', '?temperature=', '?temperature=hot']) {
    assert.equal(readUrl(TABLE, search).temperature, 1, search);
  }
  assert.equal(readUrl(TABLE, '?classes=2.5').classes, 2);
  assert.equal(readUrl(TABLE, '?tab=none').tab, 'slopes');
  assert.equal(readUrl(TABLE, '?sigmoid=maybe').sigmoid, true);
});

test('names may hold commas, per cents, markup and Chinese', () => {
  const names = ['a,b', '5%2C', '<b>'];
  assert.deepEqual(readUrl(TABLE, writeUrl(TABLE, { ...START, names }, '')).names, names);
  assert.deepEqual(readUrl(TABLE, '?names=abcdefgh,猫').names, ['abcde', '猫']);
});

test('parameters of others are kept', () => {
  const search = writeUrl(TABLE, { ...START, sigmoid: false }, '?lang=zh&theme=dark&tab=numbers');
  assert.equal(search, '?lang=zh&theme=dark&sigmoid=0');
});
