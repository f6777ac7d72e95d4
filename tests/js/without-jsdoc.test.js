// @ts-check
// What the server leaves out of a module changes nothing of the program, and no line's number.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';

const ROOT = fileURLToPath(new URL('../../static/js', import.meta.url));
/** The server's own expression, from where it stands. */
const SOURCE = readFileSync(fileURLToPath(new URL('../../app/web/pages/assets.py', import.meta.url)), 'utf8');
const JSDOC = new RegExp(/JSDOC = re\.compile\(rb"(.+?)", re\.DOTALL\)/.exec(SOURCE)?.[1] ?? '', 'gs');

/** @param {string} text as the server sends it */
const sent = (text) => text.replace(JSDOC, (found) => '\n'.repeat(found.split('\n').length - 1) || ' ');

/** The program alone: what stands where in a line is of no matter, the line is. @param {string} text */
const program = (text) =>
  JSON.stringify(parse(text, { ecmaVersion: 'latest', sourceType: 'module', locations: true }), (key, value) => {
    if (key === 'start' || key === 'end' || key === 'column') return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });

test('every module is the same program without its JSDoc, line by line', () => {
  const modules = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  assert.ok(modules.length > 100);
  for (const module of modules) {
    const text = readFileSync(join(ROOT, module), 'utf8');
    assert.equal(program(sent(text)), program(text), module);
    assert.equal(sent(text).includes('/**'), false, module);
  }
});

test('a comment that is no comment would be noticed', () => {
  const text = "const folder = '/**'; const other = '*/';\n";
  assert.throws(() => assert.equal(program(sent(text)), program(text)));
});
