// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideOutput, captions, columns, widthOf } from '../../../static/js/figures/network-layout.js';

const INPUTS = ['sepal length', 'sepal width', 'petal length', 'petal width'];
const CLASSES = ['versicolor', 'virginica'];
/** The pictures of /train and /network: a projector's, a laptop's, a phone's. */
const FRAMES = [
  { width: 390, height: 340, unit: 24 },
  { width: 700, height: 340, unit: 24 },
  { width: 400, height: 220, unit: 16 },
  { width: 300, height: 480, unit: 16 },
  { width: 330, height: 260, unit: 16 },
];

for (const frame of FRAMES) {
  test(`nothing lies over anything else or outside at ${Object.values(frame)}`, () => {
    const sizes = [4, 5, 2];
    const all = columns(frame, sizes, { inputs: INPUTS, classes: CLASSES });
    all.forEach(({ x, radius, y }, layer) => {
      assert.ok(x - radius >= 0 && y[0] - radius >= 0 && (y.at(-1) ?? 0) + radius <= frame.height);
      assert.ok(
        y.slice(1).every((below, i) => below - y[i] >= 2 * radius),
        `units of layer ${layer}`,
      );
      if (layer > 0)
        assert.ok(x - radius > all[layer - 1].x + all[layer - 1].radius, `columns ${layer - 1} and ${layer}`);
    });
    const longest = Math.max(...INPUTS.map((name) => widthOf(name, frame.unit)));
    if (all[0].named) assert.ok(all[0].x + longest / 2 <= all[1].x - all[1].radius, 'names and the hidden layer');
    CLASSES.forEach((name, i) => {
      const places = besideOutput(frame, sizes, all[2], i, [name, '0.874']);
      assert.ok(Math.max(...places.map(({ x }) => x)) + widthOf(name, frame.unit) <= frame.width + 1, name);
    });
  });
}

test('the type decides, not the picture: twice the type gives twice the circles where there is room', () => {
  const [small] = columns({ width: 800, height: 600, unit: 16 }, [2, 3, 2], {
    inputs: ['a', 'b'],
    classes: ['c', 'd'],
  });
  const [large] = columns({ width: 800, height: 600, unit: 32 }, [2, 3, 2], {
    inputs: ['a', 'b'],
    classes: ['c', 'd'],
  });
  assert.equal(large.radius, 2 * small.radius);
});

test('captions have white between them, the long ones or the short', () => {
  for (const frame of FRAMES) {
    const all = columns(frame, [4, 5, 2], { inputs: INPUTS, classes: CLASSES });
    const placed = captions(frame, all, ['4 inputs', '5 sigmoid', '2 outputs'], ['4', '5', '2']);
    placed.slice(1).forEach(({ x, text }, i) => {
      const [left, right] = [placed[i].x + widthOf(placed[i].text, frame.unit) / 2, x - widthOf(text, frame.unit) / 2];
      assert.ok(right > left);
    });
  }
});
