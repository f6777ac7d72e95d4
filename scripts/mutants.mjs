// Lists the small faults that could be put into one JavaScript module: for each its line, what it changes, and where. Reads the
// module's text from standard input and writes JSON; scripts/mutants.py puts the faults in and runs the tests.
import { readFileSync } from 'node:fs';
import { parse } from 'acorn';
import { full } from 'acorn-walk';

/** What each operator is traded for. @type {Record<string, string>} */
const TRADED = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
};

const text = readFileSync(0, 'utf8');
/** @type {{ line: number, start: number, end: number, was: string, becomes: string }[]} */
const found = [];

/** Offers one fault: the text from start to end becomes another. @param {number} start @param {number} end @param {string} becomes */
function offer(start, end, becomes) {
  found.push({ line: text.slice(0, start).split('\n').length, start, end, was: text.slice(start, end), becomes });
}

full(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
  const { type, start, end, operator, left, right, value, test, expression } = /** @type {any} */ (node);
  if ((type === 'BinaryExpression' || type === 'LogicalExpression') && operator in TRADED) {
    const at = text.indexOf(operator, left.end);
    if (at < right.start) offer(at, at + operator.length, TRADED[operator]);
  } else if (type === 'Literal' && typeof value === 'number') {
    offer(start, end, `(${text.slice(start, end)} + 1)`);
  } else if (type === 'Literal' && typeof value === 'boolean') {
    offer(start, end, String(!value));
  } else if (type === 'IfStatement' || type === 'ConditionalExpression') {
    offer(test.start, test.end, `!(${text.slice(test.start, test.end)})`);
  } else if (type === 'ExpressionStatement' && expression.type === 'CallExpression') {
    offer(start, end, ';');
  }
});
process.stdout.write(JSON.stringify(found));
