// Copies the front-end packages' files into static/vendor and checks every copy against the committed checksums.
// `node scripts/vendor.mjs --write` renews the checksums after a deliberate update (make lock).
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const CHECKSUMS = 'scripts/vendor.json';
const TARGET = 'static/vendor';
const FILES = [
  'node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js',
  'node_modules/plotly.js-cartesian-dist-min/LICENSE',
];

/** @param {string} path */
const targetName = (path) => (basename(path) === 'LICENSE' ? 'plotly-LICENSE.txt' : basename(path));

/** @param {string} path */
const checksum = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

mkdirSync(TARGET, { recursive: true });
const found = Object.fromEntries(FILES.map((path) => [targetName(path), checksum(path)]));
if (process.argv.includes('--write')) writeFileSync(CHECKSUMS, `${JSON.stringify(found, null, 2)}\n`);
const expected = JSON.parse(readFileSync(CHECKSUMS, 'utf8'));
for (const path of FILES) {
  const name = targetName(path);
  if (found[name] !== expected[name]) {
    console.error(`${path} has the checksum ${found[name]}, but ${CHECKSUMS} allows only ${expected[name]}`);
    process.exit(1);
  }
  copyFileSync(path, join(TARGET, name));
}
