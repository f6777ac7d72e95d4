// Copies the front-end packages' files into static/vendor and checks every copy against the committed checksums.
// `node scripts/vendor.mjs --write` renews the checksums after a deliberate update (make lock).
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CHECKSUMS = 'scripts/vendor.json';
const PACKAGES = 'node_modules';
const TARGET = 'static/vendor';
const KATEX = 'katex/dist';

// Its style sheet names three forms of every font; every browser that runs our modules takes the first.
const fonts = readdirSync(join(PACKAGES, KATEX, 'fonts')).filter((name) => name.endsWith('.woff2'));

/** A script that knows modules of Node alone, made one of the browser's. @param {string} script */
const asModule = (script) =>
  `const module = { exports: {} };\nconst { exports } = module;\n${script}\nexport default module.exports;\n`;

/** What is copied (below node_modules) and where to (below static/vendor). @type {[string, string][]} */
const FILES = [
  ['plotly.js-cartesian-dist-min/plotly-cartesian.min.js', 'plotly-cartesian.min.js'],
  ['plotly.js-cartesian-dist-min/LICENSE', 'plotly-LICENSE.txt'],
  ['papaparse/LICENSE', 'papaparse-LICENSE.txt'],
  ['papaparse/papaparse.min.js', 'papaparse.js'],
  ['katex/LICENSE', 'katex/LICENSE.txt'],
  [`${KATEX}/katex.min.js`, 'katex/katex.min.js'],
  [`${KATEX}/katex.min.css`, 'katex/katex.min.css'],
  ...fonts
    .toSorted()
    .map((name) => /** @type {[string, string]} */ ([`${KATEX}/fonts/${name}`, `katex/fonts/${name}`])),
];

/** @param {string} path */
const checksum = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

const found = Object.fromEntries(FILES.map(([path, name]) => [name, checksum(join(PACKAGES, path))]));
if (process.argv.includes('--write')) writeFileSync(CHECKSUMS, `${JSON.stringify(found, null, 2)}\n`);
const expected = JSON.parse(readFileSync(CHECKSUMS, 'utf8'));
const absent = Object.keys(expected).filter((name) => !(name in found));
if (absent.length > 0) {
  console.error(`${CHECKSUMS} names files that the packages do not have: ${absent.join(', ')}`);
  process.exit(1);
}
for (const [path, name] of FILES) {
  if (found[name] !== expected[name]) {
    console.error(`${path} has the checksum ${found[name]}, but ${CHECKSUMS} allows only ${expected[name]}`);
    process.exit(1);
  }
  mkdirSync(dirname(join(TARGET, name)), { recursive: true });
  const content = readFileSync(join(PACKAGES, path));
  writeFileSync(join(TARGET, name), name === 'papaparse.js' ? asModule(content.toString()) : content);
}
