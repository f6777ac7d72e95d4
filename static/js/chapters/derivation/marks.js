// @ts-check

import { set } from '../../figures/dom.js';
import { lowered, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { quantities } from './formulas/quantity.js';

/** @typedef {import('./formulas/quantity.js').Quantity} Quantity */
/** @typedef {import('./formulas/tex.js').Mark} Mark */
/** @typedef {import('./formulas/evaluate.js').Sample} Sample */
/** @typedef {{ i: number, j: number }} Picked */

/** A sum's values are listed one by one up to this many. */
const LISTED = 6;

/**
 * Gives the marked symbols of a typeset formula their colours, their names for lighting and their live values.
 * @param {HTMLElement} formula typeset
 * @param {readonly Mark[]} marks
 */
export function markedSymbols(formula, marks) {
  const parts = /** @type {HTMLElement[]} */ ([...formula.querySelectorAll('[data-mark]')]).map((element) => ({
    element,
    mark: marks[Number(element.dataset.mark)],
  }));
  const tinted = /** @type {HTMLElement[]} */ ([...formula.querySelectorAll('[data-index]')]);
  const seen = formula.querySelector('.katex-html');
  return {
    /** @param {Sample} sample @param {Picked} picked */
    paint(sample, picked) {
      for (const element of tinted) {
        const index = /** @type {'i' | 'j'} */ (element.dataset.index);
        set(element, { 'data-class': String(picked[index] + 1) });
      }
      for (const { element, mark } of parts) {
        const found = quantities(mark, sample, picked);
        set(element, { 'data-quantity': found.map(({ name }) => name).join(' ') });
        element.dataset.says = saying(mark, found);
        if (found.length === 1) set(element, { 'data-value': String(found[0].value) });
        if (element.hasAttribute('role')) set(element, { 'aria-label': element.dataset.says });
      }
    },
    /**
     * Lets the keyboard and screen readers at the symbols of this formula, or keeps them out: then the MathML speaks alone.
     * @param {boolean} open
     */
    open(open) {
      if (!seen) return;
      seen.toggleAttribute('aria-hidden', !open);
      if (!open) seen.setAttribute('aria-hidden', 'true');
      for (const { element } of parts) {
        if (open) set(element, { tabindex: '0', role: 'img', 'aria-label': element.dataset.says ?? '' });
        else for (const name of ['tabindex', 'role', 'aria-label']) element.removeAttribute(name);
      }
      if (open) hush(seen);
    },
  };
}

/** Hides from screen readers what is neither a symbol nor around one. @param {Element} element */
function hush(element) {
  for (const child of element.children) {
    if (child.hasAttribute('data-mark')) continue;
    if (child.querySelector('[data-mark]')) hush(child);
    else child.setAttribute('aria-hidden', 'true');
  }
}

/**
 * @param {Mark} mark
 * @param {readonly Quantity[]} found
 * @returns {string} "a₃ = 0.679, the output of class 3"
 */
function saying({ of }, found) {
  const [first] = found;
  if (!first) return '';
  const values = found.slice(0, LISTED).map(({ value }) => short(value));
  const value = found.length > LISTED ? `${values.join(', ')} …` : values.join(', ');
  const several = found.length > 1;
  const name = nameIn(of, several ? null : first.binding);
  const words = wordsFor(of);
  return words === '' ? `${name} = ${value}` : t('derivation.says', { name, value, words });
}

/** What kind of thing it is, '' where its name says all. @param {import('./formulas/expression.js').Expression} of */
function wordsFor(of) {
  if (of.kind === 'symbol') return t(`derivation.symbol.${of.name}`);
  if (of.kind === 'D' && of.of.kind === 'symbol' && of.of.name === 'a') return t('derivation.symbol.slope');
  return '';
}

/**
 * A symbol in a line of text. Without a binding the indices stay letters: it stands for several.
 * @param {import('./formulas/expression.js').Expression} of
 * @param {import('./formulas/evaluate.js').Binding | null} binding
 * @returns {string}
 */
function nameIn(of, binding) {
  const at = (/** @type {readonly string[]} */ indices) =>
    indices.map((index) => (binding ? lowered(binding[index] + 1) : (LETTERS[index] ?? index))).join('');
  switch (of.kind) {
    case 'symbol':
      if (of.name === 'h') return `a${at(of.indices)}ᴸ⁻¹`;
      return `${of.name === 'delta' ? 'δ' : of.name}${at(of.indices)}`;
    case 'exp':
      return of.of.kind === 'negative' ? `e^−${nameIn(of.of.of, binding)}` : `e^${nameIn(of.of, binding)}`;
    case 'sigma':
      return `σ(${nameIn(of.of, binding)})`;
    case 'ln':
      return `ln ${nameIn(of.of, binding)}`;
    case 'D':
      return `∂${['symbol', 'exp', 'ln', 'sigma'].includes(of.of.kind) ? nameIn(of.of, binding) : '(…)'}/∂${nameIn(of.by, binding)}`;
    case 'sum':
      return 'Σ';
    default:
      return '…';
  }
}

/** Letters that have a lowered form; the others stand as they are. @type {Record<string, string>} */
const LETTERS = { i: 'ᵢ', j: 'ⱼ', k: 'ₖ', m: 'ₘ' };

/**
 * Writes the live numbers into a formula that was typeset with blanks.
 * @param {HTMLElement} formula
 * @param {readonly Mark[]} marks
 * @param {Sample} sample
 * @param {Picked} picked
 */
export function fillNumbers(formula, marks, sample, picked) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (formula.querySelectorAll('[data-live]'))) {
    const [{ value }] = quantities(marks[Number(element.dataset.live)], sample, picked);
    const number = short(value);
    const shown = value < 0 && element.dataset.bare === undefined ? `(${number})` : number;
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
    if (text instanceof Text && text.data !== shown) text.data = shown;
    set(element, { 'data-value': String(value) });
  }
}
