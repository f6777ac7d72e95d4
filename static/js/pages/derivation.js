// @ts-check
/** The page `/derivation`: makes its state from the address and hands it to the views. */
import '../theme.js';
import { t } from '../i18n.js';
import { readDerivation } from '../lessons/derivation.js';
import { fromUrl, TABLE, toUrl, withI, withJ, withLesson } from '../state/derivation.js';
import { soon } from '../state/frame.js';
import { gestures } from '../state/gesture.js';
import { history } from '../state/history.js';
import { derive, observable } from '../state/observable.js';
import { keepUrl, readUrl } from '../state/url.js';
import { derivationLayer } from '../views/derivation-layer.js';
import { quantityLight } from '../views/derivation-light.js';
import { derivationQuestion } from '../views/derivation-question.js';
import { derivationSaid, machineCheck } from '../views/derivation-said.js';
import { derivationSigmoid } from '../views/derivation-sigmoid.js';
import { derivationSlopes } from '../views/derivation-slopes.js';
import { derivationSteps } from '../views/derivation-steps.js';
import { derivationToolbar, lessonNow } from '../views/derivation-toolbar.js';
import { derivationWeights } from '../views/derivation-weights.js';
import { precise } from '../views/precise.js';
import { tabs } from '../views/tabs.js';

/** @typedef {import('../state/derivation.js').State} State */

const given = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}');
const derivations = given.derivations.map(readDerivation);
const stepsOf = (/** @type {string} */ lesson) =>
  lessonNow(derivations, /** @type {State} */ ({ lesson })).steps.length;

const state = observable(/** @type {State} */ (fromUrl(readUrl(TABLE, location.search), stepsOf)));
const past = history(state.value);
// Where the reader is in which derivation is no change to undo.
const gesture = gestures(state, past, (restored, { lesson, step, convention }) => ({
  ...restored,
  lesson,
  step: Math.min(step, stepsOf(lesson)),
  convention,
}));
const model = { state, gesture, can: past.can, derivations };

/** @template {Element} E @param {string} view @returns {E} */
const find = (view) => /** @type {E} */ (document.querySelector(`[data-view="${view}"]`));

const stage = /** @type {HTMLElement} */ (find('stage'));
const derived = /** @type {HTMLElement} */ (document.getElementById('derived'));

derivationToolbar(stage, model);
derivationLayer(find('layer'), model);
derivationSteps(find('steps'), model, (step) => gesture.show({ ...state.value, step }));
derivationSlopes(find('slopes'), model, (row, column) => {
  const { lesson } = state.value;
  const picked = row === column ? withI(state.value, column) : withJ(withI(state.value, column), row);
  const wanted = lesson === 'same' || lesson === 'other' ? (row === column ? 'same' : 'other') : lesson;
  gesture.once('cell', row, withLesson(picked, wanted));
});
derivationWeights(find('weights'), model, (i, unit) =>
  gesture.once('cell', i, withLesson({ ...withI(state.value, i), unit }, 'weight')),
);
derivationSigmoid(find('sigmoid'), model);
derivationSaid(find('said'), document.getElementById('live'), model);
machineCheck(find('machine'), model);
derivationQuestion(find('question'), model);
quantityLight(stage, find('bubble'));
precise(find('layer'));
precise(find('slopes'));

const showTab = tabs(find('lessons'), (lesson) => gesture.show(withLesson(state.value, lesson)));

/** Which figure a lesson has beside it; the others have the slopes. @type {Record<string, string>} */
const FIGURES = { sigmoid: 'sigmoid', weight: 'weights', bias: 'weights' };

const about = /** @type {HTMLElement} */ (document.querySelector('[data-field="about"]'));
const shape = /** @type {HTMLElement} */ (document.querySelector('[data-field="shape"]'));
const warning = /** @type {HTMLElement} */ (document.querySelector('[data-field="sum-y"]'));

state.link((now, before) => {
  if (now.lesson !== before?.lesson) {
    showTab(now.lesson);
    derived.setAttribute('aria-labelledby', `lesson-${now.lesson}`);
    about.textContent = t(`derivation.about.${now.lesson}`);
    const figure = FIGURES[now.lesson] ?? 'slopes';
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll('[data-figure]'))) {
      one.hidden = one.dataset.figure !== figure;
    }
  }
  stage.dataset.lesson = now.lesson;
  shape.textContent = t(`derivation.weights.${now.convention}`, { classes: now.z.length, units: now.h.length });
  const sum = now.y.reduce((total, value) => total + value, 0);
  const needsY = ['delta', 'weight', 'bias'].includes(now.lesson);
  soon(() => {
    warning.hidden = !needsY || Math.abs(sum - 1) < 1e-12;
  });
});

keepUrl(TABLE, derive([state], toUrl));
document.documentElement.dataset.ready = 'true';
