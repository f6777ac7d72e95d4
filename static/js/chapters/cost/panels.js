// @ts-check
/** What stands behind the tabs of `/cost` other than the first: loaded when the page works already. */

import { say } from '../../figures/dom.js';
import { saveMenu } from '../../figures/save.js';
import { soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { compareRows, costCompare } from './compare.js';
import { costOfOne, oneRows, oneWords } from './one.js';
import { costOfTwo, twoRows } from './two.js';
import { valley } from './valley.js';
import { costZero } from './zero.js';

/**
 * @param {Document} page
 * @param {import('./picture.js').Model} model
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
  const words = /** @type {Element} */ (page.querySelector('[data-field="valley"]'));
  const nameValley = () => {
    const kind = valley(scene.value);
    say(words, kind === null ? '' : t(`cost.two.valley.${kind}`));
  };
  scene.link(() => soon(nameValley));
  saveMenu(find('save-compare'), {
    name: 'cost-compared',
    picture: () => compare,
    rows: () => compareRows(scene.value),
  });
  saveMenu(find('save-one'), { name: 'cost-over-one-z', picture: () => find('one'), rows: () => oneRows(scene.value) });
  saveMenu(find('save-two'), { name: 'cost-over-two-z', picture: () => find('two'), rows: () => twoRows(scene.value) });
}
