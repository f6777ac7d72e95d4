// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainTex } from '../../../static/js/figures/copied.js';

test('TeX without marks stays as it is', () => {
  assert.equal(plainTex('\\frac{e^{z_i}}{\\sum_k e^{z_k}}'), '\\frac{e^{z_i}}{\\sum_k e^{z_k}}');
});

test('marks go, what they mark stays, also one within another and beside braces that are text', () => {
  assert.equal(plainTex('\\htmlData{name=a}{a_i} - y_i'), 'a_i - y_i');
  assert.equal(plainTex('x\\htmlClass{on}{\\frac{\\htmlData{n=1}{a}}{b}}y\\htmlData{n=2}{c}'), 'x\\frac{a}{b}yc');
  assert.equal(plainTex('\\htmlData{n=1}{\\{a\\}}'), '\\{a\\}');
});
