// @ts-check
/**
 * A field for one number. It is a text field, so that the page is given what was typed and not what a browser makes of it; the
 * arrow keys step as in a field for numbers. What cannot be read is refused beside it and changes nothing.
 */

import { refusedWords } from '../kit/number-words.js';
import { holds, readWithin } from '../kit/numbers.js';
import { html, set } from './dom.js';
import { isRefused, pardon, refuse } from './refusal.js';

/** An end beyond this is written with a power of ten, which no screen reader is told as a number. */
const SAYABLE = 1e21;

/** A page of steps: PageUp and PageDown. */
const PAGE = 10;

/**
 * `limit`: what it may be; `value`: the one that holds; `enter`: takes another; `empty`: whether nothing may be written,
 * which is null; `press`: takes another that a key has stepped to, else `enter`; `step`: of the arrow keys, else 1 or about a tenth of the value; `shown`: the value as it looks while
 * nobody is in the field; `place`: where refusals are said; `name`: said before them.
 * @typedef {{
 *   limit: import('../kit/numbers.js').Limit, value: () => number | null, enter: (value: any) => void, empty?: boolean,
 *   press?: (value: number) => void,
 *   step?: number, shown?: (value: number) => string, place?: HTMLElement | null, name?: string,
 * }} NumberField
 */

/**
 * @param {HTMLInputElement} input
 * @param {NumberField} field
 * @returns {() => void} shows the value that holds, where it is another one than before
 */
export function numberField(input, field) {
  const { limit, value, enter, press = enter, empty = false, shown = String, place, name } = field;
  dress(input, field);

  const show = () => {
    pardon(input);
    const now = value();
    const inside = input === document.activeElement;
    const text = now === null ? '' : inside ? String(now) : shown(now);
    if (input.value !== text) input.value = text;
    set(input, { 'data-value': String(now) });
    if (now === null) input.removeAttribute('aria-valuenow');
    else input.setAttribute('aria-valuenow', ariaNumber(now));
  };
  const take = () => {
    if (empty && input.value.trim() === '') enter(null);
    else {
      const reading = readWithin(input.value, limit);
      if ('fault' in reading) {
        const words = refusedWords(input.value, reading.fault, limit, value());
        return refuse(input, name ? `${name}: ${words}` : words, place);
      }
      enter(reading.value);
    }
    show();
  };

  input.addEventListener('change', take);
  input.addEventListener('pardoned', show);
  input.addEventListener('focus', () => {
    if (isRefused(input)) return;
    show();
    input.select();
  });
  input.addEventListener('blur', () => {
    if (!isRefused(input)) show();
  });
  input.addEventListener('keydown', (event) => {
    const now = value();
    const typed = now !== null && input.value !== String(now);
    if (event.key === 'Escape' && (typed || isRefused(input))) {
      event.stopPropagation();
      show();
    } else {
      const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE }[event.key];
      if (steps === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      step(steps);
    }
    event.preventDefault();
  });

  /** From what is written, where that can be read. @param {number} steps */
  function step(steps) {
    const reading = readWithin(input.value, limit);
    const from = 'value' in reading ? reading.value : value();
    const next = stepped(from ?? limit.low ?? 0, steps, field);
    if (holds(limit, next)) press(next);
    show();
  }

  return () => {
    if (input.dataset.value !== String(value())) show();
  };
}

/** A new field that looks like the others. @param {Record<string, string | number>} attributes */
export function numberInput(attributes) {
  return html('input', { type: 'text', role: 'spinbutton', autocomplete: 'off', ...attributes });
}

/** A number as ARIA takes it: without a power of ten, so only about as exact. @param {number} value */
function ariaNumber(value) {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) < 1 ? value.toFixed(20) : String(BigInt(value));
}

/** @param {HTMLInputElement} input @param {NumberField} field */
function dress(input, { limit: { low = -Infinity, high = Infinity, whole = false } }) {
  set(input, { type: 'text', role: 'spinbutton', autocomplete: 'off' });
  if (Math.abs(low) < SAYABLE) set(input, { 'aria-valuemin': String(low) });
  if (Math.abs(high) < SAYABLE) set(input, { 'aria-valuemax': String(high) });
  // The keyboards of numbers have no minus on some phones.
  if (low >= 0) set(input, { inputmode: whole ? 'numeric' : 'decimal' });
}

/** @param {number} from @param {number} steps @param {NumberField} field */
function stepped(from, steps, { limit: { low = -Infinity, high = Infinity, whole = false }, step }) {
  const size = step ?? (whole ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(from) || 1)) - 1));
  return Math.min(Math.max(Number((from + steps * size).toPrecision(12)), low), high);
}
