// @ts-check
/**
 * "Try to falsify it": a search over random z for what breaks the article's claims, in slices of a frame so that the page
 * stays alive. A counter-example that is clicked is loaded into the layer and explained.
 */

import { html, say, set } from '../../figures/dom.js';
import { withLogits, withZ } from '../../figures/layer/state.js';
import { sentence } from '../../figures/layer/words.js';
import { grouped } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { textOf } from '../../kit/saying.js';
import { CLAIMS, SEARCHED, search } from '../../nn/search.js';
import { foundSaid, searchSaid } from './found-said.js';
import { WIDTHS } from './state.js';

/** @typedef {import('../../nn/search.js').Found} Found */
/** @typedef {import('../../nn/search.js').Claim} Claim */

const TRIALS = 100_000;
/** Trials between two looks at the clock, and milliseconds of a frame that the search may have. */
const PIECE = 250;
const SLICE = 8;

/**
 * @param {HTMLElement} element
 * @param {{ layer: import('../../kit/observable.js').Watched<import('./state.js').SoftmaxLayer>, gesture: any }} model
 * @returns {() => void} dispose
 */
export function falsify(element, model) {
  const start = html('button', { type: 'button', 'data-action': 'falsify' }, t('falsify.start'));
  const width = html('select', { 'aria-label': t('falsify.width') });
  for (const w of WIDTHS) width.append(html('option', { value: w }, t('falsify.within', { width: w })));
  const progress = html('span', { class: 'quiet', 'data-field': 'searched' });
  const told = html('div', { class: 'told', role: 'status', 'data-field': 'told' }, t('falsify.lead'));
  const rows = CLAIMS.map((claim) => row(claim, (found) => show(found)));
  const heads = ['', 'float64', 'float32'].map((head) => html(head ? 'th' : 'td', head ? { scope: 'col' } : {}, head));
  const table = html(
    'table',
    { class: 'numbers claims' },
    html('caption', { class: 'unseen' }, t('falsify.caption')),
    html('thead', {}, html('tr', {}, ...heads)),
    html('tbody', {}, ...rows.map(({ root }) => root)),
  );
  element.replaceChildren(html('div', { class: 'bar' }, start, width, progress), table, told);

  /** Which search is going on; a slice of an older one ends it. */
  let going = 0;
  const show = (/** @type {Found} */ found) => {
    load(model, found);
    told.replaceChildren(...foundSaid(found).map(({ key, values }) => html('p', {}, ...sentence(key, values))));
  };
  /** @param {number} seed */
  const run = (seed) => {
    going += 1;
    const mine = going;
    const hunt = search(seed, Number(width.value));
    const slice = () => {
      if (going !== mine) return;
      const end = performance.now() + SLICE;
      while (hunt.done < TRIALS && performance.now() < end) hunt.advance(PIECE);
      for (const one of rows) one.paint(hunt.tally);
      say(progress, t('falsify.progress', { done: grouped(hunt.done) }));
      set(element, { 'data-done': String(hunt.done) });
      if (hunt.done < TRIALS) nextFrame(slice);
      else told.replaceChildren(t('falsify.done'), ' ', textOf(searchSaid(hunt.tally, Number(width.value))));
    };
    slice();
  };
  const nothing = () => {
    going += 1;
    for (const one of rows) one.clear();
    say(progress, '');
    told.replaceChildren(t('falsify.lead'));
  };
  const hunt = (/** @type {string} */ within) => {
    const { value } = model.layer;
    model.gesture.show({ ...value, width: within, hunt: value.hunt + 1 });
  };
  start.addEventListener('click', () => hunt(width.value));
  width.addEventListener('change', () => hunt(width.value));
  return model.layer.link((now, before) => {
    if (now.width === before?.width && now.hunt === before.hunt) return;
    width.value = now.width;
    if (now.hunt > 0) run(now.hunt);
    else nothing();
  });
}

/** @param {Claim} claim @param {(found: Found) => void} show */
function row(claim, show) {
  /** @type {import('../../nn/search.js').Tally | undefined} */
  let tally;
  const cells = SEARCHED.map((format) => {
    const button = html('button', { type: 'button', 'data-claim': claim, 'data-format': format, disabled: '' }, '–');
    button.addEventListener('click', () => {
      const best = tally?.[claim][format].best;
      if (best) show(best);
    });
    return { format, button };
  });
  const root = html(
    'tr',
    {},
    html('th', { scope: 'row' }, t(`falsify.claim.${claim}`)),
    ...cells.map(({ button }) => html('td', {}, button)),
  );
  return {
    root,
    clear() {
      tally = undefined;
      for (const { button } of cells) {
        button.disabled = true;
        say(button, '–');
      }
    },
    /** @param {import('../../nn/search.js').Tally} now */
    paint(now) {
      tally = now;
      for (const { format, button } of cells) {
        const { count } = now[claim][format];
        button.disabled = count === 0;
        say(button, count === 0 ? t('falsify.none') : grouped(count));
      }
    },
  };
}

/** The z that break the claim come into the layer; where they break it by moving, they move there. @param {Parameters<typeof falsify>[1]} model @param {Found} found */
function load({ layer, gesture }, { claim, z, i, by }) {
  gesture.once('falsify', -1, { ...withLogits(layer.value, z), naive: false });
  if (claim === 'monotone' || claim === 'everyone') gesture.once('z', i, withZ(layer.value, i, z[i] + by));
}
