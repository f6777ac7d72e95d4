// @ts-check
/**
 * One pitch for each class, as loud as its a: what rises is heard to rise. It sounds while something moves and fades when the
 * hand rests; it is off until somebody wants it.
 */

import { traceOf } from '../../figures/layer/state.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';

/** @typedef {import('../../figures/layer/state.js').Layer} Layer */

/** Hertz of the first class; the others follow in a scale of five notes, in which any two sound well together. */
const LOWEST = 196;
const NOTES = [0, 2, 4, 7, 9];
/** Seconds: how fast a voice follows its a, how long all sound after the last change, how fast they fade. */
const [FOLLOW, LINGER, FADE] = [0.03, 0.4, 0.15];
const LOUDEST = 0.2;

/** @param {number} k the class, from 0 @returns {number} Hz */
export function pitchOf(k) {
  return LOWEST * 2 ** ((NOTES[k % NOTES.length] + 12 * Math.floor(k / NOTES.length)) / 12);
}

/**
 * @param {HTMLElement} button
 * @param {{ layer: import('../../kit/observable.js').Watched<Layer> }} model
 * @param {() => AudioContext} [listen] what sounds come from
 */
export function sound(button, { layer }, listen = () => new AudioContext()) {
  /** @type {{ context: AudioContext, all: GainNode, voices: { tone: OscillatorNode, gain: GainNode }[] } | null} */
  let choir = null;

  const sing = () => {
    if (choir === null) return;
    const { context, all, voices } = choir;
    const { a } = traceOf(layer.value);
    while (voices.length < a.length) voices.push(voice(context, all, voices.length));
    const now = context.currentTime;
    voices.forEach(({ gain }, k) => {
      const share = Number.isFinite(a[k]) ? a[k] : 0;
      gain.gain.setTargetAtTime(LOUDEST * share, now, FOLLOW);
    });
    all.gain.cancelScheduledValues(now);
    all.gain.setTargetAtTime(1, now, FOLLOW);
    all.gain.setTargetAtTime(0, now + LINGER, FADE);
  };

  button.addEventListener('click', () => {
    if (choir) {
      choir.context.close();
      choir = null;
    } else {
      const context = listen();
      const all = context.createGain();
      all.gain.value = 0;
      all.connect(context.destination);
      choir = { context, all, voices: [] };
      sing();
    }
    button.setAttribute('aria-pressed', String(choir !== null));
    button.title = t(choir ? 'softmax.sound.off' : 'softmax.sound.on');
  });
  layer.link((_, before) => before && soon(sing));
}

/** @param {AudioContext} context @param {GainNode} all @param {number} k */
function voice(context, all, k) {
  const [tone, gain] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = pitchOf(k);
  gain.gain.value = 0;
  tone.connect(gain).connect(all);
  tone.start();
  return { tone, gain };
}
