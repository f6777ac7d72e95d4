// @ts-check
/** The page `/digits`: a drawing, the network that reads it, why it answers as it does, and how it learns. */
import '../../kit/theme.js';
import { addressNotice } from '../../figures/address-notice.js';
import { say } from '../../figures/dom.js';
import { numberField } from '../../figures/number-field.js';
import { backTo, firstRefused } from '../../figures/refusal.js';
import { tabs } from '../../figures/tabs.js';
import { fixed, noMoreThan } from '../../kit/format.js';
import { nextFrame, soon } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { textOf } from '../../kit/saying.js';
import { differsIn, scene } from '../../kit/scene.js';
import { historyKeys } from '../../kit/undo.js';
import { contributions, fool, look, networkOf, ranking } from '../../nn/digits.js';
import { FORMS, inked, paper, seen } from '../../nn/drawing.js';
import { inkOf, radiusOf } from '../../nn/strokes.js';
import { reach } from '../../runs/reach.js';
import { ask } from '../../runs/server.js';
import { troubleWords } from '../../runs/trouble.js';
import { digitCanvas } from './canvas.js';
import { drawingHand } from './hand.js';
import { digitHidden } from './hidden.js';
import { digitOutputs } from './outputs.js';
import { largestOf, paintPixels } from './pixels.js';
import { starters } from './starters.js';
import { digitsTable, EPOCHS, fromUrl, IMAGES, nudged } from './state.js';
import { whySaying } from './told.js';
import { digitTraining } from './training.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('../../nn/digits.js').Network} Network */

const { nets, training } = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}');
const TABLE = digitsTable(nets);
const kept = scene(TABLE, {
  from: fromUrl,
  // What is drawn is undone; what is asked about it stays.
  restore: ({ drawing, image, nudges }, present) => ({ ...present, drawing, image, nudges }),
  isStep: differsIn('net', 'image'),
  shown: leaveRun,
});
const { state, gesture, past } = kept;
const source = starters();
const server = reach();

/** @template {HTMLElement} E @param {string} view @returns {E} */
const find = (view) => /** @type {E} */ (document.querySelector(`[data-view="${view}"]`));
/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement} */ (document.querySelector(`[data-field="${name}"]`));

let ink = paper();
/** The scene that the ink and what is looked at were made of. @type {State | null} */
let inkedOf = null;
/** @type {Network | null} */
let network = null;
/** Whether it is the one that learns here. */
let live = false;
/** The image that was nudged, and the network that was to be fooled by it, while both are looked at. @type {{ x: Float32Array, network: Network } | null} */
let fooled = null;
/** The layer that makes a of its z. @type {'softmax' | 'sigmoid'} */
let output = 'softmax';
/** The same of the network that learns. @type {'softmax' | 'sigmoid'} */
let learning = 'softmax';
/** What is looked at in place of the drawing: an image as it is, or one that was nudged. @type {Float32Array | null} */
let given = null;
/** What of a scene makes the ink. */
const MAKING = /** @type {const} */ (['net', 'drawing', 'image', 'nudges']);
/** Drawings to learn from. @type {{ x: number[], y: number }[]} */
let lessons = [];

const form = () => FORMS[network?.pixels === 64 ? '8x8' : '28x28'];
const change = (/** @type {Partial<State>} */ changes) => gesture.show({ ...state.value, ...changes });
/** What the network is shown. @param {Network} network */
const lookedAt = ({ pixels }) => (given?.length === pixels ? given : seen(ink, form()));

const outputs = digitOutputs(find('outputs'), find('said'), (chosen) =>
  change({ chosen: chosen === state.value.chosen ? -1 : chosen }),
);
const hidden = digitHidden(find('hidden'));
const showTab = tabs(find('tabs'), (name) => showTab(name));
const hand = drawingHand(
  { state, gesture },
  {
    begun: (now) => {
      [given, ink, inkedOf] = [null, inkOf(now.drawing), now];
    },
    ink: () => ink,
    ended: (now) => {
      inkedOf = now;
    },
  },
);
const canvas = digitCanvas(/** @type {any} */ (find('canvas')), {
  ...hand,
  ink: () => ink,
  radius: () => radiusOf(state.value.pen),
  changed: () => nextFrame(paint),
});

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
  const x = lookedAt(network);
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

function paintWhy() {
  if (answer === null) return;
  const { sight, chosen } = answer;
  const why = contributions(answer.network, sight, chosen);
  paintPixels(/** @type {any} */ (find('why')), why, largestOf(why));
  const [, next] = ranking(sight.z);
  field('target').value = String(state.value.target < 0 ? next : state.value.target);
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
    if (!server.lost(error, () => follow(state.value))) throw error;
    say(find('said'), troubleWords(server.trouble.value));
    return null;
  }
}

/** @param {State} now */
async function follow(now) {
  field('temperature').value = String(Math.log10(now.temperature));
  const warm = fixed(now.temperature, now.temperature < 1 ? 2 : 1);
  say(find('temperature'), warm);
  field('temperature').setAttribute('aria-valuetext', warm);
  for (const name of /** @type {const} */ (['pen', 'form', 'start', 'pair', 'label'])) {
    field(name).value = String(now[name]);
  }
  field('net').value = live ? 'run' : now.net;
  const found = await had(source.network(now.net));
  const images = now.image > 0 ? await had(source.images(now.net)) : [];
  // A later scene has been asked for meanwhile: it says what is shown.
  if (now !== state.value || images === null) return;
  if (!live && found !== null) network = found;
  if (MAKING.some((name) => inkedOf?.[name] !== now[name])) lookAt(now, images[now.image - 1] ?? null);
  document.documentElement.dataset.ready = 'true';
  nextFrame(paint);
}

/** The drawing, or the image in its place, nudged as often as it was. @param {State} now @param {import('./starters.js').Image | null} image */
function lookAt(now, image) {
  inkedOf = now;
  say(find('image'), image === null ? '' : t('digits.image.words', { n: now.image, label: image.label }));
  given = image?.pixels ?? null;
  ink = given ? inked(given) : inkOf(now.drawing);
  fooled = null;
  say(find('fooled'), '');
  for (const target of now.nudges) {
    if (network === null) return;
    const found = fool(network, lookedAt(network), target);
    given = found.x;
    ink = inked(found.x);
    fooled = { x: found.x, network };
    const values = { target, changed: noMoreThan(found.changed) };
    say(find('fooled'), t(found.fooled ? 'digits.fooled' : 'digits.not-fooled', values));
  }
}

const learn = digitTraining(find('training'), (parameters) => {
  network = networkOf(parameters);
  output = learning;
  live = true;
  field('net').querySelector('[value="run"]')?.removeAttribute('hidden');
  field('net').value = 'run';
  nextFrame(paint);
});

/** A network from set-up again. */
function leaveRun() {
  learn.stop();
  output = 'softmax';
  live = false;
}

/** @type {Record<string, () => void>} */
const actions = {
  clear: () => gesture.once('clear', -1, { ...state.value, drawing: [], image: 0, nudges: [] }),
  undo: gesture.undo,
  image: () =>
    gesture.once('image', -1, { ...fromUrl({ ...state.value, image: (state.value.image % IMAGES) + 1 }), nudges: [] }),
  fool: () => gesture.once('nudge', -1, nudged(state.value, Number(field('target').value))),
  train: () => {
    const wrong = firstRefused();
    if (wrong !== null) return backTo(wrong);
    const { form: net, start, pair } = state.value;
    const [layer, cost] = pair.split(' ');
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
    lessons = [...lessons, { x, y: state.value.label }];
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
for (const name of ['target', 'label']) {
  field(name).addEventListener('change', () => change({ [name]: Number(field(name).value) }));
}
for (const name of ['form', 'start', 'pair']) {
  field(name).addEventListener('change', () => change({ [name]: field(name).value }));
}
field('net').addEventListener('change', () => {
  if (field('net').value === 'run') return;
  leaveRun();
  change({ net: /** @type {State['net']} */ (field('net').value), nudges: [] });
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
past.can.link(({ undo }) => {
  field('undo').disabled = !undo;
});
historyKeys(gesture);
addressNotice(kept);
