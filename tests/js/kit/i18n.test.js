// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translator } from '../../../static/js/kit/i18n.js';

const t = translator({ 'a.b': '{name} has {count}, {unknown}' });

test('values stand where their names stood, others stay', () => {
  assert.equal(t('a.b', { name: 'fox', count: 2 }), 'fox has 2, {unknown}');
});

test('a value is text, whatever is in it', () => {
  assert.equal(t('a.b', { name: '{count}', count: '<b>' }), '{count} has <b>, {unknown}');
});

test('a missing key is shown as itself and reported', (context) => {
  const error = context.mock.method(console, 'error', () => {});
  assert.equal(t('no.such'), 'no.such');
  assert.equal(error.mock.callCount(), 1);
});
