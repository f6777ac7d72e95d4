// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costOf } from '../../../static/js/nn/costs.js';
import { forward } from '../../../static/js/nn/network.js';
import { slopesOf } from '../../../static/js/nn/slopes.js';

const PAIRS = /** @type {const} */ ([
  ['softmax', 'log-likelihood'],
  ['sigmoid', 'cross-entropy'],
  ['sigmoid', 'quadratic'],
  ['softmax', 'quadratic'],
]);
const data = {
  x: [
    [0.2, -1.1],
    [1.4, 0.3],
    [-0.7, 0.9],
  ],
  y: [2, 0, 1],
};
const parameters = {
  w: [
    [
      [0.3, -0.8, 1.1],
      [0.5, 0.2, -0.4],
    ],
    [
      [0.7, -0.2],
      [-0.6, 0.9],
      [0.1, 0.4],
    ],
    [
      [1.2, -0.5, 0.3],
      [0.4, 0.8, -0.9],
    ],
  ],
  b: [
    [0.1, -0.3, 0.2],
    [0.05, -0.15],
    [0.3, -0.2, 0.1],
  ],
};
const STEP = 1e-5;

/** The mean cost, by the forward pass alone. @param {any} at @param {any} output @param {any} cost */
function meanCost(at, output, cost) {
  const costs = data.x.map((x, n) => {
    const target = [0, 1, 2].map((i) => (i === data.y[n] ? 1 : 0));
    return costOf(forward(at, x, output).z.at(-1) ?? [], target, output, cost);
  });
  return costs.reduce((sum, one) => sum + one, 0) / costs.length;
}

/** The length of a layer's gradient by central differences. @param {number} layer @param {any} output @param {any} cost */
function measured(layer, output, cost) {
  let squares = 0;
  const slope = (/** @type {(copy: any, by: number) => void} */ move) => {
    const [above, below] = [STEP, -STEP].map((by) => {
      const copy = structuredClone(parameters);
      move(copy, by);
      return meanCost(copy, output, cost);
    });
    squares += ((above - below) / (2 * STEP)) ** 2;
  };
  parameters.w[layer].forEach((row, j) => {
    row.forEach((_, i) => {
      slope((copy, by) => {
        copy.w[layer][j][i] += by;
      });
    });
  });
  parameters.b[layer].forEach((_, i) => {
    slope((copy, by) => {
      copy.b[layer][i] += by;
    });
  });
  return Math.sqrt(squares);
}

describe('the gradient has the length that differences measure, in every layer', () => {
  for (const [output, cost] of PAIRS) {
    it(`${output} with ${cost}`, () => {
      const found = slopesOf(parameters, data, output, cost);
      assert.ok(Math.abs(found.cost - meanCost(parameters, output, cost)) < 1e-14);
      found.layers.forEach(({ gradient }, layer) => {
        assert.ok(Math.abs(gradient - measured(layer, output, cost)) < 1e-9, `layer ${layer}`);
      });
    });
  }
});

describe('the factor is the mean a(1 − a)', () => {
  it('of each layer', () => {
    const { layers } = slopesOf(parameters, data, 'softmax', 'quadratic');
    [0, 1, 2].forEach((layer) => {
      const all = data.x.flatMap((x) => forward(parameters, x, 'softmax').a[layer + 1]);
      const mean = all.reduce((sum, a) => sum + a * (1 - a), 0) / all.length;
      assert.ok(Math.abs(layers[layer].factor - mean) < 1e-15);
    });
  });
  it('is nothing where a layer is saturated', () => {
    const far = {
      ...parameters,
      w: parameters.w.with(
        0,
        parameters.w[0].map((row) => row.map((w) => 1e4 * w)),
      ),
    };
    const { layers } = slopesOf(far, data, 'softmax', 'log-likelihood');
    assert.ok(layers[0].factor < 1e-12);
    assert.ok(layers[0].gradient < 1e-12);
    assert.ok(layers[2].gradient > 1e-3);
  });
});

it('accuracy is the share of samples whose class has the largest output', () => {
  const sure = {
    w: [
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
    ],
    b: [[0, 0, 0]],
  };
  assert.equal(
    slopesOf(
      sure,
      {
        x: [
          [1, 0],
          [0, 1],
          [1, 0],
        ],
        y: [0, 1, 1],
      },
      'softmax',
      'quadratic',
    ).accuracy,
    2 / 3,
  );
});
