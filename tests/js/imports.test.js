// @ts-check
// Which way the page's modules may import: chapters → figures → runs → kit → nn. Chapters are strangers to one another, and only
// `runs` speaks to the server.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../static/js', import.meta.url));
/** A room may import only rooms to its right. */
const ORDER = ['chapters', 'figures', 'runs', 'kit', 'nn'];
/** What a browser offers for speaking to a server. */
const SPEAKING = /\bfetch\(|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b|\bsendBeacon\(/;
const IMPORT =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

const modules = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));

/** @param {string} module a path below static/js @returns {string} the room it stands in */
const room = (module) => module.split(sep)[0];

/** @param {string} module @returns {string} the chapter it belongs to */
const chapter = (module) => module.split(sep)[1];

/** @param {string} source a module's text @returns {string[]} what it imports, and what its types name */
const imports = (source) => [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3]);

/** @param {string} module @param {string} target @returns {string | undefined} what is wrong with this import */
function fault(module, target) {
  if (!target.startsWith('.')) return `${module} imports ${target}, which is not a file of ours`;
  const path = relative(ROOT, join(ROOT, dirname(module), target));
  if (!existsSync(join(ROOT, path))) return `${module} imports ${target}, which does not exist`;
  const [from, to] = [room(module), room(path)];
  if (from === 'chapters' && to === 'chapters' && chapter(module) !== chapter(path))
    return `${module} imports ${path}: chapters are strangers`;
  if (from !== to && ORDER.indexOf(from) >= ORDER.indexOf(to)) return `${module} imports ${path}: that points outward`;
  return undefined;
}

/** @param {string} module @param {string} source @returns {string | undefined} what is wrong with how it asks the server */
function speech(module, source) {
  return room(module) !== 'runs' && SPEAKING.test(source) ? `${module} speaks to the server by itself` : undefined;
}

test('every room has its place in the order', () => {
  for (const module of modules) assert.notEqual(ORDER.indexOf(room(module)), -1, `${module} stands in no known room`);
});

test('imports point inward, and chapters are strangers', () => {
  assert.ok(modules.length > 0);
  const faults = modules.flatMap((module) =>
    imports(readFileSync(join(ROOT, module), 'utf8')).map((target) => fault(module, target)),
  );
  assert.deepEqual(faults.filter(Boolean), []);
});

test('only runs speaks to the server', () => {
  const faults = modules.map((module) => speech(module, readFileSync(join(ROOT, module), 'utf8')));
  assert.deepEqual(faults.filter(Boolean), []);
});

test('a wrong import of each kind is found', () => {
  const [figure] = modules.filter((module) => room(module) === 'figures');
  assert.deepEqual(
    imports(
      "import {\n  a,\n} from './a.js';\nimport './b.js';\nexport { c } from './c.js';\nconst d = await import('./d.js');",
    ),
    ['./a.js', './b.js', './c.js', './d.js'],
  );
  assert.match(fault(join('nn', 'x.js'), `../${figure}`) ?? '', /outward/);
  assert.match(fault(join('kit', 'x.js'), '../runs/run.js') ?? '', /outward/);
  assert.match(fault(join('runs', 'x.js'), `../${figure}`) ?? '', /outward/);
  assert.match(fault(join('figures', 'x.js'), '../chapters/cost/state.js') ?? '', /outward/);
  assert.match(fault(join('chapters', 'home', 'x.js'), '../cost/state.js') ?? '', /strangers/);
  assert.equal(fault(join('chapters', 'cost', 'x.js'), './state.js'), undefined);
  assert.match(fault(join('figures', 'x.js'), 'plotly') ?? '', /not a file of ours/);
  assert.match(fault(join('figures', 'x.js'), './absent.js') ?? '', /does not exist/);
});

test('a module that asks the server by itself is found', () => {
  assert.match(speech(join('figures', 'x.js'), "await fetch('/healthz')") ?? '', /by itself/);
  assert.match(speech(join('chapters', 'x', 'x.js'), 'new WebSocket(where)') ?? '', /by itself/);
  assert.equal(speech(join('runs', 'x.js'), "await fetch('/healthz')"), undefined);
});
