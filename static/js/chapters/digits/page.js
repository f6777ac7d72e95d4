// @ts-check
/** The page `/digits`: a drawing, the network that reads it, why it answers as it does, and how it learns. */
import '../../kit/theme.js';
import { say } from '../../figures/dom.js';
import { numberField } from '../../figures/number-field.js';
import { backTo, firstRefused } from '../../figures/refusal.js';
import { keepUrl, readUrl } from '../../kit/address.js';
import { fixed, noMoreThan } from '../../kit/format.js';
import { nextFrame, soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { observable } from '../../kit/observable.js';
import { textOf } from '../../kit/saying.js';
import { contributions, fool, look, networkOf, ranking } from '../../nn/digits.js';
import { draw, FORMS, inked, paper, SIDE, seen } from '../../nn/drawing.js';
import { reach } from '../../runs/reach.js';
import { ask } from '../../runs/server.js';
import { troubleWords } from '../../runs/trouble.js';
import { digitCanvas } from './canvas.js';
import { digitHidden } from './hidden.js';
import { digitOutputs } from './outputs.js';
import { largestOf, paintPixels } from './pixels.js';
import { starters } from './starters.js';
import { digitsTable, EPOCHS, IMAGES } from './state.js';
import { whySaying } from './told.js';
import { digitTraining } from './training.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('../../nn/digits.js').Network} Network */

const { nets, training } = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}');
const TABLE = digitsTable(nets);
const state = observable(/** @type {State} */ (readUrl(TABLE, location.search)));
const source = starters();
const server = reach();

/** @template {HTMLElement} E @param {string} view @returns {E} */
const find = (view) => /** @type {E} */ (document.querySelector(`[data-view="${view}"]`));
/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement} */ (document.querySelector(`[data-field="${name}"]`));

let ink = paper();
/** Drawings that were there, for undo. @type {Float32Array[]} */
let before = [];
/** @type {Network | null} */
let network = null;
/** The image that was nudged, and the network that was to be fooled by it, while both are looked at. @type {{ x: Float32Array, network: Network } | null} */
let fooled = null;
/** The layer that makes a of its z. @type {'softmax' | 'sigmoid'} */
let output = 'softmax';
/** The same of the network that learns. @type {'softmax' | 'sigmoid'} */
let learning = 'softmax';
/** What is looked at in place of the drawing: an image as it is, or one that was nudged. @type {Float32Array | null} */
let given = null;
/** Drawings to learn from. @type {{ x: number[], y: number }[]} */
let lessons = [];

const form = () => FORMS[network?.pixels === 64 ? '8x8' : '28x28'];
const change = (/** @type {Partial<State>} */ changes) => {
  state.value = { ...state.value, ...changes };
};

const outputs = digitOutputs(find('outputs'), find('said'), (chosen) =>
  change({ chosen: chosen === state.value.chosen ? -1 : chosen }),
);
const hidden = digitHidden(find('hidden'));
const canvas = digitCanvas(/** @type {any} */ (find('canvas')), {
  ink: () => ink,
  radius: () => (state.value.pen * SIDE) / 200,
  begun: () => {
    keep();
    if (given) ink = paper();
    given = null;
    change({ image: 0 });
  },
  changed: () => nextFrame(paint),
});

/** Notes the drawing before it changes. */
function keep() {
  before = [...before.slice(-50), Float32Array.from(ink)];
  field('undo').disabled = false;
}

/** What was said of a nudged image goes with it: of another drawing, or to another network, it is not true. */
function forget() {
  if (fooled === null || (fooled.x === given && fooled.network === network)) return;
  fooled = null;
  say(find('fooled'), '');
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let telling;

/** What the network makes of the drawing, and the digit that is explained. @type {{ network: Network, sight: import('../../nn/digits.js').Sight, chosen: number } | null} */
let answer = null;

/** The drawing and what it is taken for, in the stroke's own frame; why, in frames after it. */
function paint() {
  canvas.paint();
  if (network === null) return;
  forget();
  const x = given ?? seen(ink, form());
  const sight = look(network, x);
  const blank = !x.some((value) => value > 0);
  const chosen = state.value.chosen < 0 ? ranking(sight.z)[0] : state.value.chosen;
  answer = { network, sight, chosen };
  if (performance.getEntriesByName('read').length === 0) performance.mark('read');
  outputs.paint(sight.z, { temperature: state.value.temperature, chosen, blank, output });
  for (const explain of [paintHidden, paintSeen, paintWhy]) soon(explain);
  clearTimeout(telling);
  telling = setTimeout(
    () => say(/** @type {any} */ (document.getElementById('live')), find('said').textContent ?? ''),
    600,
  );
}

function paintHidden() {
  if (answer) hidden.paint(answer.network, answer.sight.hidden);
}

function paintSeen() {
  if (answer) paintPixels(/** @type {any} */ (find('seen')), answer.sight.x);
}

/** Whether the visitor has chosen into what the network is to be fooled; until then it is the runner-up. */
let aimed = false;

function paintWhy() {
  if (answer === null) return;
  const { sight, chosen } = answer;
  const why = contributions(answer.network, sight, chosen);
  paintPixels(/** @type {any} */ (find('why')), why, largestOf(why));
  const [, next] = ranking(sight.z);
  if (!aimed) field('target').value = String(next);
  say(find('why-words'), textOf(whySaying(sight.z, chosen)));
}

/**
 * What set-up has made, or null where it cannot be had now; then it is said, and asked for again once the server is there.
 * @template T
 * @param {Promise<T>} loading
 */
async function had(loading) {
  try {
    const found = await loading;
    server.well();
    return found;
  } catch (error) {
    if (!server.lost(error, () => follow(state.value, undefined))) throw error;
    say(find('said'), troubleWords(server.trouble.value));
    return null;
  }
}

/** @param {State} now @param {State | undefined} last */
async function follow(now, last) {
  field('temperature').value = String(Math.log10(now.temperature));
  say(find('temperature'), fixed(now.temperature, 1));
  field('pen').value = String(now.pen);
  field('net').value = field('net').dataset.live === 'true' ? 'run' : now.net;
  const wanted = () => state.value.net === now.net && field('net').dataset.live !== 'true';
  if (wanted() && (network === null || now.net !== last?.net)) {
    const found = await had(source.network(now.net));
    if (found === null || !wanted()) return;
    network = found;
  }
  if (now.image > 0 && (now.image !== last?.image || now.net !== last.net)) {
    const image = (await had(source.images(now.net)))?.[now.image - 1];
    if (image === undefined || state.value.image !== now.image || state.value.net !== now.net) return;
    given = image.pixels;
    ink = inked(image.pixels);
    say(find('image'), t('digits.image.words', { n: now.image, label: image.label }));
  }
  if (now.image === 0) say(find('image'), '');
  document.documentElement.dataset.ready = 'true';
  nextFrame(paint);
}

const learn = digitTraining(find('training'), (parameters) => {
  network = networkOf(parameters);
  output = learning;
  field('net').dataset.live = 'true';
  field('net').querySelector('[value="run"]')?.removeAttribute('hidden');
  field('net').value = 'run';
  nextFrame(paint);
});

/** @type {Record<string, () => void>} */
const actions = {
  clear: () => {
    keep();
    ink = paper();
    given = null;
    change({ image: 0 });
    nextFrame(paint);
  },
  undo: () => {
    const last = before.pop();
    field('undo').disabled = before.length === 0;
    if (!last) return;
    ink = last;
    given = null;
    change({ image: 0 });
    nextFrame(paint);
  },
  image: () => {
    keep();
    change({ image: (state.value.image % IMAGES) + 1 });
  },
  fool: () => {
    if (network === null) return;
    const target = Number(field('target').value);
    const found = fool(network, given ?? seen(ink, form()), target);
    keep();
    given = found.x;
    ink = inked(found.x);
    fooled = { x: found.x, network };
    say(
      find('fooled'),
      t(found.fooled ? 'digits.fooled' : 'digits.not-fooled', { target, changed: noMoreThan(found.changed) }),
    );
    nextFrame(paint);
  },
  train: () => {
    const wrong = firstRefused();
    if (wrong !== null) return backTo(wrong);
    const net = field('form').value;
    const start = field('start').value;
    const [layer, cost] = field('cost').value.split(' ');
    learning = /** @type {'softmax' | 'sigmoid'} */ (layer);
    learn.start(
      {
        ...training.spec,
        output: layer,
        cost,
        dataset: training.datasets[net],
        initialisation: start,
        epochs: state.value.epochs,
      },
      training.datasets[net],
    );
  },
  stop: learn.stop,
  keep: () => {
    const x = Array.from(seen(ink, FORMS['8x8']), (value) => Math.round(value * 16) / 16);
    lessons = [...lessons, { x, y: Number(field('label').value) }];
    say(find('lessons'), t('digits.lessons', { n: lessons.length }));
    field('teach').disabled = false;
  },
  teach: async () => {
    const own = lessons.flatMap((one) => Array.from({ length: training.copies }, () => one));
    const old = await learn.tried(ask(`/api/datasets/${training.datasets['8x8']}?stop=${training.rows}`));
    if (old === null) return;
    const table = { x: [...old.x, ...own.map(({ x }) => x)], y: [...old.y, ...own.map(({ y }) => y)], classes: 10 };
    learning = 'softmax';
    const now = network?.pixels === 64 && output === 'softmax' ? network : await source.network('8x8');
    learn.start({ ...training.spec, dataset: table, initialisation: parametersOf(now), epochs: 10 }, '');
  },
};
for (const [name, action] of Object.entries(actions)) {
  document.querySelector(`[data-action="${name}"]`)?.addEventListener('click', action);
}
field('temperature').addEventListener('input', () => change({ temperature: 10 ** Number(field('temperature').value) }));
field('pen').addEventListener('input', () => change({ pen: Number(field('pen').value) }));
field('target').addEventListener('change', () => {
  aimed = true;
});
field('net').addEventListener('change', () => {
  const wanted = field('net').value;
  if (wanted === 'run') return;
  learn.stop();
  output = 'softmax';
  field('net').dataset.live = 'false';
  network = null;
  given = null;
  change({ net: /** @type {State['net']} */ (wanted) });
});

/** @param {Network} now @returns {{ w: number[][][], b: number[][] }} */
function parametersOf({ pixels, hidden: count, classes, w1, b1, w2, b2 }) {
  const rows = (/** @type {Float32Array} */ flat, /** @type {number} */ height, /** @type {number} */ width) =>
    Array.from({ length: height }, (_, j) => Array.from(flat.subarray(j * width, (j + 1) * width)));
  return { w: [rows(w1, pixels, count), rows(w2, count, classes)], b: [Array.from(b1), Array.from(b2)] };
}

state.link(follow);
state.link(
  numberField(field('epochs'), {
    limit: EPOCHS,
    value: () => state.value.epochs,
    enter: (epochs) => change({ epochs }),
  }),
);
keepUrl(TABLE, state);
// For a page that was opened without a drawing, something to look at: a stroke that every network knows.
if (state.value.image === 0) {
  draw(ink, { x: 45, y: 35 }, { x: 95, y: 35 }, 6);
  draw(ink, { x: 95, y: 35 }, { x: 65, y: 110 }, 6);
}
