// @ts-check
// Tables as people paste them: all of a table is understood, or none of it is taken and each place is named.
import assert from 'node:assert/strict';
import { test } from 'node:test';
// @ts-expect-error it has no types of its own
import papa from 'papaparse';
import { isTableText, readTable } from '../../../../static/js/chapters/train/table-text.js';
import { uniform } from '../../random.js';

const LIMITS = { 'table rows': { low: 1, high: 2000 }, classes: { low: 2, high: 50 } };
const read = (/** @type {string} */ text) => /** @type {any} */ (readTable(text, LIMITS, /** @type {any} */ (papa)));

test('a table is read whatever stands between its cells', () => {
  const table = {
    x: [
      [5.1, 3.5],
      [7, 3.2],
    ],
    y: [0, 1],
    classes: 2,
    class_names: ['A', 'B'],
  };
  for (const text of [
    '5.1\t3.5\tA\n7\t3.2\tB',
    '5.1,3.5,A\r\n7,3.2,B\r\n',
    '\ufeff5.1;3.5;A\r7;3.2;B',
    '5,1\t3,5\tA\n7,0\t3,2\tB',
    '5,1;3,5;A\n7;3,2;B',
    '5.1，3.5，A\n7，3.2，B',
    '5.1；3.5；A\n7；3.2；B',
    '5.1  3.5 A\n7\u00a03.2   B',
    '"5,1","3,5","A"\n"7","3,2","B"',
    '\n\n5.1,3.5,A\n\n,,\n7,3.2,B\n \n',
    '5.1,3.5,A,\n7,3.2,B,,',
    '５.1\t3。5\tA\n7\t3，2\tB',
    ' 5.1 , 3.5 , A \n 7 , 3.2 , B ',
  ]) {
    assert.deepEqual(read(text), { heading: false, table }, JSON.stringify(text));
    assert.equal(isTableText(text), true);
  }
});

test('a heading is one, and a first row of data is none', () => {
  assert.equal(read('length,width,kind\n5.1,3.5,A\n7,3.2,B').heading, true);
  assert.equal(read('花萼长\t花萼宽\t类别\n5.1\t3.5\tA\n7\t3.2\tB').table.x.length, 2);
  assert.equal(read('5.1,3.5,only\n5.2,3.5,B\n7,3.2,B').table.classes, 2);
  assert.deepEqual(read('5.1,x,A\n7,3.2,B').faults, [{ why: 'unread', row: 1, column: 2, text: 'x' }]);
  assert.deepEqual(read('a,b,kind\n5.1,oops,A\n7,3.2,B').faults[0].row, 1);
});

test('classes are those that there are', () => {
  assert.deepEqual(read('1\t2\t1\n3\t4\t2\n5\t6\t3').table, {
    x: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    y: [0, 1, 2],
    classes: 3,
    class_names: ['1', '2', '3'],
  });
  assert.deepEqual(read('1,2,10\n3,4,9\n5,6,10').table.class_names, ['9', '10']);
  assert.deepEqual(read('1,2,B\n3,4,A\n5,6,B').table.y, [0, 1, 0]);
  assert.deepEqual(read('1,2,A\n3,4,A').faults, [{ why: 'alone', text: 'A' }]);
  const many = Array.from({ length: 60 }, (_, n) => `1,2,${n}`).join('\n');
  assert.deepEqual(read(many).faults, [{ why: 'classes', count: 60, most: 50 }]);
});

test('what is not understood is named with its row and column, and nothing is taken', () => {
  /** @type {[string, any][]} */
  const wrong = [
    ['1,2,A\n3,,B', { why: 'empty', row: 2, column: 2 }],
    ['1,2,A\n\n3,x,B', { why: 'unread', row: 3, column: 2, text: 'x' }],
    ['1\t1,000\tA\n3\t4\tB', { why: 'comma', row: 1, column: 2, text: '1,000' }],
    ['1,2,A\n3,4,B\n5,6', { why: 'fewer', row: 3, count: 2, most: 3 }],
    ['1,2,A\n3,4,B\n5,6,7,A', { why: 'more', row: 3, count: 4, most: 3 }],
    ['1,2,A\n3,"4,B\n5,6,A', { why: 'quote', row: 2 }],
    ['1，2,A\n3，4,B', { why: 'mixed' }],
    ['1\n2\n3', { why: 'narrow' }],
    ['1,5\n3,2\n0,25', { why: 'either' }],
    ['1,2,A\n∞,4,B', { why: 'unread', row: 2, column: 1, text: '∞' }],
  ];
  for (const [text, fault] of wrong) assert.deepEqual(read(text).faults, [fault], JSON.stringify(text));
  const long = Array.from({ length: 2001 }, (_, n) => `1,2,${n % 2}`).join('\n');
  assert.deepEqual(read(long).faults, [{ why: 'rows', count: 2001, most: 2000 }]);
  const broad = Array.from({ length: 3 }, (_, n) => `${'1,'.repeat(21)}${n}`).join('\n');
  assert.deepEqual(read(broad).faults, [{ why: 'columns', count: 21, most: 20 }]);
});

test('one cell is no table: it belongs into the field', () => {
  for (const text of ['1,5', '−0.6', '5', ' 1 000 ', 'abc', '1，5']) assert.equal(isTableText(text), false, text);
  for (const text of ['1,5,A', '1\t2', '1\n2', '1;2']) assert.equal(isTableText(text), true, text);
});

test('any table, written in any way that people write, is read as it is', () => {
  const random = uniform(21);
  const pick = (/** @type {readonly any[]} */ all) => all[Math.floor(random() * all.length)];
  for (let n = 0; n < 400; n++) {
    const [rows, width] = [2 + Math.floor(30 * random()), 1 + Math.floor(6 * random())];
    const names = pick([
      ['A', 'B'],
      ['猫', '狗', 'fox'],
      ['1', '2', '3'],
      ['0', '1'],
    ]);
    const x = Array.from({ length: rows }, () =>
      Array.from({ length: width }, () => (random() - 0.5) * 10 ** pick([0, 2, -3])),
    );
    const label = x.map((_, row) => names[row < names.length ? row : Math.floor(names.length * random())]);
    const [sign, comma] = pick([
      ['\t', ','],
      ['\t', '.'],
      [';', ','],
      [',', '.'],
      ['，', '.'],
      ['\t', '，'],
      ['；', '，'],
    ]);
    const cell = (/** @type {number} */ value) =>
      pick([
        (/** @type {string} */ text) => text,
        (/** @type {string} */ text) => `"${text}"`,
        (/** @type {string} */ text) => ` ${text} `,
      ])(
        String(value)
          .replace('-', pick(['-', '−']))
          .replace('.', comma),
      );
    // A quote has its meaning at a cell's beginning alone.
    const lines = x.map((row, at) => [...row.map(cell), label[at]].join(sign));
    const end = pick(['\n', '\r\n', '\r']);
    const text = `${pick(['', '\ufeff'])}${lines.join(pick([end, end, end + end]))}${pick(['', end])}`;
    const found = read(text.trimStart());
    if (found.faults) {
      assert.ok(!found.table);
      assert.fail(`${JSON.stringify(text)}: ${JSON.stringify(found.faults)}`);
    }
    assert.deepEqual(found.table.x, x, text);
    assert.deepEqual(
      found.table.y.map((/** @type {number} */ k) => found.table.class_names[k]),
      label,
    );
  }
});

test('whatever is pasted, a table that is taken has numbers and classes alone', () => {
  const random = uniform(22);
  const signs = [...'0123456789.,;\t\n\n"AB −，；\r'];
  for (let n = 0; n < 20_000; n++) {
    const text = Array.from(
      { length: Math.floor(40 * random()) },
      () => signs[Math.floor(signs.length * random())],
    ).join('');
    const { table, faults } = read(text);
    if (faults) {
      assert.ok(faults.length > 0);
      continue;
    }
    assert.ok(table.x.flat().every(Number.isFinite), text);
    assert.equal(new Set(table.y).size, table.classes);
    assert.ok(table.y.every((/** @type {number} */ label) => label >= 0 && label < table.classes));
    assert.equal(table.x.length, table.y.length);
  }
});
