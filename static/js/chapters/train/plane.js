// @ts-check
/** Data with two inputs as points in the plane, over what the network says of every place in it. */
import { whileSeen } from '../../figures/sight.js';
import { colour, onTheme, rgb } from '../../kit/colours.js';
import { nextFrame } from '../../kit/frame.js';
import { forward } from '../../nn/network.js';

/** @typedef {import('./page.js').Shown} Shown */

/** Places asked along one side; between them the browser smooths. */
const GRID = 56;
const SIDE = 320;
const MARGIN = 0.12;
const DEEPEST = 0.75;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ shown: import('../../kit/observable.js').Watched<Shown | null> }} model
 * @returns {() => void} dispose
 */
export function plane(canvas, { shown }) {
  canvas.width = 2 * SIDE;
  canvas.height = 2 * SIDE;
  const small = document.createElement('canvas');
  small.width = GRID;
  small.height = GRID;
  let colours = palette();
  const paint = () => {
    const now = shown.value;
    if (now === null || now.data.inputs !== 2 || canvas.offsetParent === null) return;
    const range = rangeOf(now.data.x);
    paintRegions(small, now, range, colours);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.imageSmoothingEnabled = true;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
    paintPoints(context, now, range, colours);
  };
  const watcher = new ResizeObserver(() => nextFrame(paint));
  watcher.observe(canvas);
  const disposers = [
    shown.link(whileSeen(canvas, paint, nextFrame)),
    onTheme(() => {
      colours = palette();
      nextFrame(paint);
    }),
  ];
  return () => {
    watcher.disconnect();
    for (const dispose of disposers) dispose();
  };
}

function palette() {
  const classes = Array.from({ length: 12 }, (_, i) => colour(`--class-${i + 1}`));
  return {
    paper: rgb(colour('--paper')),
    ink: colour('--ink'),
    edge: colour('--paper'),
    classes,
    parts: classes.map(rgb),
  };
}

/** @param {readonly (readonly number[])[]} x */
export function rangeOf(x) {
  return [0, 1].map((column) => {
    const values = x.map((row) => row[column]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = MARGIN * (high - low || 1);
    return [low - margin, high + margin];
  });
}

/**
 * The winning class's colour, the deeper the surer.
 * @param {HTMLCanvasElement} small
 * @param {Shown} shown
 * @param {number[][]} range
 * @param {ReturnType<typeof palette>} colours
 */
function paintRegions(small, { parameters, output, data }, [across, up], { paper, parts }) {
  const context = /** @type {CanvasRenderingContext2D} */ (small.getContext('2d'));
  const image = context.createImageData(GRID, GRID);
  for (let place = 0; place < GRID * GRID; place += 1) {
    const x1 = across[0] + ((across[1] - across[0]) * ((place % GRID) + 0.5)) / GRID;
    const x2 = up[1] - ((up[1] - up[0]) * (Math.floor(place / GRID) + 0.5)) / GRID;
    const { a } = forward(parameters, [x1, x2], output);
    const outputs = a[a.length - 1];
    const most = Math.max(...outputs);
    const floor = 1 / data.classes;
    const depth = DEEPEST * Math.max(0.12, (most - floor) / (1 - floor));
    const winner = parts[outputs.indexOf(most)] ?? paper;
    for (let k = 0; k < 3; k += 1) image.data[4 * place + k] = paper[k] + depth * (winner[k] - paper[k]);
    image.data[4 * place + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shown} shown
 * @param {number[][]} range
 * @param {ReturnType<typeof palette>} colours
 */
function paintPoints(context, { data, sample }, [across, up], { classes, edge, ink }) {
  const side = context.canvas.width;
  data.x.forEach(([x1, x2], i) => {
    const x = (side * (x1 - across[0])) / (across[1] - across[0]);
    const y = side - (side * (x2 - up[0])) / (up[1] - up[0]);
    context.beginPath();
    context.arc(x, y, i === sample ? 14 : 8, 0, 2 * Math.PI);
    context.fillStyle = classes[data.y[i]];
    context.fill();
    context.lineWidth = i === sample ? 5 : 2.5;
    context.strokeStyle = i === sample ? ink : edge;
    context.stroke();
  });
}
