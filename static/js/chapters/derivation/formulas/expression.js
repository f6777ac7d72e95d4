// @ts-check
/**
 * Reads the formulas of the derivations. Their form is described in app/lessons/derivations.py; Python's own parser reads the
 * same texts for the tests, so that both sides of a step are checked by two programs that share nothing but the text.
 */

/**
 * An index is a name that the reader picked (i, j), or one that a sum runs over (k, m).
 * @typedef {{ kind: 'number', value: number }
 *   | { kind: 'symbol', name: string, indices: readonly string[] }
 *   | { kind: 'negative', of: Expression }
 *   | { kind: '+', left: Expression, right: Expression } | { kind: '-', left: Expression, right: Expression }
 *   | { kind: '*', left: Expression, right: Expression } | { kind: '/', left: Expression, right: Expression }
 *   | { kind: 'power', of: Expression, exponent: number }
 *   | { kind: 'exp', of: Expression } | { kind: 'ln', of: Expression } | { kind: 'sigma', of: Expression }
 *   | { kind: 'sum', index: string, except: string | null, of: Expression }
 *   | { kind: 'D', of: Expression, by: Symbol }} Expression
 */

/** @typedef {{ kind: 'symbol', name: string, indices: readonly string[] }} Symbol */

const TOKEN = /\s*(?:([A-Za-z]\w*)|(\d+)|(\*\*|[-+*/()[\],]))/y;

/** @param {string} text @returns {string[]} */
function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new SyntaxError(`"${text}" cannot be read at ${at}`);
    found.push(match[1] ?? match[2] ?? match[3]);
  }
  return found;
}

/**
 * @param {string} text such as "exp(z[i]) / S"
 * @returns {Expression}
 */
export function parse(text) {
  const rest = tokens(text);
  const take = (/** @type {string} */ wanted) => {
    const next = rest.shift();
    if (next !== wanted) throw new SyntaxError(`"${text}": "${wanted}" was expected, but "${next ?? 'the end'}" came`);
  };
  const name = () => {
    const next = rest.shift();
    if (next === undefined || !/^[A-Za-z]/.test(next)) throw new SyntaxError(`"${text}": a name was expected`);
    return next;
  };

  /** @returns {Expression} */
  function sum() {
    let left = product();
    while (rest[0] === '+' || rest[0] === '-') {
      const kind = /** @type {'+' | '-'} */ (rest.shift());
      left = { kind, left, right: product() };
    }
    return left;
  }

  /** @returns {Expression} */
  function product() {
    let left = signed();
    while (rest[0] === '*' || rest[0] === '/') {
      const kind = /** @type {'*' | '/'} */ (rest.shift());
      left = { kind, left, right: signed() };
    }
    return left;
  }

  /** @returns {Expression} */
  function signed() {
    if (rest[0] !== '-') return power();
    rest.shift();
    return { kind: 'negative', of: signed() };
  }

  /** @returns {Expression} */
  function power() {
    const of = atom();
    if (rest[0] !== '**') return of;
    rest.shift();
    return { kind: 'power', of, exponent: Number(rest.shift()) };
  }

  /** @returns {Expression} */
  function atom() {
    if (rest[0] === '(') return bracketed();
    if (/^\d/.test(rest[0] ?? '')) return { kind: 'number', value: Number(rest.shift()) };
    const word = name();
    if (rest[0] === '(') return call(word);
    return { kind: 'symbol', name: word, indices: rest[0] === '[' ? indices() : [] };
  }

  function bracketed() {
    take('(');
    const inside = sum();
    take(')');
    return inside;
  }

  function indices() {
    take('[');
    const found = [name()];
    while (rest[0] === ',') {
      take(',');
      found.push(name());
    }
    take(']');
    return found;
  }

  /** @param {string} word @returns {Expression} */
  function call(word) {
    if (word === 'exp' || word === 'ln' || word === 'sigma') return { kind: word, of: bracketed() };
    take('(');
    const found = word === 'D' ? derivative() : over(word);
    take(')');
    return found;
  }

  /** @returns {Expression} */
  function derivative() {
    const of = sum();
    take(',');
    const by = atom();
    if (by.kind !== 'symbol') throw new SyntaxError(`"${text}": a derivative is taken by a symbol`);
    return { kind: 'D', of, by };
  }

  /** @param {string} word @returns {Expression} */
  function over(word) {
    if (word !== 'sum' && word !== 'others') throw new SyntaxError(`"${text}": there is no function "${word}"`);
    const index = name();
    take(',');
    let except = null;
    if (word === 'others') {
      except = name();
      take(',');
    }
    return { kind: 'sum', index, except, of: sum() };
  }

  const read = sum();
  if (rest.length > 0) throw new SyntaxError(`"${text}" goes on with "${rest[0]}" after its end`);
  return read;
}
