// @ts-check
// The outputs as sounds: one pitch for each class.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pitchOf } from '../../../../static/js/chapters/softmax/sound.js';

test('every class has a pitch of its own, each higher than the one before, five to an octave', () => {
  const pitches = Array.from({ length: 12 }, (_, k) => pitchOf(k));
  for (let k = 1; k < pitches.length; k += 1) assert.ok(pitches[k] > pitches[k - 1]);
  assert.ok(Math.abs(pitchOf(5) / pitchOf(0) - 2) < 1e-12);
});
