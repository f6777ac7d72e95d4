// @ts-check
/** What is copied of a formula: its TeX. A formula is on the page twice, to be seen and to be read aloud; both copied are noise. */

const MARK = /\\html(?:Data|Class)\{/;

/** Copies made on this page hold each formula as its TeX. Called once, when the first formula is there. */
export function copyFormulasAsTex() {
  document.addEventListener('copy', (event) => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    const range = whole(selection.getRangeAt(0).cloneRange());
    const copy = range.cloneContents();
    const formulas = copy.querySelectorAll('.katex');
    if (formulas.length === 0) return;
    for (const formula of formulas) {
      const tex = formula.querySelector('annotation')?.textContent ?? '';
      formula.replaceWith(` ${plainTex(tex)} `);
    }
    event.clipboardData.setData('text/plain', (copy.textContent ?? '').replace(/[^\S\n]+/g, ' ').trim());
    event.preventDefault();
  });
}

/** A formula is copied whole, also where the selection begins or ends within it. @param {Range} range */
function whole(range) {
  const formula = (/** @type {Node} */ node) =>
    (node instanceof Element ? node : node.parentElement)?.closest('.katex') ?? null;
  const [first, last] = [formula(range.startContainer), formula(range.endContainer)];
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  return range;
}

/**
 * TeX without our own marks: `\htmlData{name=value}{a}` and `\htmlClass{name}{a}` are a.
 * @param {string} tex
 * @returns {string}
 */
export function plainTex(tex) {
  const mark = MARK.exec(tex);
  if (!mark) return tex;
  const opened = mark.index + mark[0].length - 1;
  const name = closing(tex, opened);
  const body = closing(tex, name + 1);
  return `${tex.slice(0, mark.index)}${plainTex(tex.slice(name + 2, body))}${plainTex(tex.slice(body + 1))}`;
}

/** Where the brace that opens here is closed. @param {string} tex @param {number} opened */
function closing(tex, opened) {
  let depth = 0;
  for (let place = opened; place < tex.length; place += 1) {
    if (tex[place] === '\\') place += 1;
    else if (tex[place] === '{') depth += 1;
    else if (tex[place] === '}') depth -= 1;
    if (depth === 0) return place;
  }
  return tex.length;
}
