// @ts-check
/** The page `/race`: two neurons computed here, or four networks that run on the server, and the views that show them. */
import '../../kit/theme.js';
import { addressNotice } from '../../figures/address-notice.js';
import { say, set } from '../../figures/dom.js';
import { precise } from '../../figures/precise.js';
import { saveMenu } from '../../figures/save.js';
import { tabs } from '../../figures/tabs.js';
import { walkKeys } from '../../figures/walk-keys.js';
import { calm, wantsCalm } from '../../kit/calm.js';
import { grouped } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { derive, observable } from '../../kit/observable.js';
import { differsIn, scene } from '../../kit/scene.js';
import { historyKeys } from '../../kit/undo.js';
import { raceFields } from './fields.js';
import { neuronPicture } from './neuron.js';
import { raceRuns } from './runs.js';
import { raceSaid } from './said.js';
import {
  changed,
  fromUrl,
  lengthOf,
  NETWORK_STARTS,
  networksKey,
  networkTracks,
  neuronKey,
  neurons,
  neuronTracks,
  raceTable,
  returned,
  STARTS,
} from './state.js';
import { raceRows, raceTableView } from './table.js';

/** @typedef {import('./state.js').Race} Race */

/** The neurons' epochs in a second. */
const PACE = 60;

const choices = JSON.parse(String(document.getElementById('page-data')?.textContent));
const TABLE = raceTable(choices.datasets.map((/** @type {{ name: string }} */ { name }) => name));
const kept = scene(TABLE, {
  from: fromUrl,
  isStep: differsIn('mode', 'dataset'),
  shown: (now, before) => {
    playing.value = false;
    if (networksKey(now) !== networksKey(before) || now.go !== before.go || now.held !== before.held) takeUp();
  },
});
const { state: race, past } = kept;
const playing = observable(false);
const runs = raceRuns(race);

/** @param {Partial<Race>} changes @param {boolean} [goesOn] whether the last change and this are one step of undo */
function change(changes, goesOn = false) {
  const before = race.value;
  race.value = changed(before, changes);
  const other = neuronKey(race.value) !== neuronKey(before);
  if (other || race.value.mode !== before.mode) playing.value = false;
  if (race.value.mode !== before.mode && runs.phase.value === 'empty') takeUp();
  if (!other && networksKey(race.value) === networksKey(before)) return;
  if (goesOn) past.amend(race.value);
  else {
    // The race that is left keeps how far it has come: undo brings it back.
    past.stands(before);
    past.record(race.value);
  }
}

/** The networks' race where it stood. */
function takeUp() {
  const { go, held, mode } = race.value;
  if (!go) runs.reset();
  else if (mode === 'networks') runs.again(held);
}

/** @param {string} name @returns {any} */
const find = (name) => document.querySelector(`[data-view="${name}"]`);
/** @param {string} name @returns {any} */
const field = (name) => document.querySelector(`[data-field="${name}"]`);
/** @param {string} name @returns {any} */
const action = (name) => document.querySelector(`[data-action="${name}"]`);

let known = { key: '', all: neurons(race.value) };
const both = derive([race], (now) => {
  if (neuronKey(now) !== known.key) known = { key: neuronKey(now), all: neurons(now) };
  return known.all;
});
/** The networks' standings as they are shown. */
const lanes = calm(
  runs.lanes,
  (now, shown) => now.length !== shown.length || now.some(({ run }, i) => run.status !== shown[i].run.status),
);
const tracks = derive([race, both, lanes], (now, all, entered) => {
  if (now.mode === 'networks') return networkTracks(entered, now.layer);
  return neuronTracks(all, now.to).map((track, i) => ({ ...track, a: all[i].run.a }));
});
const phase = derive([race, playing, runs.phase], (now, plays, networks) => {
  if (now.mode === 'networks') return networks;
  if (now.to >= now.epochs) return 'finished';
  return plays ? 'running' : now.to === 0 ? 'empty' : 'paused';
});
/** How far the race has come, and the epoch that is looked at. */
const reached = derive([race, lanes], (now, entered) =>
  now.mode === 'neuron'
    ? Math.min(now.to, now.epochs)
    : Math.max(0, ...entered.map((/** @type {any} */ { run }) => run.epoch)),
);
const epoch = derive([race, reached], (now, far) => (now.at >= 0 ? Math.min(now.at, far) : far));

const standing = derive([race, tracks, epoch, phase], (now, list, at, stands) => ({
  tracks: list,
  epoch: at,
  over: stands === 'finished',
  length: lengthOf(now),
  mode: now.mode,
}));
const curves = derive([race, tracks, epoch], (now, list, at) => ({
  tracks: list,
  length: lengthOf(now),
  log: now.log,
  at: now.at >= 0 ? at : null,
  layer: now.layer,
  mode: now.mode,
}));
const told = derive(
  [race, tracks, epoch, phase, runs.trouble, runs.delivery, runs.problem],
  (now, list, at, stands, trouble, delivery, problem) => ({
    mode: now.mode,
    phase: stands,
    tracks: list,
    epoch: at,
    length: lengthOf(now),
    trouble: now.mode === 'networks' ? trouble : '',
    delivery: now.mode === 'networks' ? delivery : '',
    problem: now.mode === 'networks' ? problem : '',
    pinned: now.at >= 0,
    hidden: now.hidden,
    failed: now.mode === 'networks' ? runs.lanes.value.filter(({ run }) => run.status === 'failed') : [],
  }),
);

function go() {
  const { mode, to, epochs } = race.value;
  if (mode === 'neuron') {
    if (to >= epochs) change({ to: 0, at: -1 });
    change({ at: -1 });
    playing.value = !playing.value;
    if (playing.value) play();
    return;
  }
  const stands = runs.phase.value;
  if (stands === 'running') runs.pause();
  else if (stands === 'paused') {
    change({ held: -1 });
    runs.resume();
  } else if (stands !== 'starting') {
    change({ go: true, held: -1, at: -1 });
    runs.begin();
  }
}

/** The neurons go on in the page's own frames, as many epochs as the time that has passed asks for; in calm, a second's. */
function play() {
  const least = wantsCalm() ? PACE : 1;
  let before = performance.now();
  let owed = 0;
  const frame = (/** @type {number} */ now) => {
    if (!playing.value || race.value.mode !== 'neuron') return;
    owed += ((now - before) / 1000) * PACE;
    before = now;
    const due = Math.max(0, Math.floor(owed));
    const whole = due >= least || race.value.to + due >= race.value.epochs ? due : 0;
    owed -= whole;
    const to = Math.min(race.value.epochs, race.value.to + whole);
    if (whole > 0) change({ to });
    if (to >= race.value.epochs) playing.value = false;
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function step() {
  playing.value = false;
  const { mode, to, epochs, at } = race.value;
  if (at >= 0) change({ at: Math.min(at + 1, reached.value) });
  else if (mode === 'neuron') change({ to: Math.min(epochs, to + 1) });
  else runs.step(1);
}

function reset() {
  playing.value = false;
  change({ to: 0, at: -1, go: false, held: -1 });
  runs.reset();
}

const look = (/** @type {number} */ at) => change({ at: at >= reached.value ? -1 : Math.max(0, at) });

action('go').addEventListener('click', go);
action('step').addEventListener('click', step);
action('reset').addEventListener('click', reset);
field('scrub').addEventListener('input', () => look(Number(field('scrub').value)));
for (const [kind, starts] of /** @type {[string, Record<string, Partial<Race>>][]} */ ([
  ['start', STARTS],
  ['networks', NETWORK_STARTS],
])) {
  for (const button of document.querySelectorAll(`[data-${kind}]`)) {
    const start = starts[String(button.getAttribute(`data-${kind}`))];
    button.addEventListener('click', () => change(start));
    race.link((now) => {
      const same = Object.entries(start).every(([name, value]) => now[/** @type {keyof Race} */ (name)] === value);
      set(button, { 'aria-pressed': String(same) });
    });
  }
}
walkKeys({ ' ': go, ArrowRight: step });

neuronPicture(find('neuron'), { neurons: both, epoch });
raceTableView(find('table'), standing);
raceFields(find('stage'), race, TABLE, change);
raceSaid(field('said'), told);
precise(find('stage'));
const showTab = tabs(find('tabs'), (mode) => change({ mode: /** @type {any} */ (mode) }));
race.link((now, before) => {
  if (now.mode === before?.mode) return;
  showTab(now.mode);
  set(find('stage'), { 'data-mode': now.mode });
});
derive([race, phase], ({ mode }, now) => `${mode} ${now}`).link(() => {
  const now = phase.value;
  const word = now === 'running' ? 'pause' : now === 'paused' ? 'resume' : now === 'empty' ? 'go' : 'again';
  say(field('go-word'), t(`race.${word}`));
  say(field('go-sign'), now === 'running' ? '❚❚' : '▶');
  set(find('stage'), { 'data-phase': now });
  action('step').disabled = race.value.mode === 'networks' ? now !== 'paused' : now === 'finished';
});
epoch.link((at) => {
  const slider = field('scrub');
  slider.max = String(reached.value);
  slider.disabled = reached.value === 0;
  slider.value = String(at);
  say(field('epoch'), grouped(at));
});
reached.link((far) => {
  field('scrub').max = String(far);
});

saveMenu(find('save-neuron'), { name: 'neuron', picture: () => find('neuron'), rows: () => raceRows(standing.value) });
saveMenu(find('save-race'), { name: 'race', picture: () => find('curves'), rows: () => raceRows(standing.value) });
runs.phase.link((stands) => {
  const over = stands === 'finished' || stands === 'failed';
  if (stands !== 'paused' && !over) return;
  queueMicrotask(() => {
    if (race.value.go) change({ held: over ? -1 : Math.max(...runs.lanes.value.map(({ run }) => run.epoch)) });
  });
});
/** @param {'undo' | 'redo'} direction */
function restore(direction) {
  past.stands(race.value);
  const before = race.value;
  race.value = returned(before, past[direction]());
  if (neuronKey(race.value) !== neuronKey(before)) playing.value = false;
  if (networksKey(race.value) !== networksKey(before)) takeUp();
}
historyKeys({ undo: () => restore('undo'), redo: () => restore('redo') });
addressNotice(kept);
document.documentElement.dataset.ready = 'true';
import('./curves.js').then(({ raceCurves }) => raceCurves(find('curves'), curves, look));
takeUp();
