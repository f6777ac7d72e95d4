// @ts-check
// Which way the page's modules may import: pages → views | stream → the page's services → state → lessons → nn.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../static/js', import.meta.url));
/** Volatility falls to the right; '' holds the services that stand beside the folders: words, numbers, theme, charts. */
const ORDER = [['pages'], ['views', 'stream'], [''], ['state'], ['lessons'], ['nn']];
const IMPORT = /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]/gm;

const modules = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));

/** @param {string} module a path below static/js @returns {string} the folder it belongs to, '' beside the folders */
const folder = (module) => (module.includes(sep) ? module.split(sep)[0] : '');

/** @param {string} of a folder's name */
const depth = (of) => ORDER.findIndex((names) => names.includes(of));

/** @param {string} source a module's text @returns {string[]} what its import lines name */
const imports = (source) => [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2]);

/** @param {string} module @param {string} target @returns {string | undefined} what is wrong with this import */
function fault(module, target) {
  if (!target.startsWith('.')) return `${module} imports ${target}, which is not a file of ours`;
  const path = relative(ROOT, join(ROOT, dirname(module), target));
  if (!existsSync(join(ROOT, path))) return `${module} imports ${target}, which does not exist`;
  const [from, to] = [folder(module), folder(path)];
  if (from === 'pages' && to === 'pages') return `${module} imports ${path}: pages are roots, nothing imports them`;
  if (from !== to && depth(from) >= depth(to)) return `${module} imports ${path}: that points outward`;
  return undefined;
}

test('every folder has its place in the order', () => {
  for (const module of modules) assert.notEqual(depth(folder(module)), -1, `${module} stands in no known folder`);
});

test('imports point inward', () => {
  assert.ok(modules.length > 0);
  const faults = modules.flatMap((module) =>
    imports(readFileSync(join(ROOT, module), 'utf8')).map((target) => fault(module, target)),
  );
  assert.deepEqual(faults.filter(Boolean), []);
});

test('a wrong import of each kind is found', () => {
  const [view] = modules.filter((module) => folder(module) === 'views');
  const [page] = modules.filter((module) => folder(module) === 'pages');
  assert.deepEqual(imports("import {\n  a,\n} from './a.js';\nimport './b.js';\nexport { c } from './c.js';"), [
    './a.js',
    './b.js',
    './c.js',
  ]);
  assert.match(fault(join('nn', 'x.js'), `../${view}`) ?? '', /outward/);
  assert.match(fault(join('state', 'x.js'), '../i18n.js') ?? '', /outward/);
  assert.match(fault(join('stream', 'x.js'), `../${view}`) ?? '', /outward/);
  assert.match(fault(join('pages', 'x.js'), `../${page}`) ?? '', /roots/);
  assert.match(fault(join('views', 'x.js'), 'plotly') ?? '', /not a file of ours/);
  assert.match(fault(join('views', 'x.js'), './absent.js') ?? '', /does not exist/);
});
