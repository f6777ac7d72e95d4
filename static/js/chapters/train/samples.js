// @ts-check
/** Some samples with what the network says of them; choosing one sends it through the drawn network. */

import { html, say, set } from '../../figures/dom.js';
import { whileSeen } from '../../figures/sight.js';
import { colour, rgb } from '../../kit/colours.js';
import { fixed } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { forward } from '../../nn/network.js';

/** @typedef {import('./page.js').Shown} Shown */
/** @typedef {import('./page.js').Dataset} Dataset */

const MOST_ROWS = 9;
const DIGIT = 8;
/** Milliseconds between two searches for the worst samples: all of them go through the network for it. */
const SORT_GAP = 700;

/**
 * @param {HTMLTableElement} table
 * @param {{ shown: import('../../kit/observable.js').Watched<Shown | null>, experiment: import('../../kit/observable.js').Watched<import('./state.js').Experiment> }} model
 * @param {(sample: number) => void} choose
 * @returns {() => void} dispose
 */
export function samples(table, { shown, experiment }, choose) {
  /** @type {Dataset | undefined} */
  let built;
  /** @type {ReturnType<typeof build>} */
  let rows = [];
  let listed = '';
  let sortedAt = Number.NEGATIVE_INFINITY;
  /** @type {number[]} */
  let worst = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** Which samples, the worst of all anew now and then. @param {Shown} now */
  const chosen = (now) => {
    if (experiment.value.list === 'spread') return chosenRows(now.data.y, now.data.classes);
    const wait = sortedAt + SORT_GAP - performance.now();
    if (wait <= 0 || now.data !== built) {
      worst = worstRows(now);
      sortedAt = performance.now();
    } else timer ??= setTimeout(ask, wait);
    return worst;
  };
  const paint = () => {
    const now = shown.value;
    if (now === null) return;
    const wanted = chosen(now);
    if (now.data !== built || wanted.join() !== listed) {
      const focused = table.contains(document.activeElement);
      rows = build(table, now.data, wanted, choose);
      built = now.data;
      listed = wanted.join();
      if (focused) rows[0]?.button.focus();
    }
    for (const row of rows) update(row, now);
  };
  const follow = whileSeen(table, paint, nextFrame);
  const ask = () => {
    timer = undefined;
    follow();
  };
  const disposers = [shown.link(ask), experiment.link(ask)];
  return () => {
    clearTimeout(timer);
    for (const dispose of disposers) dispose();
  };
}

/** The samples whose own class has the smallest a, the smallest first. @param {Shown} shown @returns {number[]} */
export function worstRows({ parameters, data, output }, most = MOST_ROWS) {
  const own = data.x.map((x, i) => forward(parameters, x, output).a[parameters.w.length][data.y[i]]);
  return [...own.keys()].sort((left, right) => own[left] - own[right]).slice(0, most);
}

/**
 * Which samples the table shows.
 * @param {HTMLSelectElement} select
 * @param {{ dataset: import('../../kit/observable.js').Watched<Dataset | null>, experiment: import('../../kit/observable.js').Watched<import('./state.js').Experiment> }} model
 * @param {(list: 'spread' | 'worst') => void} choose
 */
export function rowChoice(select, { dataset, experiment }, choose) {
  select.addEventListener('change', () => choose(/** @type {any} */ (select.value)));
  dataset.link((data) => {
    if (data === null) return;
    const spread = chosenRows(data.y, data.classes).length;
    const options = /** @type {const} */ ([
      ['spread', spread],
      ['worst', Math.min(MOST_ROWS, data.samples)],
    ]);
    select.replaceChildren(
      ...options.map(([value, count]) =>
        html('option', { value }, t(`train.rows.${value}`, { shown: count, all: data.samples })),
      ),
    );
    select.value = experiment.value.list;
  });
  experiment.link(({ list }) => {
    select.value = list;
  });
}

/**
 * Up to nine samples, of every class its share, spread over the data.
 * @param {readonly number[]} labels
 * @param {number} classes
 * @returns {number[]}
 */
export function chosenRows(labels, classes, most = MOST_ROWS) {
  if (labels.length <= most) return labels.map((_, i) => i);
  const each = Math.max(1, Math.floor(most / classes));
  const extra = most - each * classes;
  const chosen = Array.from({ length: classes }, (_, label) => {
    const own = labels.flatMap((value, i) => (value === label ? [i] : []));
    const count = Math.min(own.length, each + (label < extra ? 1 : 0));
    return Array.from({ length: count }, (_, k) => own[Math.floor(((k + 0.5) * own.length) / count)]);
  });
  return chosen
    .flat()
    .slice(0, Math.max(most, classes))
    .sort((left, right) => left - right);
}

/** @param {HTMLTableElement} table @param {Dataset} data @param {number[]} chosen @param {(sample: number) => void} choose */
function build(table, data, chosen, choose) {
  const rows = chosen.map((sample) => buildRow(data, sample, choose));
  const head = ['train.sample', 'spec.class', 'train.answer', 'train.own', 'train.right'].map((key) =>
    html('th', { scope: 'col' }, html('span', { class: 'unseen' }, t(key))),
  );
  const caption = html('caption', { class: 'unseen' }, t('train.samples'));
  table.replaceChildren(
    caption,
    html('thead', {}, html('tr', {}, ...head)),
    html('tbody', {}, ...rows.map(({ row }) => row)),
  );
  return rows;
}

/** @param {Dataset} data @param {number} sample @param {(sample: number) => void} choose */
function buildRow(data, sample, choose) {
  const label = data.y[sample];
  const button = html('button', { type: 'button', class: 'plain', title: t('train.choose') }, String(sample + 1));
  button.addEventListener('click', () => choose(sample));
  const shares = data.class_names.map((_, i) => html('span', { 'data-class': i + 1 }));
  const bar = html('div', { class: 'shares', role: 'img' }, ...shares);
  const own = html('td', { class: 'own' });
  const mark = html('td', { class: 'mark' });
  const number = html('th', { scope: 'row' }, button);
  if (data.inputs === DIGIT * DIGIT) number.append(thumbnail(data.x[sample]));
  const name = html('td', { class: 'hue', 'data-class': label + 1 }, data.class_names[label]);
  return { row: html('tr', {}, number, name, html('td', {}, bar), own, mark), sample, shares, bar, own, mark, button };
}

/** @param {ReturnType<typeof buildRow>} row @param {Shown} shown */
function update(row, { parameters, data, output, sample }) {
  const { a } = forward(parameters, data.x[row.sample], output);
  const outputs = a[a.length - 1];
  const total = outputs.reduce((sum, value) => sum + value, 0) || 1;
  row.shares.forEach((share, i) => {
    share.style.width = `${((100 * outputs[i]) / Math.max(1, total)).toFixed(2)}%`;
  });
  const label = data.y[row.sample];
  const right = outputs.indexOf(Math.max(...outputs)) === label;
  row.bar.setAttribute('aria-label', outputs.map((value, i) => `${data.class_names[i]} ${fixed(value, 3)}`).join(', '));
  say(row.own, fixed(outputs[label], 3));
  say(row.mark, right ? '✓' : '✗');
  set(row.mark, { 'data-right': String(right), title: t(right ? 'train.is.right' : 'train.is.wrong') });
  set(row.row, { 'data-chosen': String(row.sample === sample) });
  row.button.setAttribute('aria-pressed', String(row.sample === sample));
}

/** A digit as a small picture. @param {readonly number[]} x */
function thumbnail(x) {
  const canvas = html('canvas', { width: DIGIT, height: DIGIT, class: 'thumbnail', 'aria-hidden': 'true' });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const [ink] = [rgb(colour('--ink'))];
  const image = context.createImageData(DIGIT, DIGIT);
  x.forEach((value, i) => {
    ink.forEach((part, k) => {
      image.data[4 * i + k] = part;
    });
    image.data[4 * i + 3] = 255 * value;
  });
  context.putImageData(image, 0, 0);
  return canvas;
}
