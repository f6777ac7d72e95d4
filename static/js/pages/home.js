// @ts-check
/** The home page: the layer is alive on it at once, and the way on carries its state. */
import '../theme.js';
import { gestures } from '../state/gesture.js';
import { history, historyKeys } from '../state/history.js';
import { fromUrl, TABLE, toUrl } from '../state/layer.js';
import { derive, observable } from '../state/observable.js';
import { progress } from '../state/progress.js';
import { keepUrl, readUrl, writeUrl } from '../state/url.js';
import { controls } from '../views/controls.js';
import { formula } from '../views/formula.js';
import { layerPicture } from '../views/layer-picture.js';
import { linked } from '../views/linked.js';
import { pathProgress } from '../views/path-progress.js';
import { precise } from '../views/precise.js';
import { said } from '../views/said.js';

/** Here the sigmoid layer is one step further on. */
const HOME_TABLE = { ...TABLE, sigmoid: { ...TABLE.sigmoid, initial: false } };

const layer = observable(fromUrl(readUrl(HOME_TABLE, location.search)));
const past = history(layer.value);
const gesture = gestures(layer, past);
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
keepUrl(HOME_TABLE, derive([layer], toUrl));
document.documentElement.dataset.ready = 'true';
