// @ts-check
/** The home page: the layer is alive on it at once, and the way on carries its state. */
import '../../kit/theme.js';
import { addressNotice } from '../../figures/address-notice.js';
import { controls } from '../../figures/layer/controls.js';
import { formula } from '../../figures/layer/formula.js';
import { linked } from '../../figures/layer/linked.js';
import { layerPicture } from '../../figures/layer/picture.js';
import { said } from '../../figures/layer/said.js';
import { fromUrl, TABLE, toUrl } from '../../figures/layer/state.js';
import { precise } from '../../figures/precise.js';
import { writeUrl } from '../../kit/address.js';
import { progress } from '../../kit/progress.js';
import { scene } from '../../kit/scene.js';
import { historyKeys } from '../../kit/undo.js';
import { pathProgress } from './path-progress.js';

/** Here the sigmoid layer is one step further on. */
const HOME_TABLE = { ...TABLE, sigmoid: { ...TABLE.sigmoid, initial: false } };

const home = scene(HOME_TABLE, { from: fromUrl, to: toUrl });
const { state: layer, gesture } = home;
const model = { layer, gesture };

/** @template {Element} E @param {string} view @returns {E} */
const find = (view) => /** @type {E} */ (document.querySelector(`[data-view="${view}"]`));

layerPicture(find('picture'), model);
controls(find('controls'), model);
said(find('said'), document.getElementById('live'), model);
formula(find('formula'), model);
linked(find('stage'));
precise(find('stage'));
historyKeys(gesture);

const open = /** @type {HTMLAnchorElement} */ (find('open'));
layer.link((now) => {
  open.href = `/softmax${writeUrl(TABLE, toUrl({ ...now, sigmoid: true }), '')}`;
});
pathProgress(find('progress'), progress());
addressNotice(home);
document.documentElement.dataset.ready = 'true';
