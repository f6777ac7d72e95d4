// @ts-check
/** What stands behind the tabs of `/cost` other than the first: loaded when the page works already. */
import { soon } from '../state/frame.js';
import { compareRows, costCompare } from './cost-compare.js';
import { costOfOne, oneRows, oneWords } from './cost-one.js';
import { costOfTwo, twoRows } from './cost-two.js';
import { costZero } from './cost-zero.js';
import { saveMenu } from './save.js';

/**
 * @param {Document} page
 * @param {import('./cost-picture.js').Model} model
 */
export function costPanels(page, model) {
  const { scene, gesture } = model;
  const find = (/** @type {string} */ view) => /** @type {any} */ (page.querySelector(`[data-view="${view}"]`));
  const compare = find('compare');
  costCompare(compare, model, (pair) => gesture.once('pair', -1, { ...scene.value, pair }));
  costZero(find('zero'), model);
  costOfOne(find('one'), model);
  costOfTwo(find('two'), model);
  const nameChart = () => find('one').setAttribute('aria-label', oneWords(scene.value));
  scene.link(() => soon(nameChart));
  saveMenu(find('save-compare'), {
    name: 'cost-compared',
    picture: () => compare,
    rows: () => compareRows(scene.value),
  });
  saveMenu(find('save-one'), { name: 'cost-over-one-z', rows: () => oneRows(scene.value) });
  saveMenu(find('save-two'), { name: 'cost-over-two-z', rows: () => twoRows(scene.value) });
}
