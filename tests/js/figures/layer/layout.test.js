// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHeight, layout, middle, segments, zHeight } from '../../../../static/js/figures/layer/layout.js';

const SIZES = [
  { width: 742, height: 440, unit: 16 },
  { width: 336, height: 290, unit: 16 },
  { width: 740, height: 380, unit: 24 },
];

test('rows follow each other and end inside the picture, at every size and number of classes', () => {
  for (const size of SIZES) {
    for (const count of [2, 4, 12]) {
      const place = layout({ ...size, count, sigmoid: true });
      const rows = [
        place.z.top,
        place.z.middle + place.z.half,
        place.band.top,
        place.band.top + place.band.height,
        place.a.top,
      ];
      assert.deepEqual(
        rows,
        rows.toSorted((left, right) => left - right),
      );
      assert.ok(place.a.height > 0 && place.a.bottom < size.height);
      assert.ok(middle(place, count - 1) + place.bar / 2 <= size.width - place.right);
    }
  }
});

test('the parts of the band fill it, each as wide as its share', () => {
  const place = layout({ ...SIZES[0], count: 3, sigmoid: false });
  const parts = segments(place, [0.5, 0.3, 0.2]);
  const end = parts[2].x + parts[2].width;
  assert.ok(Math.abs(end - (place.width - place.right)) < 1e-9);
  assert.ok(Math.abs(parts[0].width / parts[2].width - 2.5) < 1e-9);
});

test('a value beyond the axis stays at its end, and what is no number takes no room', () => {
  const place = layout({ ...SIZES[0], count: 2, sigmoid: false });
  assert.equal(zHeight(place, 99, 5), place.z.middle - place.z.half);
  assert.equal(aHeight(place, Number.NaN), place.a.bottom);
  assert.deepEqual(
    segments(place, [Number.NaN, Number.NaN]).map(({ width }) => width),
    [0, 0],
  );
});
