// @ts-check
/** The page `/softmax`: makes its state from the address and hands it to the views. */
import '../../kit/theme.js';
import { addressNotice } from '../../figures/address-notice.js';
import { set } from '../../figures/dom.js';
import { controls } from '../../figures/layer/controls.js';
import { formula } from '../../figures/layer/formula.js';
import { linked } from '../../figures/layer/linked.js';
import { layerPicture } from '../../figures/layer/picture.js';
import { question } from '../../figures/layer/question.js';
import { said } from '../../figures/layer/said.js';
import { fromUrl, PRESETS, toUrl, withLogits } from '../../figures/layer/state.js';
import { symbol } from '../../figures/layer/words.js';
import { precise } from '../../figures/precise.js';
import { saveMenu } from '../../figures/save.js';
import { tabs } from '../../figures/tabs.js';
import { differsIn, scene } from '../../kit/scene.js';
import { jacobianRows, jacobianTable } from './jacobian.js';
import { QUESTIONS } from './questions.js';
import { sound } from './sound.js';
import { TABLE } from './state.js';
import { toolbar } from './toolbar.js';

/** @typedef {import('./state.js').SoftmaxLayer} SoftmaxLayer */

/** What explains the layer is no change to undo. @param {SoftmaxLayer} restored @param {SoftmaxLayer} present */
const restore = (restored, { tab, question, width, hunt, format }) => ({
  ...restored,
  tab,
  question,
  width,
  hunt,
  format,
});
const softmax = scene(TABLE, {
  from: /** @type {(given: any) => SoftmaxLayer} */ (fromUrl),
  to: toUrl,
  restore,
  isStep: differsIn('tab'),
});
const { state: layer, gesture, past } = softmax;
/** For views that know the layer alone. */
const model = /** @type {import('../../figures/layer/controls.js').Model & { can: typeof past.can }} */ (
  /** @type {unknown} */ ({ layer, gesture, can: past.can })
);

/** @template {Element} E @param {string} view @returns {E} */
const find = (view) => /** @type {E} */ (document.querySelector(`[data-view="${view}"]`));

const stage = /** @type {HTMLElement} */ (find('stage'));
const picture = /** @type {SVGSVGElement} */ (find('picture'));
const table = /** @type {HTMLTableElement} */ (find('table'));
const slopes = /** @type {HTMLTableElement} */ (find('jacobian'));
const triangle = /** @type {SVGSVGElement} */ (find('triangle'));
const chart = /** @type {HTMLElement} */ (find('curves'));
const choose = (/** @type {number} */ chosen) => gesture.show({ ...layer.value, chosen });

layerPicture(picture, model);
controls(find('controls'), model);
said(find('said'), document.getElementById('live'), model);
toolbar(find('toolbar'), model);
jacobianTable(slopes, model, choose);
formula(find('formula'), model);
question(find('question'), { layer, gesture }, QUESTIONS);
linked(stage);
precise(stage);
sound(find('sound'), model);

const showTab = tabs(find('tabs'), (tab) => gesture.show({ ...layer.value, tab: /** @type {any} */ (tab) }));
/** What stands behind the other tabs is loaded when it is opened first. @type {Record<string, () => Promise<unknown>>} */
const panels = {
  triangle: async () => (await import('./simplex.js')).simplex(triangle, model),
  numbers: async () => (await import('./layer-table.js')).layerTable(table, model),
  falsify: async () => (await import('./falsify.js')).falsify(find('falsify'), { layer, gesture }),
  overflow: async () => (await import('./overflow-lab.js')).overflowLab(find('overflow'), { layer, gesture }),
};
const openPanel = (/** @type {string} */ tab) => {
  panels[tab]?.();
  delete panels[tab];
};
layer.link((now, before) => {
  if (now.tab !== before?.tab) {
    showTab(now.tab);
    openPanel(now.tab);
  }
  set(stage, { 'data-classes': String(now.z.length) });
  if (now.chosen !== before?.chosen) {
    const chosen = document.querySelector('[data-field="chosen"]');
    chosen?.replaceChildren(symbol('z', now.chosen));
  }
});
document.querySelector('[data-action="three"]')?.addEventListener('click', () => {
  model.gesture.once('preset.three', -1, withLogits(layer.value, PRESETS.three));
});

const tableRows = async () => (await import('./layer-table.js')).tableRows(layer.value);
saveMenu(find('save-picture'), { name: 'softmax', picture: () => picture, rows: tableRows });
saveMenu(find('save-jacobian'), {
  name: 'softmax-jacobian',
  picture: () => slopes,
  rows: () => jacobianRows(layer.value),
});
saveMenu(find('save-triangle'), {
  name: 'softmax-triangle',
  picture: () => triangle,
  rows: tableRows,
});
saveMenu(find('save-table'), { name: 'softmax-numbers', picture: () => table, rows: tableRows });

addressNotice(softmax);
document.documentElement.dataset.ready = 'true';
import('./curves.js').then(({ curvesFigure }) => curvesFigure(chart, find('save-curves'), model));
