// @ts-check
/**
 * The fault clinic: a training with a slip in its update, dealt unseen or chosen. Its costs beside the sound ones, its
 * gradient check, and the question which slip it is. The server knows the answer; the page learns it with the mark.
 */
import { t } from '../../kit/i18n.js';
import { reach } from '../../runs/reach.js';
import { troubleWords } from '../../runs/trouble.js';
import { html, say } from '../dom.js';
import { framed } from '../framed.js';
import { numberField } from '../number-field.js';
import { checkRows, driftWords } from './check.js';
import { drawCourse } from './course.js';

/** @typedef {'right' | 'n times' | 'opposite' | 'nothing' | 'off'} Verdict */
/** @typedef {{ name: string, verdict: Verdict, smaller: Verdict, ratio: number | null }} Group */
/**
 * @typedef {{
 *   case: number, samples: number, sound: (number | null)[], faulty: (number | null)[], check: Group[], drift: number | null
 * }} Case
 */
/** @typedef {{ right: boolean, fault: string, right_line: string, wrong_line: string }} Mark */

/** Cases that are dealt: few enough to be said aloud in a class. */
const DEALT = 999;
const LARGEST = 999_999;

/**
 * @param {HTMLDialogElement} dialog
 * @param {Pick<typeof import('../../runs/server.js'), 'ask' | 'Refusal'>} server
 * @returns {{ open: () => void }} open: on the case that the address names at first, else on one that is dealt
 */
export function clinic(dialog, { ask, Refusal }) {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (dialog.querySelector(selector));
  const number = /** @type {HTMLInputElement} */ (find('[data-field="case"]'));
  const chosen = /** @type {HTMLSelectElement} */ (find('[data-field="fault"]'));
  const state = find('[data-field="state"]');
  const question = /** @type {HTMLFieldSetElement} */ (find('[data-view="clinic-answers"]'));
  const answers = /** @type {HTMLElement[]} */ ([...question.querySelectorAll('[data-answer]')]);
  const score = { right: 0, asked: 0 };
  /** Cases that count no more: answered once, or seen with the book open. @type {Set<number>} */
  const settled = new Set();
  let present = 0;
  const course = /** @type {SVGSVGElement} */ (dialog.querySelector('[data-view="clinic-course"]'));
  /** @type {Case | null} */
  let drawn = null;
  const paintCourse = () => {
    if (drawn && dialog.open) drawCourse(course, drawn, picture.frame());
  };
  const picture = framed(course, paintCourse);

  const reached = reach();
  /** @param {() => Promise<void>} work @param {() => void} [again] once the server can be reached */
  const attempt = async (work, again) => {
    say(state, '');
    try {
      await work();
      reached.well();
    } catch (error) {
      if (error instanceof Refusal) say(state, error.message);
      else if (!reached.lost(error, again)) throw error;
      else say(state, [troubleWords(reached.trouble.value), again ? t('clinic.offline') : ''].join(' '));
    }
  };

  const load = (/** @type {number} */ wanted, fault = '') =>
    attempt(
      async () => {
        present = wanted;
        showNumber();
        chosen.value = fault;
        question.disabled = true; // an answer would count for a case that is not yet seen
        dialog.ariaBusy = 'true';
        const body = fault === '' ? { case: wanted } : { case: wanted, fault };
        const current = () => present === wanted && chosen.value === fault;
        /** @type {Case} */
        const found = await ask('/api/clinic', { method: 'POST', body }).finally(() => {
          if (current()) dialog.ariaBusy = null;
        });
        if (!current()) return;
        question.disabled = false;
        drawn = found;
        paintCourse();
        find('[data-view="clinic-check"]').replaceChildren(...checkRows(found));
        say(find('[data-field="drift"]'), driftWords(found));
        find('[data-view="clinic-mark"]').replaceChildren();
        question.hidden = fault !== '';
        for (const button of answers) mark(button, '');
        if (fault !== '') explain(fault);
        remember(wanted);
      },
      () => {
        if (present === wanted && chosen.value === fault) load(wanted, fault);
      },
    );

  const answer = (/** @type {string} */ given) =>
    attempt(async () => {
      /** @type {Mark} */
      const found = await ask('/api/clinic/answer', { method: 'POST', body: { case: present, answer: given } });
      if (!settled.has(present)) {
        settled.add(present);
        score.asked += 1;
        if (found.right) score.right += 1;
        say(find('[data-field="score"]'), t('clinic.score', score));
      }
      const voted = answers.find((button) => button.dataset.answer === given);
      if (voted) mark(voted, found.right ? '✓' : '✗');
      if (found.right) explain(found.fault, found);
      else strikeOut(found);
    });

  /** A vote that was wrong is struck out, and the class goes on; who gives up asks for the answer. @param {Mark} found */
  const strikeOut = (found) => {
    const left = answers.filter((button) => button.dataset.mark === '').length;
    const show = html('button', { type: 'button', 'data-action': 'reveal' }, t('clinic.reveal'));
    show.addEventListener('click', () => {
      for (const button of answers) if (button.dataset.answer === found.fault) mark(button, '✓');
      explain(found.fault, found);
    });
    find('[data-view="clinic-mark"]').replaceChildren(
      html('p', { 'data-right': 'false' }, t('clinic.wrong', { left }), ' ', show),
    );
    find('[data-view="clinic-mark"]').scrollIntoView({ block: 'nearest' });
  };

  const explain = (/** @type {string} */ fault, /** @type {Mark | undefined} */ found = undefined) => {
    const verdict = found
      ? t(found.right ? 'clinic.right' : 'clinic.answer', { fault: t(`clinic.fault.${fault}`) })
      : '';
    const lines = found ? [lineOf('right', found.right_line), lineOf('wrong', found.wrong_line)] : [];
    find('[data-view="clinic-mark"]').replaceChildren(
      ...(verdict ? [html('p', { 'data-right': String(found?.right) }, verdict)] : []),
      html('p', {}, t(`clinic.trace.${fault}`)),
      ...lines,
    );
    find('[data-view="clinic-mark"]').scrollIntoView({ block: 'nearest' });
  };

  const deal = () => load(1 + Math.floor(Math.random() * DEALT));
  const open = () => {
    if (!dialog.open) dialog.showModal();
    if (present !== 0) return;
    const asked = Number(new URLSearchParams(location.search).get('case'));
    if (Number.isInteger(asked) && asked >= 1 && asked <= LARGEST) load(asked);
    else deal();
  };

  find('[data-action="deal"]').addEventListener('click', deal);
  const showNumber = numberField(number, {
    limit: { low: 1, high: LARGEST, whole: true },
    value: () => present || null,
    enter: (wanted) => load(wanted),
  });
  chosen.addEventListener('change', () => {
    settled.add(present);
    load(present, chosen.value);
  });
  for (const button of answers) {
    button.addEventListener('click', () => button.dataset.mark === '✗' || answer(String(button.dataset.answer)));
  }
  dialog.addEventListener('close', () => remember(null));
  // The page's own keys are not the dialog's.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  return { open };
}

/** @param {HTMLElement} button @param {'' | '✓' | '✗'} sign */
function mark(button, sign) {
  button.dataset.mark = sign;
  button.setAttribute('aria-disabled', String(sign === '✗'));
  const words = t(`clinic.fault.${button.dataset.answer}`);
  say(button, sign === '' ? words : `${sign} ${words}`);
}

/** @param {'right' | 'wrong'} kind @param {string} line */
function lineOf(kind, line) {
  return html('p', { class: `line ${kind}` }, `${t(`clinic.line.${kind}`)} `, html('code', {}, line));
}

/** Keeps the case in the address, so that it can be shared. @param {number | null} number */
function remember(number) {
  const query = new URLSearchParams(location.search);
  if (number === null) query.delete('case');
  else query.set('case', String(number));
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3B', ';');
  history.replaceState(null, '', `${location.pathname}${text === '' ? '' : `?${text}`}${location.hash}`);
}
