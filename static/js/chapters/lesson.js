// @ts-check
/** The lesson beside a stage, on every page that has one: marks the answer at once and keeps that it was given. And every page's menus. */
import { menus } from '../figures/menus.js';
import { placeMenus } from '../figures/placed.js';
import { patientSliders } from '../figures/slider.js';
import { stays } from '../figures/stays.js';
import { progress } from '../kit/progress.js';

const lesson = /** @type {HTMLDetailsElement | null} */ (document.querySelector('.lesson'));
const kept = progress();

patientSliders(document);
for (const one of document.querySelectorAll('[data-stays]')) stays(one);

if (lesson) {
  const panel = /** @type {HTMLElement} */ (lesson.querySelector('.lesson-panel'));
  const options = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll('[data-option]')]);
  const mark = (/** @type {HTMLElement} */ chosen) => {
    const right = chosen.dataset.option === lesson.dataset.answer;
    for (const option of options) option.setAttribute('aria-pressed', String(option === chosen));
    for (const verdict of /** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll('[data-verdict]'))) {
      verdict.hidden = (verdict.dataset.verdict === 'right') !== right;
      if (!verdict.hidden) verdict.scrollIntoView({ block: 'nearest' });
    }
    /** @type {HTMLDetailsElement} */ (panel.querySelector('.why')).open = true;
    kept.add(`lesson.${lesson.dataset.lesson}`);
  };
  for (const option of options) option.addEventListener('click', () => mark(option));
  lesson.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      lesson.open = false;
      lesson.querySelector('summary')?.focus();
    }
    // What is pressed in here is not meant for the stage.
    event.stopPropagation();
  });
  const open = () => {
    if (location.hash === '#lesson') lesson.open = true;
  };
  addEventListener('hashchange', open);
  open();
}

menus(document);
placeMenus(document);
