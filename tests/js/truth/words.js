// @ts-check
/** Reads what a page would say, in both languages, and the numbers in it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { translator } from '../../../static/js/kit/i18n.js';
import { textOf } from '../../../static/js/kit/saying.js';

/** @param {'en' | 'zh'} language */
const catalogue = (language) =>
  JSON.parse(readFileSync(new URL(`../../../app/i18n/${language}.json`, import.meta.url), 'utf8'));
export const CATALOGUES = { en: catalogue('en'), zh: catalogue('zh') };
const [en, zh] = [translator(CATALOGUES.en), translator(CATALOGUES.zh)];

/** The sentence in both languages: no blank is left empty, no word is missing. @param {import('../../../static/js/kit/saying.js').Saying} said */
export function spoken(said) {
  const texts = { en: textOf(said, en), zh: textOf(said, zh) };
  for (const text of Object.values(texts)) {
    assert.ok(!/\{\w+\}|undefined|NaN(?! ?[,，.。]|∕)|\[object/.test(text.replace(/NaN[,，.。 ]/g, '')), text);
    assert.notEqual(text, said.key);
  }
  return texts;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number as the pages write it. @param {import('../../../static/js/kit/saying.js').Word} text */
export function parsed(text) {
  const plain = String(text)
    .replaceAll('−', '-')
    .replaceAll('∞', 'Infinity')
    .replace(
      /×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/,
      (_, power) => `e${[...power].map((s) => (s === '⁻' ? '-' : RAISED.indexOf(s))).join('')}`,
    );
  return Number(plain.replace('+', '').replaceAll(' ', ''));
}

/** That a text is a number's rounding to the digits that it shows. @param {import('../../../static/js/kit/saying.js').Word} text @param {number} value @param {number} [slack] */
export function assertShows(text, value, slack = 1e-13) {
  const [, digits = '', power = ''] = /^[+−]?\d+(?:\.(\d+))?(?:×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$/.exec(String(text)) ?? [];
  const exponent = power === '' ? 0 : Number([...power].map((s) => (s === '⁻' ? '-' : RAISED.indexOf(s))).join(''));
  const unit = 10 ** (exponent - digits.length);
  const off = Math.abs(parsed(text) - value);
  assert.ok(off <= 0.5001 * unit + slack * Math.max(1, Math.abs(value)), `${text} for ${value}`);
}
