// @ts-check
/** The line at hand as a formula, and in words. */

import { html, say } from '../../figures/dom.js';
import { typeset } from '../../figures/maths.js';
import { whileSeen } from '../../figures/sight.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { whenIdle } from '../../kit/idle.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./walks.js').Answer} Answer */
/** @typedef {import('./walks.js').Line} Line */

/**
 * @param {HTMLElement} element
 * @param {{ state: import('../../kit/observable.js').Watched<State>, answer: import('../../kit/observable.js').Watched<Answer | null> }} model
 */
export function walkFormula(element, { state, answer }) {
  const words = html('p', { class: 'reason' });
  /** Formulas are typeset once. @type {Map<string, HTMLElement>} */
  const formulas = new Map();
  const formulaOf = (/** @type {Line} */ line, /** @type {number} */ layers) => {
    const key = texOf(line, layers);
    let formula = formulas.get(key);
    if (!formula) {
      formula = html('div', { class: 'formula' }, line.code);
      formulas.set(key, formula);
      typeset(formula, `\\displaystyle ${key}`);
    }
    return formula;
  };
  /** Formulas of lines to come, one each time the browser is idle: one takes a third of a frame. @param {number} from */
  const prepare = (from) => {
    const walk = answer.value?.walk;
    if (walk === undefined || from >= walk.lines.length) return;
    formulaOf(walk.lines[from], walk.sizes.length);
    whenIdle(() => prepare(from + 1));
  };
  const paint = () => {
    const now = answer.value;
    const line = now?.walk.lines[state.value.line - 1];
    if (now === null || line === undefined) return;
    const formula = formulaOf(line, now.walk.sizes.length);
    if (formula !== element.firstChild) element.replaceChildren(formula, words);
    say(words, t(`network.reason.${line.kind}`, { layer: line.layer, above: line.layer + 1, below: line.layer - 1 }));
  };
  const follow = whileSeen(element, paint, nextFrame);
  for (const source of [state, answer]) source.link(follow);
  answer.link(() => whenIdle(() => prepare(0)));
}

/** @param {Line} line @param {number} last the output layer's number @returns {string} */
function texOf({ kind, layer }, last) {
  const up = (/** @type {string} */ name, n = layer) => `${name}^{${n}}`;
  const slope = (/** @type {string} */ name) => `\\frac{\\partial C}{\\partial ${up(name)}}`;
  switch (kind) {
    case 'inputs':
      return 'a^1 = x';
    case 'z':
      return `${up('z')} = ${up('a', layer - 1)}\\,${up('w')} + ${up('b')}`;
    case 'a':
      return layer === last
        ? `a_i^{${layer}} = \\frac{e^{z_i^{${layer}}}}{\\sum_k e^{z_k^{${layer}}}}`
        : `${up('a')} = \\sigma(${up('z')}) = \\frac{1}{1 + e^{-${up('z')}}}`;
    case 'cost':
      return `C = \\frac1n \\sum_{s} C_s,\\quad C_s = -\\sum_i y_i \\ln a_i^{${layer}}`;
    case 'error':
      // Of one sample's cost: of the mean's it would be an n-th of it.
      return `${up('\\delta')} = \\frac{\\partial C_s}{\\partial ${up('z')}} = ${up('a')} - y`;
    case 'delta':
      return `${up('\\delta')} = \\bigl(${up('\\delta', layer + 1)}\\,(${up('w', layer + 1)})^{\\mathsf T}\\bigr) \\circ ${up('a')}(1 - ${up('a')})`;
    case 'dw':
      return `${slope('w')} = \\frac1n \\sum_{s} (${up('a', layer - 1)})^{\\mathsf T}\\,${up('\\delta')}`;
    case 'db':
      return `${slope('b')} = \\frac1n \\sum_{s} ${up('\\delta')}`;
    case 'move':
      return `${up('w')} \\leftarrow ${up('w')} - \\eta\\,${slope('w')},\\quad ${up('b')} \\leftarrow ${up('b')} - \\eta\\,${slope('b')}`;
  }
}
