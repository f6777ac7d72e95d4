// @ts-check
/** The page `/cost`: makes its state from the address and hands it to the views. The panels behind the first come when it works. */
import '../theme.js';
import { whenIdle } from '../idle.js';
import { fromUrl, looking, TABLE, toUrl } from '../state/cost.js';
import { COST_QUESTIONS } from '../state/cost-questions.js';
import { soon } from '../state/frame.js';
import { gestures } from '../state/gesture.js';
import { history } from '../state/history.js';
import { derive, observable } from '../state/observable.js';
import { keepUrl, readUrl } from '../state/url.js';
import { costControls } from '../views/cost-controls.js';
import { costCurve } from '../views/cost-curve.js';
import { costFormula } from '../views/cost-formula.js';
import { costPicture } from '../views/cost-picture.js';
import { costSaying } from '../views/cost-said.js';
import { costRows, costTerms } from '../views/cost-terms.js';
import { costToolbar } from '../views/cost-toolbar.js';
import { linked } from '../views/linked.js';
import { precise } from '../views/precise.js';
import { question } from '../views/question.js';
import { said } from '../views/said.js';
import { saveMenu } from '../views/save.js';
import { tabs } from '../views/tabs.js';
import { symbol } from '../views/words.js';

const scene = observable(fromUrl(readUrl(TABLE, location.search)));
const past = history(scene.value);
const gesture = gestures(scene, past, (restored, present) => ({ ...restored, panel: present.panel }));
const model = { scene, gesture, can: past.can };
/** The same for views that know a layer and not its target. */
const asLayer = /** @type {import('../views/controls.js').Model} */ (
  /** @type {unknown} */ ({ layer: scene, gesture })
);

/** @template {Element} E @param {string} view @returns {E} */
const find = (view) => /** @type {E} */ (document.querySelector(`[data-view="${view}"]`));

const stage = /** @type {HTMLElement} */ (find('stage'));
const picture = /** @type {SVGSVGElement} */ (find('picture'));
const curve = /** @type {SVGSVGElement} */ (find('curve'));
const choose = (/** @type {number} */ chosen) => gesture.show(looking(scene.value, chosen));

costPicture(picture, model);
costControls(find('controls'), model);
said(find('said'), document.getElementById('live'), asLayer, costSaying);
costToolbar(stage, model);
costTerms(find('terms'), model, choose);
costCurve(curve, model);
costFormula(find('formula'), model);
question(find('question'), asLayer, COST_QUESTIONS);
linked(stage);
precise(stage);

const showTab = tabs(find('tabs'), (panel) => gesture.show({ ...scene.value, panel: /** @type {any} */ (panel) }));
const nameAxes = () => {
  const { chosen, second } = scene.value;
  for (const field of document.querySelectorAll('[data-field="chosen"]')) field.replaceChildren(symbol('z', chosen));
  for (const field of document.querySelectorAll('[data-field="second"]')) field.replaceChildren(symbol('z', second));
};
scene.link((now, before) => {
  if (now.panel !== before?.panel) showTab(now.panel);
  if (now.chosen !== before?.chosen || now.second !== before?.second) soon(nameAxes);
});
document.querySelector('[data-action="second"]')?.addEventListener('click', () => {
  const { z, chosen, second } = scene.value;
  const next = (second + 1) % z.length === chosen ? second + 2 : second + 1;
  gesture.show({ ...scene.value, second: next % z.length });
});

saveMenu(find('save-picture'), { name: 'cost', picture: () => picture, rows: () => costRows(scene.value) });
saveMenu(find('save-curve'), { name: 'cost-curve', picture: () => curve, rows: () => costRows(scene.value) });

keepUrl(TABLE, derive([scene], toUrl));
document.documentElement.dataset.ready = 'true';
whenIdle(async () => (await import('../views/cost-panels.js')).costPanels(document, model));
