// @ts-check
/**
 * A formula as TeX, with its symbols marked so that the page can light them, colour them and give them their values. In
 * numbers the same formula has a number in the place of every symbol, derivative and sum.
 */

/** @typedef {import('./expression.js').Expression} Expression */
/** @typedef {import('./expression.js').Symbol} Symbol */
/** @typedef {Extract<Expression, { kind: 'sum' }>} Sum */

/** A marked part of a formula: what it is, and the sums that it stands in. @typedef {{ of: Expression, within: readonly Sum[] }} Mark */

/** `code` writes w[j, i] for w_ij. @typedef {{ convention: 'article' | 'code', numbers: boolean }} Style */

/** @typedef {{ style: Style, marks: Mark[], within: readonly Sum[] }} Writing */

const RANK = { '+': 1, '-': 1, '*': 2, '/': 4, negative: 2, sum: 2, power: 3, number: 4, symbol: 4, D: 4 };

/** Indices that the reader picks; the others are what sums run over. */
const PICKED = ['i', 'j'];

/**
 * `\htmlData{mark=n}` in the TeX marks `marks[n]`; with `numbers` it is `live=n`, around a blank for its value.
 * @param {Expression} expression
 * @param {Style} style
 * @param {Mark[]} [marks] those of the formula so far
 * @returns {{ tex: string, marks: Mark[] }}
 */
export function texOf(expression, style, marks = []) {
  const tex = write(expression, { style, marks, within: [] }, true);
  return { tex, marks };
}

/**
 * A step in numbers: what its left side comes to, and its right side with every number in its place.
 * @param {import('./steps.js').Step} step
 * @param {Style['convention']} convention
 */
export function numbersOf({ left, relation, right }, convention) {
  /** @type {Writing} */
  const writing = { style: { convention, numbers: true }, marks: [], within: [] };
  const tex = `${blank(left, writing, ',bare=yes')} ${eitherWay(relation)} ${alone(right, writing)}`;
  return { tex, marks: writing.marks };
}

/** The relation and its opposite, one of which the page hides: what does not hold is not written as if it did. @param {string} relation */
function eitherWay(relation) {
  const not = relation === '=' ? '\\neq' : `\\not${relation}`;
  return `\\mathrel{\\htmlData{relation=holds}{${relation}}\\htmlData{relation=fails}{${not}}}`;
}

/**
 * A step in symbols. Its left side is written where the derivation begins or turns to another claim.
 * @param {import('./steps.js').Step} step
 * @param {Style['convention']} convention
 */
export function symbolsOf({ left, relation, right, begins }, convention) {
  const style = { convention, numbers: false };
  const before = begins ? texOf(left, style) : { tex: '{}', marks: [] };
  const after = texOf(right, style, before.marks);
  return { tex: `${before.tex} ${relation} ${after.tex}`, marks: after.marks };
}

/**
 * @param {Expression} expression
 * @param {Writing} writing
 * @param {boolean} last nothing stands behind it that a sum could be thought to take in
 * @returns {string}
 */
function write(expression, writing, last) {
  const { numbers } = writing.style;
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'symbol':
      return numbers ? blank(expression, writing) : marked(expression, writing, symbol(expression, writing));
    case 'negative':
      return `-${enclosed(expression.of, writing, 2, last)}`;
    case '+':
      return `${write(expression.left, writing, false)} + ${enclosed(expression.right, writing, 1, last)}`;
    case '-':
      return `${write(expression.left, writing, false)} - ${enclosed(expression.right, writing, 2, last)}`;
    case '*':
      return product(expression, writing, last);
    case '/':
      return `\\frac{${alone(expression.left, writing)}}{${alone(expression.right, writing)}}`;
    case 'power':
      return `${enclosed(expression.of, writing, 4, true)}^{${expression.exponent}}`;
    case 'exp':
      return exponential(expression, writing);
    case 'ln':
      return `\\ln ${enclosed(expression.of, writing, 4, true)}`;
    case 'sigma':
      return numbers ? blank(expression, writing) : marked(expression, writing, sigma(expression, writing));
    case 'sum':
      return numbers ? blank(expression, writing) : sum(expression, writing, last);
    case 'D':
      return numbers ? blank(expression, writing) : derivative(expression, writing);
  }
}

/** A part, in brackets if it binds less than its place asks for. @param {Expression} part @param {Writing} writing @param {number} rank @param {boolean} last */
function enclosed(part, writing, rank, last) {
  const own = RANK[/** @type {keyof typeof RANK} */ (part.kind)] ?? 3;
  if (own >= rank && part.kind !== 'negative') return write(part, writing, last);
  return `\\left(${write(part, writing, true)}\\right)`;
}

/** @param {Extract<Expression, { kind: '*' }>} expression @param {Writing} writing @param {boolean} last */
function product({ left, right }, writing, last) {
  const first = left.kind === 'negative' ? write(left, writing, false) : enclosed(left, writing, 2, false);
  const second = enclosed(right, writing, 2, last);
  return `${first} ${needsDot(left, right, writing) ? '\\cdot' : '\\,'} ${second}`;
}

/** Numbers, and fractions beside fractions, are kept apart by a dot. @param {Expression} left @param {Expression} right @param {Writing} writing */
function needsDot(left, right, { style }) {
  const tall = (/** @type {Expression} */ part) => part.kind === '/' || part.kind === 'D' || part.kind === 'number';
  const edge = left.kind === '*' ? left.right : left.kind === 'negative' ? left.of : left;
  return style.numbers || edge.kind === 'number' || (tall(edge) && tall(right));
}

/** @param {Extract<Expression, { kind: 'exp' }>} expression @param {Writing} writing */
function exponential(expression, writing) {
  const power = `e^{${alone(expression.of, writing)}}`;
  return writing.style.numbers ? power : marked(expression, writing, power);
}

/** @param {Extract<Expression, { kind: 'sigma' }>} expression @param {Writing} writing */
function sigma({ of }, writing) {
  return `\\sigma(${write(of, writing, true)})`;
}

/** @param {Sum} expression @param {Writing} writing @param {boolean} last */
function sum(expression, writing, last) {
  const { index, except, of } = expression;
  const under = except === null ? index : `${index} \\neq ${except}`;
  const sign = marked(expression, writing, `\\sum_{${under}}`);
  const body = enclosed(of, { ...writing, within: [...writing.within, expression] }, 2, true);
  const whole = `${sign} ${body}`;
  return last ? whole : `\\Bigl(${whole}\\Bigr)`;
}

/** @param {Extract<Expression, { kind: 'D' }>} expression @param {Writing} writing */
function derivative(expression, writing) {
  const { of, by } = expression;
  const below = `\\partial ${symbol(by, writing)}`;
  if (!['+', '-', '*', '/', 'sum', 'number'].includes(of.kind)) {
    const quiet = { ...writing, marks: [] };
    return marked(expression, writing, `\\frac{\\partial ${unmarked(write(of, quiet, true))}}{${below}}`);
  }
  const sign = marked(expression, writing, `\\frac{\\partial}{${below}}`);
  return `${sign}\\left(${write(of, writing, true)}\\right)`;
}

/** The colours of a marked part's symbols without their marks: the part has one of its own. @param {string} tex */
function unmarked(tex) {
  return tex.replace(/\\htmlData\{mark=\d+(?:,(index=\w))?\}/g, (_, index) => (index ? `\\htmlData{${index}}` : ''));
}

/** @param {Symbol} expression @param {Writing} writing */
function symbol({ name, indices }, { style }) {
  const [first] = indices;
  const tint = PICKED.includes(first) && name !== 'h' ? first : '';
  const tex = letters(name, indices, style);
  return tint ? `\\htmlData{index=${tint}}{${tex}}` : tex;
}

/** @param {string} name @param {readonly string[]} indices @param {Style} style */
function letters(name, indices, style) {
  if (name === 'h') return `a_{${indices[0]}}^{L-1}`;
  if (name === 'w' && style.convention === 'code') return `\\mathtt{w[${indices[1]},${indices[0]}]}`;
  const letter = name === 'delta' ? '\\delta' : name;
  return indices.length === 0 ? letter : `${letter}_{${indices.join('')}}`;
}

/** @param {Expression} of @param {Writing} writing @param {string} tex */
function marked(of, { marks, within }, tex) {
  marks.push({ of, within });
  return `\\htmlData{mark=${marks.length - 1}}{${tex}}`;
}

/** What fills its place by itself: a negative number needs no brackets there. @param {Expression} part @param {Writing} writing */
function alone(part, writing) {
  const leaf = ['symbol', 'sigma', 'sum', 'D'].includes(part.kind);
  return writing.style.numbers && leaf ? blank(part, writing, ',bare=yes') : write(part, writing, true);
}

/** @param {Expression} of @param {Writing} writing @param {string} [bare] */
function blank(of, { marks, within }, bare = '') {
  marks.push({ of, within });
  return `\\htmlData{live=${marks.length - 1}${bare}}{\\text{0}}`;
}
