// @ts-check
/** Every field of the run spec with its limits; what the server refuses is said beside the field, in its words. */

import { html, say, set } from '../../figures/dom.js';
import { numberField, numberInput } from '../../figures/number-field.js';
import { isRefused } from '../../figures/refusal.js';
import { grouped } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { givenEditor } from './given-editor.js';
import { tableEditor } from './table-editor.js';

/** @typedef {import('./state.js').Experiment} Experiment */
/** @typedef {{ low: number, high: number, whole: boolean, above: boolean }} Limit */
/** @typedef {{ limits: Record<string, Limit>, pairs: Record<string, string[]>, initialisations: string[], outputs: string[] }} Choices */

/** The spec's name of each field of the experiment, as refusals name it. */
const SPEC_NAMES = { start: 'initialisation', bias: 'output_bias', batch: 'batch_size', table: 'dataset' };

/**
 * @param {HTMLElement} form
 * @param {{ experiment: import('../../kit/observable.js').Watched<Experiment>, problem: import('../../kit/observable.js').Watched<{ field: string, words: string } | null> }} model
 * @param {Choices} choices
 * @param {(change: Partial<Experiment>) => void} change
 * @param {() => import('../../nn/network.js').Parameters | null} drawn the network on screen
 */
export function settings(form, { experiment, problem }, choices, change, drawn) {
  const fields = [
    hiddenField(choices.limits, experiment, change),
    choiceField('output', choices.outputs, (output) => change({ output, cost: choices.pairs[output][0] })),
    choiceField('cost', [...new Set(Object.values(choices.pairs).flat())], (cost) => change({ cost })),
    choiceField('start', [...choices.initialisations, 'given'], (start) =>
      change({ start: /** @type {any} */ (start) }),
    ),
    flagField('bias', (bias) => change({ bias })),
    numberSetting('epochs', choices.limits.epochs, (epochs) => change({ epochs })),
    numberSetting('batch', choices.limits.batch_size, (batch) => change({ batch }), true),
    numberSetting('seed', choices.limits.seed, (seed) => change({ seed })),
    numberSetting('pace', choices.limits.pace, (pace) => change({ pace }), true),
  ];
  const own = html('div', { class: 'own-table cells-first' });
  const given = html('div', { class: 'own-table' });
  const general = html('p', { class: 'error', role: 'alert', 'data-error': '' });
  form.replaceChildren(...fields.map(({ row }) => row), given, own, general);
  const editor = tableEditor(own, choices.limits, (table) => change({ table }));
  const hand = givenEditor(given, drawn, (now) => change({ given: now }));
  form.addEventListener('submit', (event) => event.preventDefault());

  experiment.link((now) => {
    for (const field of fields) field.show(now);
    for (const option of form.querySelectorAll('[data-choice="cost"] option')) {
      const allowed = choices.pairs[now.output].includes(/** @type {HTMLOptionElement} */ (option).value);
      /** @type {HTMLOptionElement} */ (option).disabled = !allowed;
    }
    given.hidden = now.start !== 'given';
    hand.show(now.given);
    own.hidden = now.dataset !== 'table';
    if (!own.hidden) editor.show(now.table);
  });
  problem.link((wrong) => {
    let placed = false;
    // Beside each field, wherever on the page it stands.
    for (const error of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-error]'))) {
      const name = String(error.dataset.error);
      const inputs = /** @type {HTMLElement[]} */ ([...(error.parentElement?.querySelectorAll('input, select') ?? [])]);
      // What stands there and was not taken is said until it is mended.
      if (inputs.some(isRefused)) continue;
      const own = wrong !== null && name !== '' && wrong.field.replace(/[.[].*$/, '') === name;
      placed ||= own;
      say(error, own ? /** @type {{ words: string }} */ (wrong).words : '');
      if (inputs.length > 0) set(inputs[0], { 'aria-invalid': String(own) });
    }
    say(general, wrong !== null && !placed ? wrong.words : '');
  });
}

/**
 * @param {string} name
 * @param {HTMLElement} input
 * @param {string} note
 */
function row(name, input, note) {
  const spec = /** @type {Record<string, string>} */ (SPEC_NAMES)[name] ?? name;
  const error = html('span', { class: 'error', 'data-error': spec, id: `error-${name}` });
  input.setAttribute('aria-describedby', `note-${name} error-${name}`);
  const label = html('label', {}, html('span', { class: 'name' }, t(`spec.${spec}`)), input);
  return html(
    'div',
    { class: 'setting', 'data-setting': name },
    label,
    html('small', { class: 'quiet', id: `note-${name}` }, note),
    error,
  );
}

/**
 * @param {string} name
 * @param {Limit} limit
 * @param {(value: any) => void} change
 * @param {boolean} [empty] whether nothing may be written, which is null
 */
function numberSetting(name, limit, change, empty = false) {
  const input = numberInput({ 'data-spec': name });
  const allowed = t(limit.above ? 'spec.range.above' : 'spec.range', { low: limit.low, high: grouped(limit.high) });
  const note = empty ? t('spec.range.also', { range: allowed, also: t(`spec.${name}.empty`) }) : allowed;
  const setting = row(name, input, note);
  /** @type {number | null} */
  let value = null;
  const place = /** @type {HTMLElement} */ (setting.querySelector('.error'));
  const show = numberField(input, { limit, value: () => value, enter: change, empty, place });
  return {
    row: setting,
    show: (/** @type {any} */ now) => {
      value = now[name];
      show();
    },
  };
}

/** @param {string} name @param {string[]} options @param {(value: string) => void} change */
function choiceField(name, options, change) {
  const select = html(
    'select',
    { 'data-choice': name },
    ...options.map((value) => html('option', { value }, t(`spec.${name}.${value}`))),
  );
  select.addEventListener('change', () => change(select.value));
  return {
    row: row(name, select, t(`spec.${name}.note`)),
    show: (/** @type {any} */ now) => {
      select.value = now[name];
    },
  };
}

/** @param {string} name @param {(value: boolean) => void} change */
function flagField(name, change) {
  const input = html('input', { type: 'checkbox', 'data-spec': name });
  input.addEventListener('change', () => change(input.checked));
  return {
    row: row(name, input, t(`spec.${name}.note`)),
    show: (/** @type {any} */ now) => {
      input.checked = now[name];
    },
  };
}

/**
 * The units of each hidden layer, one number field a layer.
 * @param {Record<string, Limit>} limits
 * @param {import('../../kit/observable.js').Watched<Experiment>} experiment
 * @param {(change: Partial<Experiment>) => void} change
 */
function hiddenField(limits, experiment, change) {
  const unit = limits['hidden units'];
  const inputs = html('span', { class: 'layers' });
  /** @type {ReturnType<typeof unitField>[]} */
  let units = [];
  const add = html('button', { type: 'button', title: t('spec.hidden.add'), 'aria-label': t('spec.hidden.add') }, '+');
  const drop = html(
    'button',
    { type: 'button', title: t('spec.hidden.drop'), 'aria-label': t('spec.hidden.drop') },
    '−',
  );
  const box = html(
    'span',
    { class: 'hidden-layers', role: 'group', 'aria-label': t('spec.hidden') },
    inputs,
    drop,
    add,
  );
  add.addEventListener('click', () => change({ hidden: [...experiment.value.hidden, 5] }));
  drop.addEventListener('click', () => change({ hidden: experiment.value.hidden.slice(0, -1) }));
  const error = html('span', { class: 'error', 'data-error': 'hidden', id: 'error-hidden' });
  const note = html('small', { class: 'quiet' }, t('spec.hidden.note', { most: limits.hidden.high, units: unit.high }));
  const field = html('div', { class: 'setting' }, html('span', { class: 'name' }, t('spec.hidden')), box, note, error);
  return {
    row: field,
    show: (/** @type {Experiment} */ { hidden }) => {
      add.disabled = hidden.length >= limits.hidden.high;
      drop.disabled = hidden.length === 0;
      if (inputs.children.length !== hidden.length) {
        units = hidden.map((_, layer) => unitField(layer, unit, experiment, change, error));
        inputs.replaceChildren(...units.map(({ input }) => input));
      }
      for (const { show } of units) show();
    },
  };
}

/**
 * @param {number} layer
 * @param {Limit} unit
 * @param {import('../../kit/observable.js').Watched<Experiment>} experiment
 * @param {(change: Partial<Experiment>) => void} change
 * @param {HTMLElement} place where refusals are said
 */
function unitField(layer, unit, experiment, change, place) {
  const input = numberInput({ 'aria-label': t('spec.hidden.layer', { n: layer + 2 }) });
  const show = numberField(input, {
    limit: unit,
    value: () => experiment.value.hidden[layer] ?? null,
    enter: (count) => change({ hidden: experiment.value.hidden.with(layer, count) }),
    place,
  });
  return { input, show };
}
