// @ts-check

import { say, set } from '../../figures/dom.js';
import { apart, short } from '../../kit/format.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { saying, textOf } from '../../kit/saying.js';
import { check, claimByDifference } from './formulas/steps.js';
import { bindingOf, sampleOf } from './state.js';
import { lessonNow } from './toolbar.js';
import { sidesOf, stateOf } from './verdict.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./formulas/steps.js').Derivation} Derivation */

/** Milliseconds of rest after which a screen reader is told: it should hear the end of a drag, not its middle. */
const REST = 600;

/**
 * One sentence that says what just happened and what the two sides of the step have come to; the same in the live region
 * once it rests.
 * @param {HTMLElement} element
 * @param {HTMLElement | null} live
 * @param {{ state: import('../../kit/observable.js').Watched<State>, gesture: any, derivations: readonly Derivation[] }} model
 * @returns {() => void} dispose
 */
export function derivationSaid(element, live, { state, gesture, derivations }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let before = state.value;
  const first = element.textContent ?? '';
  const paint = () => {
    const now = state.value;
    if (now === before) return;
    const arrived = gesture.trail.value.before === now;
    const said = derivationSaying(before, now, lessonNow(derivations, now));
    say(element, arrived ? first : said.map((one) => textOf(one)).join(' '));
    before = now;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (live) live.textContent = element.textContent;
    }, REST);
  };
  const unlink = state.link(() => soon(paint));
  return () => {
    clearTimeout(timer);
    unlink();
  };
}

/**
 * What just happened, and what the two sides of the step have come to. Pure.
 * @param {State} before @param {State} now @param {Derivation} derivation
 * @returns {import('../../kit/saying.js').Saying[]}
 */
export function derivationSaying(before, now, derivation) {
  const step = derivation.steps[now.step - 1];
  const found = check(step, sampleOf(now), bindingOf(now, derivation.picks));
  const verdict = saying(`derivation.said.${stateOf(found)}`, sidesOf(found));
  if (before.lesson !== now.lesson || before.step !== now.step) {
    const reason = saying(`derivation.reason.${step.reason}`);
    return [saying('derivation.said.step', { step: now.step, count: derivation.steps.length, reason }), verdict];
  }
  const moved = now.z.findIndex((value, k) => value !== before.z[k]);
  if (before.z.length === now.z.length && moved >= 0) {
    const z = { symbol: 'z', index: moved };
    return [saying('derivation.said.z', { z, value: apart(before.z[moved], now.z[moved], 2)[1] }), verdict];
  }
  if (before.convention !== now.convention) return [saying(`derivation.said.${now.convention}`)];
  return [saying('derivation.said.changed'), verdict];
}

/**
 * What the claim comes to by two values beside each other, which knows no rule of differentiation, against what it is
 * derived to be.
 * @param {HTMLElement} element
 * @param {{ state: import('../../kit/observable.js').Watched<State>, derivations: readonly Derivation[] }} model
 * @returns {() => void} dispose
 */
export function machineCheck(element, { state, derivations }) {
  const paint = () => {
    const derivation = lessonNow(derivations, state.value);
    const sample = sampleOf(state.value);
    const picked = bindingOf(state.value, derivation.picks);
    const measured = claimByDifference(derivation, sample, picked);
    const derived = check(derivation.steps[0], sample, picked).left;
    if (measured === null) return;
    const apart = Math.abs(measured - derived);
    say(
      element,
      t('derivation.machine', {
        measured: measured.toFixed(9).replace('-', '−'),
        apart: apart === 0 ? '0' : short(apart, 2),
      }),
    );
    set(element, { 'data-value': String(measured), 'data-apart': String(apart) });
  };
  return state.link(() => soon(paint));
}
