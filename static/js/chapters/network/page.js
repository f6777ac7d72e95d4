// @ts-check
/** The page `/network`: makes its state from the address, asks the server for the walk, and hands both to the views. */
import '../../kit/theme.js';
import { addressNotice } from '../../figures/address-notice.js';
import { clinicDoor } from '../../figures/clinic/door.js';
import { precise } from '../../figures/precise.js';
import { derive } from '../../kit/observable.js';
import { differsIn, scene } from '../../kit/scene.js';
import * as server from '../../runs/server.js';
import { walkFigures } from './figures.js';
import { walkFormula } from './formula.js';
import { walkListing } from './listing.js';
import { walkPicture } from './picture.js';
import { walkSaid } from './said.js';
import { fromUrl, toUrl, walkTable, withLine } from './state.js';
import { walkTiles } from './tiles.js';
import { walkToolbar } from './toolbar.js';
import { walks } from './walks.js';

const { datasets } = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}');
const TABLE = walkTable(datasets.map((/** @type {{ name: string }} */ { name }) => name));
const network = scene(TABLE, {
  from: fromUrl,
  to: toUrl,
  // How far the walk has come, and with which sample, is no change to undo.
  restore: (restored, { sample, beside }) => ({ ...restored, sample, beside, line: 1 }),
  isStep: differsIn('data'),
});
const { state, gesture, past } = network;
const { answer, problem, trouble } = walks(state);

/** The line that the answer has: while another network is on its way, the old one stays as it is. */
const shown = derive([state, answer], (now, found) =>
  found === null ? now : { ...now, line: Math.min(now.line, found.walk.lines.length) },
);

/** @template {Element} E @param {string} view @returns {E} */
const find = (view) => /** @type {E} */ (document.querySelector(`[data-view="${view}"]`));
const model = { state: shown, answer };
const stage = /** @type {HTMLElement} */ (find('stage'));

walkToolbar(stage, { state, answer, gesture, can: past.can });
walkListing(find('listing'), model, (line) => gesture.show(withLine(state.value, line)));
walkPicture(find('network'), model);
walkFormula(find('formula'), model);
walkFigures(find('figures'), model);
walkTiles(find('tiles'), model, (sample) => gesture.show({ ...state.value, sample }));
walkSaid(find('said'), document.getElementById('live'), { ...model, problem, trouble });
precise(find('figures'));
clinicDoor(find('clinic-open'), find('clinic'), server);
answer.link((now) => {
  stage.setAttribute('aria-busy', String(now === null));
  stage.dataset.panes = now?.other ? '2' : '1';
  /** @type {HTMLElement} */ (find('legend')).hidden = !now?.other;
});

addressNotice(network);
document.documentElement.dataset.ready = 'true';
