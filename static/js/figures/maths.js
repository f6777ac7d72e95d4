// @ts-check
/**
 * KaTeX, for the formulas: loaded once, when the first formula is asked for, with its own style sheet and fonts. It builds
 * nodes and never parses markup, and it writes MathML beside what is seen, so that a screen reader reads the formula.
 * About 5 ms a formula: typeset once, then change texts and attributes, never again per frame.
 */
import { fresh, once } from '../runs/files.js';
import { copyFormulasAsTex } from './copied.js';

const FOLDER = new URL('../../vendor/katex/', import.meta.url).href;

/** The KaTeX library, its style sheet applied. */
export const katex = once(async (_, attempt) => {
  const parts = ['katex.min.js', 'katex.min.css'].map((name) => fresh(FOLDER + name, attempt));
  await Promise.all([import(parts[0]), styles(parts[1])]);
  copyFormulasAsTex();
  return /** @type {any} */ (globalThis).katex;
});

/**
 * Writes a formula into an element, in place of what is there. `\htmlData{name=value}{…}` and `\htmlClass{name}{…}` mark
 * parts of it. Until it is there the element is `aria-busy`, and where KaTeX cannot be had its text stays.
 * @param {HTMLElement} element
 * @param {string} tex
 * @param {{ display?: boolean }} [options] `display`: set on its own line, with tall fractions
 * @returns {Promise<HTMLElement>} the element
 */
export async function typeset(element, tex, { display = false } = {}) {
  element.ariaBusy = 'true';
  try {
    const library = await katex();
    library.render(tex, element, { displayMode: display, throwOnError: true, strict: marks, trust });
  } finally {
    element.ariaBusy = null;
  }
  return element;
}

/** Only marks of our own are trusted: no links, no pictures. */
const trust = (/** @type {{ command: string }} */ { command }) => command === '\\htmlData' || command === '\\htmlClass';

/** Marks are not LaTeX, and Chinese stands in formulas as text: both are meant. */
const marks = (/** @type {string} */ code) =>
  code === 'htmlExtension' || code === 'unicodeTextInMathMode' ? 'ignore' : 'warn';

/** @param {string} href @returns {Promise<void>} when the sheet is applied */
function styles(href) {
  return new Promise((done, fail) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => done();
    link.onerror = () => {
      link.remove();
      fail(new Error(`the style sheet ${href} did not load`));
    };
    document.head.append(link);
  });
}
