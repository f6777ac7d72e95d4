// @ts-check
/** The page `/derivation`: makes its state from the address and hands it to the views. */
import '../../kit/theme.js';
import { addressNotice } from '../../figures/address-notice.js';
import { precise } from '../../figures/precise.js';
import { tabs } from '../../figures/tabs.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { differsIn, scene } from '../../kit/scene.js';
import { readDerivation } from './formulas/steps.js';
import { derivationLayer } from './layer.js';
import { quantityLight } from './light.js';
import { derivationQuestion } from './question.js';
import { derivationSaid, machineCheck } from './said.js';
import { derivationSigmoid } from './sigmoid.js';
import { derivationSlopes } from './slopes.js';
import { fromUrl, TABLE, toUrl, withI, withJ, withLesson } from './state.js';
import { derivationSteps } from './steps.js';
import { derivationToolbar, lessonNow } from './toolbar.js';
import { derivationWeights } from './weights.js';

/** @typedef {import('./state.js').State} State */

const given = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}');
const derivations = given.derivations.map(readDerivation);
const stepsOf = (/** @type {string} */ lesson) =>
  lessonNow(derivations, /** @type {State} */ ({ lesson })).steps.length;

const derivation = scene(TABLE, {
  from: (given) => fromUrl(given, stepsOf),
  to: toUrl,
  // Where the reader is in which derivation is no change to undo.
  restore: (restored, { lesson, step, convention }) => ({
    ...restored,
    lesson,
    step: Math.min(step, stepsOf(lesson)),
    convention,
  }),
  isStep: differsIn('lesson'),
});
const { state, gesture, past } = derivation;
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

addressNotice(derivation);
document.documentElement.dataset.ready = 'true';
