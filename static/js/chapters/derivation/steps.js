// @ts-check

import { html, say, set } from '../../figures/dom.js';
import { typeset } from '../../figures/maths.js';
import { whileSeen } from '../../figures/sight.js';
import { short } from '../../kit/format.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { textOf } from '../../kit/saying.js';
import { check } from './formulas/steps.js';
import { numbersOf, symbolsOf } from './formulas/tex.js';
import { fillNumbers, markedSymbols } from './marks.js';
import { bindingOf, sampleOf } from './state.js';
import { stateOf, verdictSaying } from './verdict.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./formulas/steps.js').Derivation} Derivation */
/** @typedef {import('./formulas/steps.js').Step} Step */

/**
 * The derivation as a list that grows by a step at a time: formula, reason, and whether both sides agree at the numbers on
 * screen. The step that was added last is written in numbers as well, and its symbols can be reached by the keyboard.
 * @param {HTMLElement} list
 * @param {{ state: import('../../kit/observable.js').Watched<State>, derivations: readonly Derivation[] }} model
 * @param {(step: number) => void} choose called with the step that was pressed, from 1
 * @returns {() => void} dispose
 */
export function derivationSteps(list, { state, derivations }, choose) {
  /** @type {ReturnType<typeof stepItem>[]} */
  let items = [];
  let built = '';
  // Until the reader moves on, the step is brought into view again when its formulas have come and taken their room.
  let arriving = true;
  let walked = false;
  const come = () => {
    paint();
    if (arriving) bringIn(list, walked);
  };
  const paint = () => {
    const { lesson, step, convention } = state.value;
    const derivation = /** @type {Derivation} */ (derivations.find(({ name }) => name === lesson));
    if (built !== `${lesson} ${convention}`) {
      items = derivation.steps.map((one, n) => stepItem(one, convention, () => choose(n + 1), come));
      list.replaceChildren(...items.map(({ root }) => root));
      built = `${lesson} ${convention}`;
    }
    const sample = sampleOf(state.value);
    const picked = bindingOf(state.value, derivation.picks);
    for (const [n, item] of items.entries()) item.paint(sample, picked, place(n + 1, step));
  };
  // And when its box has another height: the question under it has come, or the window has changed.
  const watcher = new ResizeObserver(() => bringIn(list, false));
  if (list.parentElement) watcher.observe(list.parentElement);
  const follow = whileSeen(list, paint);
  const unlink = state.link((now, before) => {
    if (now.lesson === before?.lesson) follow();
    else soon(paint);
    arriving = now.step !== before?.step || now.lesson !== before.lesson;
    walked ||= before !== undefined;
    if (arriving) soon(come);
  });
  return () => {
    watcher.disconnect();
    unlink();
  };
}

/** @typedef {'before' | 'now' | 'after'} Place */

/** @param {number} n @param {number} step @returns {Place} */
function place(n, step) {
  return n < step ? 'before' : n === step ? 'now' : 'after';
}

/**
 * The step at hand is scrolled into its box; the page itself, as on a phone, moves only for who walks.
 * @param {HTMLElement} list
 * @param {boolean} walked
 */
function bringIn(list, walked) {
  const step = list.querySelector('[data-place="now"]');
  const box = list.parentElement;
  if (!step || !box) return;
  box.scrollTop += Math.max(step.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom, 0);
  if (walked) step.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {Step} step
 * @param {State['convention']} convention
 * @param {() => void} choose
 * @param {() => void} typesetDone called when a formula has come and wants its numbers
 */
function stepItem(step, convention, choose, typesetDone) {
  const symbols = formulaPart('formula', symbolsOf(step, convention), typesetDone);
  const numbers = formulaPart('in-numbers', numbersOf(step, convention), typesetDone);
  numbers.element.setAttribute('aria-hidden', 'true');
  const reason = html('button', { type: 'button', class: 'reason' }, t(`derivation.reason.${step.reason}`));
  reason.addEventListener('click', choose);
  const verdict = html('span', { class: 'verdict' });
  const root = html(
    'li',
    { class: 'step', 'data-begins': String(step.begins) },
    symbols.element,
    html('div', { class: 'why' }, reason, verdict),
    numbers.element,
  );
  /** @type {ReturnType<typeof markedSymbols> | null} */
  let marks = null;
  let open = false;
  return {
    root,
    /** @param {import('./formulas/evaluate.js').Sample} sample @param {{ i: number, j: number }} picked @param {Place} where */
    paint(sample, picked, where) {
      set(root, { 'data-place': where });
      root.hidden = where === 'after';
      if (root.hidden) return;
      set(reason, { 'aria-current': where === 'now' ? 'step' : 'false' });
      if (symbols.ready() && marks === null) marks = markedSymbols(symbols.element, symbols.marks);
      marks?.paint(sample, picked);
      if (open !== (where === 'now') && marks !== null) {
        open = where === 'now';
        marks.open(open);
      }
      numbers.element.hidden = where !== 'now';
      if (where === 'now' && numbers.ready()) fillNumbers(numbers.element, numbers.marks, sample, picked);
      const found = check(step, sample, picked);
      set(root, { 'data-holds': String(found.holds) });
      paintVerdict(verdict, step, found);
    },
  };
}

/**
 * A formula that is typeset the first time that it is wanted.
 * @param {string} name its class
 * @param {{ tex: string, marks: import('./formulas/tex.js').Mark[] }} written
 * @param {() => void} done
 */
function formulaPart(name, { tex, marks }, done) {
  const element = html('div', { class: name });
  let asked = false;
  let there = false;
  return {
    element,
    marks,
    /** Whether it is there; asks for it where it is not. */
    ready() {
      if (!asked) {
        asked = true;
        typeset(element, `\\displaystyle ${tex}`).then(() => {
          there = true;
          done();
        });
      }
      return there;
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {Step} step
 * @param {import('./formulas/steps.js').Verdict} verdict
 */
function paintVerdict(element, step, verdict) {
  const { holds, left, right, residual } = verdict;
  set(element, {
    'data-state': stateOf(verdict),
    'data-left': String(left),
    'data-right': String(right),
    'data-residual': String(residual),
  });
  const values = { left: short(left), right: short(right), residual: residual === 0 ? '0' : short(residual, 1) };
  say(element, `${holds ? '✓' : '✗'} ${textOf(verdictSaying(step.relation, verdict))}`);
  element.title = t('derivation.verdict.title', values);
}
