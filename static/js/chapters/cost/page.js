// @ts-check
/** The page `/cost`: makes its state from the address and hands it to the views. The panels behind the first come when it works. */
import '../../kit/theme.js';
import { addressNotice } from '../../figures/address-notice.js';
import { linked } from '../../figures/layer/linked.js';
import { question } from '../../figures/layer/question.js';
import { said } from '../../figures/layer/said.js';
import { symbol } from '../../figures/layer/words.js';
import { precise } from '../../figures/precise.js';
import { saveMenu } from '../../figures/save.js';
import { tabs } from '../../figures/tabs.js';
import { soon } from '../../kit/frame.js';
import { differsIn, scene as kept } from '../../kit/scene.js';
import { costControls } from './controls.js';
import { costFormula } from './formula.js';
import { costPicture } from './picture.js';
import { COST_QUESTIONS } from './questions.js';
import { costSaying } from './said.js';
import { fromUrl, looking, TABLE, toUrl } from './state.js';
import { costRows, costTerms } from './terms.js';
import { costToolbar } from './toolbar.js';

const cost = kept(TABLE, {
  from: fromUrl,
  to: toUrl,
  restore: (restored, { panel, question }) => ({ ...restored, panel, question }),
  isStep: differsIn('panel', 'pair', 'kind'),
});
const { state: scene, gesture, past } = cost;
const model = { scene, gesture, can: past.can };
/** The same for views that know a layer and not its target. */
const asLayer = /** @type {import('../../figures/layer/controls.js').Model} */ (
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
/** What stands behind the other tabs is loaded when the first of them is opened. */
let openPanels = async () => {
  openPanels = async () => {};
  (await import('./panels.js')).costPanels(document, model);
};
scene.link((now, before) => {
  if (now.panel !== before?.panel) showTab(now.panel);
  if (now.panel !== 'terms') openPanels();
  if (now.chosen !== before?.chosen || now.second !== before?.second) soon(nameAxes);
});
document.querySelector('[data-action="second"]')?.addEventListener('click', () => {
  const { z, chosen, second } = scene.value;
  const next = (second + 1) % z.length === chosen ? second + 2 : second + 1;
  gesture.show({ ...scene.value, second: next % z.length });
});

saveMenu(find('save-picture'), { name: 'cost', picture: () => picture, rows: () => costRows(scene.value) });
saveMenu(find('save-curve'), { name: 'cost-curve', picture: () => curve, rows: () => costRows(scene.value) });

addressNotice(cost);
document.documentElement.dataset.ready = 'true';
import('./curve.js').then(({ costCurve }) => costCurve(curve, model));
