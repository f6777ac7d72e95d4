// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, full, grouped, percent, power, short, signed } from '../../../static/js/kit/format.js';
import { readNumber, readWithin } from '../../../static/js/kit/numbers.js';
import { uniform } from '../random.js';

/** @param {string} text */
const found = (text) => {
  const reading = readNumber(text);
  return 'value' in reading ? reading.value : reading.fault;
};

test('a number means what a person means by it', () => {
  /** @type {[string, number][]} */
  const written = [
    ['0.5', 0.5],
    [' 7 ', 7],
    ['−0.60', -0.6],
    ['–0.6', -0.6],
    ['－０．６', -0.6],
    ['- 3', -3],
    ['+2', 2],
    ['1,5', 1.5],
    ['1，5', 1.5],
    ['1。5', 1.5],
    ['0,5', 0.5],
    [',5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['10,5', 10.5],
    ['0,125', 0.125],
    ['12,3456', 12.3456],
    ['1e-3', 0.001],
    ['1E−3', 0.001],
    ['2,5e3', 2500],
    ['3.3×10⁻⁷', 3.3e-7],
    ['−1.2×10⁹', -1.2e9],
    ['1.2 x 10^9', 1.2e9],
    ['10 000', 10_000],
    ['10\u00a0000', 10_000],
    ['1\u202f234\u202f567', 1_234_567],
    ['1,234,567', 1_234_567],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ["10'000", 10_000],
    ['1.000', 1],
    ['1。000', 1],
    ['34 %', 0.34],
    ['33.3％', 0.333],
    ['\u200e−1\u200e', -1],
    ['-0', -0],
  ];
  for (const [text, value] of written) assert.ok(Object.is(found(text), value), `${text}: ${found(text)}`);
});

test('what has two meanings, or none, is refused and never mended', () => {
  for (const text of ['', '  ', '\t']) assert.equal(found(text), 'empty', JSON.stringify(text));
  for (const text of ['1,000', '10,000', '1，000', '−2,500', '999,999']) assert.equal(found(text), 'comma', text);
  const none = [
    'abc',
    '1,2,3',
    '1 2',
    '12 34',
    '1 0000',
    '1.2.3',
    '3。',
    '3,',
    '1;5',
    '1/2',
    '0x10',
    '1e',
    'e5',
    '-',
    '.',
    ',',
  ];
  none.push(
    'NaN',
    '∞',
    '−∞',
    'Infinity',
    '1e999',
    '1e-999',
    '--1',
    '5−3',
    '1_000',
    '十',
    '1万',
    '½',
    '10⁹',
    '1,00,000',
    '5 kg',
    '%',
  );
  for (const text of none) assert.equal(found(text), 'unread', text);
});

test('every number that the pages print is read back as the number that stands there', () => {
  const random = uniform(11);
  for (let n = 0; n < 5_000; n++) {
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20);
    assert.ok(Object.is(found(full(value)), value), full(value));
    for (const [text, exact] of /** @type {[string, number][]} */ ([
      [fixed(value, 3), Math.abs(value) < 1e5 ? Number(value.toFixed(3)) : Number(value.toExponential(2))],
      [
        short(value),
        Math.abs(value) < 0.0005 || Math.abs(value) >= 1e5 ? Number(value.toExponential(1)) : Number(value.toFixed(3)),
      ],
      [power(value, 4), Number(value.toExponential(4))],
    ])) {
      assert.ok(found(text) === exact || (exact === 0 && found(text) === 0), `${text}: ${found(text)}, not ${exact}`);
    }
    const whole = Math.floor(random() * 10 ** Math.floor(random() * 12));
    assert.equal(found(grouped(whole)), whole);
    assert.equal(found(signed(whole / 1000, 2)), found(fixed(whole / 1000, 2)));
    const share = Number(found(percent(whole / 1e12)));
    assert.ok(Math.abs(share - whole / 1e12) <= 0.005 && (share === 0) === (Math.round(whole / 1e4) === 0));
  }
});

test('whatever is typed is a number that a second reader finds too, or is refused', () => {
  const random = uniform(12);
  const signs = [...'0123456789012345678901234567890123456789..,,−--+ e，。５０\u00a0%×'];
  for (let n = 0; n < 30_000; n++) {
    const text = Array.from(
      { length: 1 + Math.floor(random() * 7) },
      () => signs[Math.floor(random() * signs.length)],
    ).join('');
    const value = found(text);
    if (typeof value !== 'number') continue;
    const expected = meant(text);
    assert.ok(
      Object.is(value, expected) || (value === 0 && expected === 0),
      `${JSON.stringify(text)}: ${value}, not ${expected}`,
    );
  }
});

test('a limit holds at its ends', () => {
  assert.deepEqual(readWithin('0', { low: 0, above: true }), { fault: 'limit' });
  assert.deepEqual(readWithin('0', { low: 0 }), { value: 0 });
  assert.deepEqual(readWithin('10,5', { low: 1, high: 20, whole: true }), { fault: 'limit' });
  assert.deepEqual(readWithin('2.0', { low: 1, high: 2, whole: true }), { value: 2 });
  assert.deepEqual(readWithin('2.1', { high: 2 }), { fault: 'limit' });
});

/**
 * What a text means, worked out digit by digit: its last comma or point is decimal, unless it comes again; every other mark
 * between digits only groups them.
 * @param {string} text
 */
function meant(text) {
  const plain = text.normalize('NFKC').trim().replaceAll('。', '.').replace(/[−-]/g, '-');
  const share = plain.endsWith('%');
  const [mantissa, exponent = '0'] = plain.replace(/%$/, '').trim().split(/e/i);
  const marks = [...mantissa].flatMap((sign, at) => (sign === '.' || sign === ',' ? [at] : []));
  const last = marks.at(-1);
  const again = last !== undefined && marks.slice(0, -1).some((at) => mantissa[at] === mantissa[last]);
  const digits = (/** @type {string} */ part) => part.replace(/\D/g, '');
  const [whole, places] =
    last === undefined || again ? [mantissa, ''] : [mantissa.slice(0, last), mantissa.slice(last + 1)];
  const sign = mantissa.includes('-') ? '-' : '';
  const size = Number(exponent) - digits(places).length - (share ? 2 : 0);
  return Number(`${sign}${digits(whole)}${digits(places)}e${size}`);
}
