// @ts-check
/** The page `/train`: the experiment from the address, its runs, and the views that show them. */
import '../../kit/theme.js';
import { addressNotice } from '../../figures/address-notice.js';
import { clinicDoor } from '../../figures/clinic/door.js';
import { backTo, firstRefused } from '../../figures/refusal.js';
import { saveMenu } from '../../figures/save.js';
import { tabs } from '../../figures/tabs.js';
import { readUrl } from '../../kit/address.js';
import { grouped } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { derive } from '../../kit/observable.js';
import { scene } from '../../kit/scene.js';
import { historyKeys } from '../../kit/undo.js';
import * as server from '../../runs/server.js';
import { takingUp } from './again.js';
import { bar, barKeys } from './bar.js';
import { gradientCheck, ruleWords } from './check.js';
import { faultWords } from './fault-words.js';
import { faultOf } from './faults.js';
import { laboratory } from './laboratory.js';
import { links } from './links.js';
import { markRows, marks } from './marks.js';
import { networkPicture } from './network-picture.js';
import { plane } from './plane.js';
import { print } from './print.js';
import { runSaid } from './run-said.js';
import { chosenRows, rowChoice, samples } from './samples.js';
import { scrub } from './scrub.js';
import { settings } from './settings.js';
import { showChoice } from './show-choice.js';
import { experimentTable, FIRST_TABLE, fromUrl, isStep, markStep, rulesOf, specKey, specOf } from './state.js';
import { arraysOf, weights } from './weights.js';

/** @typedef {import('./state.js').Experiment} Experiment */
/** @typedef {import('./laboratory.js').Dataset} Dataset */
/** @typedef {import('./laboratory.js').Line} Line */
/** @typedef {{ parameters: import('../../nn/network.js').Parameters, data: Dataset, sample: number, output: 'softmax' | 'sigmoid' }} Shown */

const choices = JSON.parse(String(document.getElementById('page-data')?.textContent));
const TABLE = experimentTable(choices.datasets.map((/** @type {{ name: string }} */ { name }) => name));
const kept = scene(TABLE, {
  from: (given) => fromUrl(given, choices.pairs),
  isStep,
  shown: (_, before) => takeUp(before),
});
const { state: experiment, past } = kept;
const lab = laboratory(experiment, (now, data) => {
  const fault = faultOf(now, choices.limits, data?.samples);
  return fault && faultWords(fault);
});

/** An experiment on an own table has one. @param {Experiment} now @returns {Experiment} */
function withTable(now) {
  return now.dataset === 'table' && now.table === null ? { ...now, table: FIRST_TABLE } : now;
}

/** Parameters by hand begin as those that are drawn. @param {Experiment} now @returns {Experiment} */
function withGiven(now) {
  if (now.start !== 'given' || now.given !== null || shown.value === null) return now;
  const { parameters, data } = shown.value;
  const units = parameters.b.slice(0, -1).map((b) => b.length);
  // What is drawn may still be the network of the data before.
  const own = now.dataset === 'table' ? data.x === now.table?.x : data.name === now.dataset;
  return own && units.join() === now.hidden.join() ? { ...now, given: parameters } : now;
}

/** A change by hand. What belongs to the spec ends the runs of the old one, and can be undone. @param {Partial<Experiment>} changes */
function change(changes) {
  const next = withGiven(withTable({ ...experiment.value, ...changes }));
  const other = specKey(next) !== specKey(experiment.value);
  if (!other) {
    experiment.value = next;
    return;
  }
  // The experiment that is left keeps how far its runs have come: undo brings them back.
  past.stands(experiment.value);
  const tab = next.dataset === experiment.value.dataset ? next.tab : 'auto';
  experiment.value = { ...next, tab, go: false, held: -1, at: -1, ...changes };
  past.record(experiment.value);
}

/** An experiment from the past with its runs, seen as the present one is. @param {'undo' | 'redo'} direction */
function restore(direction) {
  past.stands(experiment.value);
  const { log, list, show, pace } = experiment.value;
  const found = past[direction]();
  if (found === experiment.value) return;
  experiment.value = { ...found, log, list, show, pace };
  takeUp();
}

/** @template {Element} E @param {string} view @returns {E} */
const find = (view) => /** @type {E} */ (document.querySelector(`[data-view="${view}"]`));
/** @param {string} field */
const field = (field) => /** @type {HTMLElement} */ (document.querySelector(`[data-field="${field}"]`));

/** @type {Shown | null} */
let last = null;
/** What is drawn: the run's newest network, the epoch looked at, or the start; null until there is data. */
/** The runs, the one whose network is drawn first. */
const lines = derive([experiment, lab.lines], ({ show }, all) => [
  ...all.filter((/** @type {Line} */ { rule }) => rule === show),
  ...all.filter((/** @type {Line} */ { rule }) => rule !== show),
]);
const shown = derive([experiment, lab.dataset, lab.initial, lines, lab.pin], shownNow);
/** @param {Experiment} now @param {Dataset | null} data @param {any} initial @param {any[]} lines @param {any} pin @returns {Shown | null} */
function shownNow(now, data, initial, lines, pin) {
  const parameters = pin?.parameters ?? lines[0]?.run.parameters ?? initial;
  if (!data || !parameters || !fits(parameters, data)) return last;
  const sample = now.sample >= 0 && now.sample < data.samples ? now.sample : (chosenRows(data.y, data.classes)[4] ?? 0);
  if (last && last.parameters === parameters && last.data === data && last.sample === sample) return last;
  last = { parameters, data, sample, output: /** @type {any} */ (now.output) };
  return last;
}

/** Between a change of data and the answer to it, the two do not belong together. @param {any} parameters @param {Dataset} data */
function fits({ w, b }, data) {
  return w[0].length === data.inputs && b.at(-1).length === data.classes;
}

const NOTHING = /** @type {any} */ ({ x: [], y: [], marks: new Map(), epoch: 0, cost: null, status: 'queued' });

const course = derive([experiment, lab.lines, lab.pin, lab.dataset], (now, lines, pin, data) => ({
  lines: lines.length > 0 ? lines : rulesOf(now).map((rule) => ({ rule, run: NOTHING })),
  log: now.log,
  epochs: now.epochs,
  guessing: now.cost === 'log-likelihood' && data ? Math.log(data.classes) : null,
  pinned: pin?.epoch ?? null,
}));

const actions = {
  train: () => {
    if (lab.phase.value === 'running' || lab.phase.value === 'queued') lab.pause();
    else if (lab.phase.value === 'paused') {
      live();
      change({ held: -1 });
      lab.resume();
    } else if (lab.phase.value !== 'starting') begin();
  },
  step: (/** @type {number} */ epochs) => {
    change({ go: true });
    live();
    lab.step(epochs);
  },
  reset: () => {
    change({ go: false, held: -1, at: -1 });
    lab.reset();
  },
  pace: (/** @type {number | null} */ pace) => {
    change({ pace });
    lab.pace(pace);
  },
  change,
  /** The article's table: its experiment, by its rule and by the true gradient. */
  story: () => {
    change({ ...readUrl(TABLE, ''), rule: 'both', pace: null });
    begin();
  },
  look: (/** @type {number} */ epoch) => lab.look(epoch, experiment.value.show),
};

/** Looks at the newest epoch again. */
function live() {
  lab.live();
  change({ at: -1 });
}

function begin() {
  const wrong = firstRefused();
  if (wrong !== null) return backTo(wrong);
  lab.begin(); // first: the request is on its way while the page notes what is wanted
  change({ go: true, held: -1, at: -1 });
}

const model = { experiment, shown, course, phase: lab.phase, lines, pin: lab.pin, problem: lab.problem };
bar(find('bar'), { ...model, actions, limits: choices.limits });
barKeys(actions);
runSaid(
  { ...model, all: lab.lines, dataset: lab.dataset, trouble: lab.trouble, delivery: lab.delivery },
  { ...actions, begin },
);
networkPicture(find('network'), { shown });
weights(find('weights'), { shown });
samples(find('samples'), { shown, experiment }, (sample) => change({ sample }));
rowChoice(find('rows'), { dataset: lab.dataset, experiment }, (list) => change({ list }));
marks(find('marks'), { course, step: () => markStep(experiment.value.epochs) }, actions.look);
scrub({ ...model, actions: { look: actions.look, live } });
showChoice(find('show'), { experiment }, (show) => {
  change({ show });
  if (lab.pin.value) actions.look(lab.pin.value.epoch);
});
links(find('save-course'), { lines });
print(find('print'), find('printer'), async () => {
  const [lead] = lines.value;
  if (lead === undefined) return null;
  const recorded = await lab.recorded(lab.pin.value?.epoch ?? lead.run.epoch, lead.rule);
  return recorded && { rule: lead.rule, recorded };
});
lines.link((now) => {
  find('printer').toggleAttribute('disabled', now.length === 0);
});
settings(find('form'), { experiment, problem: lab.problem }, choices, change, () => shown.value?.parameters ?? null);
plane(find('plane'), { shown });
clinicDoor(find('clinic-open'), find('clinic'), server);

const check = gradientCheck(
  find('check'),
  () => rulesOf(experiment.value),
  (rule) => server.ask('/api/gradient-check', { method: 'POST', body: specOf(experiment.value, rule) }),
  lab.failed,
);
derive(
  [experiment, lab.dataset],
  (now, data) => `${now.rule} ${now.eta} ${data?.samples} ${now.batch} ${now.dataset}`,
).link(() => {
  check.clear();
  const count = experiment.value.batch ?? lab.dataset.value?.samples;
  if (count) ruleWords(find('rule-words'), rulesOf(experiment.value), { samples: count, eta: experiment.value.eta });
});

/** The check of a network of this size is asked for without a click. */
const SMALL = 1e7;
lab.phase.link((phase) => {
  const now = shown.value;
  if (phase !== 'finished' || experiment.value.rule !== 'both' || now === null) return;
  const count = now.parameters.b.reduce((sum, b, layer) => sum + b.length * (1 + now.parameters.w[layer].length), 0);
  if (count * count * now.data.samples < SMALL) check.run();
});

const showTab = tabs(find('tabs'), (tab) => change({ tab: /** @type {Experiment['tab']} */ (tab) }));
const showAnswers = () => {
  const { tab } = experiment.value;
  const flat = lab.dataset.value?.inputs === 2;
  /** @type {HTMLElement} */ (document.getElementById('tab-plane')).hidden = !flat;
  // Where there is room for what was behind a tab, the tab is gone.
  const there = document.getElementById(`tab-${tab}`)?.checkVisibility();
  showTab(there ? tab : flat ? 'plane' : 'samples');
};
derive([experiment, lab.dataset], ({ tab }, data) => `${tab} ${data?.inputs}`).link(showAnswers);
new ResizeObserver(() => nextFrame(showAnswers)).observe(find('stage'));
shown.link((now) => {
  if (now)
    field('walk').textContent = t('train.walk', {
      sample: now.sample + 1,
      name: now.data.class_names[now.data.y[now.sample]],
    });
});
course.link((now) => {
  const step = markStep(experiment.value.epochs);
  field('marks-title').textContent = t('train.marks.every', { n: grouped(step) });
  field('course-words').textContent = t(now.lines.length > 1 ? 'train.course.same' : 'train.course.before');
});

saveMenu(find('save-network'), {
  name: 'network',
  picture: () => find('network'),
  rows: () =>
    shown.value ? arraysOf(shown.value).flatMap(({ name, rows }) => rows.map((row) => [name, ...row.map(String)])) : [],
});
saveMenu(find('save-course'), {
  name: 'costs',
  picture: () => find('course'),
  rows: () => [
    ['rule', 'epoch', 'cost'],
    ...course.value.lines.flatMap((/** @type {Line} */ { rule, run }) =>
      run.x.map((epoch, i) => [rule, String(epoch), String(run.y[i])]),
    ),
  ],
});
saveMenu(find('save-marks'), { name: 'marks', rows: () => markRows(course.value, markStep(experiment.value.epochs)) });

historyKeys({ undo: () => restore('undo'), redo: () => restore('redo') });
const takeUp = takingUp({ experiment, lab, lines }, change);
addressNotice(kept);
document.documentElement.dataset.ready = 'true';
import('./course.js').then(({ costCourse }) => costCourse(find('course'), { course }));
takeUp();
