// @ts-check
/**
 * The paper: drawn on with mouse, pen or finger, or with the keyboard, where arrow keys move a cursor and Space lowers or
 * lifts the pen. The ink is changed in place; `changed` is called after every stretch of a stroke.
 */
import { draggable } from '../../figures/drag.js';
import { colour, onTheme, rgb } from '../../kit/colours.js';
import { SIDE } from '../../nn/drawing.js';

/** @typedef {{ x: number, y: number }} Point */

/** How far an arrow key moves the cursor; with Shift three times as far. */
const STEP = 4;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{
 *   ink: () => Float32Array, radius: () => number, begun: () => void, changed: () => void, ended: () => void,
 *   stroke: (from: Point | null, to: Point) => Point,
 * }} hand `stroke` draws and says where the pen has come to
 */
export function digitCanvas(canvas, { ink, radius, begun, changed, ended, stroke: draw }) {
  canvas.width = canvas.height = SIDE;
  /** @type {Point | null} */
  let last = null;
  const cursor = { x: SIDE / 2, y: SIDE / 2, down: false, shown: false };

  const place = (/** @type {PointerEvent} */ event) => {
    const box = canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) * SIDE) / box.width, y: ((event.clientY - box.top) * SIDE) / box.height };
  };
  const stroke = (/** @type {{ x: number, y: number }} */ to) => {
    last = draw(last, to);
    changed();
  };

  draggable(canvas, {
    begin: (event) => {
      event.preventDefault();
      canvas.focus({ preventScroll: true });
      cursor.shown = false;
      begun();
      last = null;
      stroke(place(event));
      return (now) => {
        const all = now.getCoalescedEvents?.() ?? [];
        for (const one of all.length > 0 ? all : [now]) stroke(place(one));
      };
    },
    end: () => {
      last = null;
      ended();
    },
  });
  canvas.addEventListener('keydown', (event) => {
    const ways = /** @type {Record<string, [number, number]>} */ ({
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    });
    const way = ways[event.key];
    if (way === undefined && event.key !== ' ') return;
    event.preventDefault();
    cursor.shown = true;
    if (way === undefined) {
      cursor.down = !cursor.down;
      last = null;
      if (cursor.down) begun();
      else ended();
    } else {
      const step = event.shiftKey ? 3 * STEP : STEP;
      cursor.x = Math.min(SIDE, Math.max(0, cursor.x + step * way[0]));
      cursor.y = Math.min(SIDE, Math.max(0, cursor.y + step * way[1]));
    }
    if (cursor.down) stroke({ x: cursor.x, y: cursor.y });
    changed();
  });
  canvas.addEventListener('blur', () => {
    if (cursor.down) ended();
    cursor.shown = cursor.down = false;
    changed();
  });

  const paint = () => {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const image = context.createImageData(SIDE, SIDE);
    const [dark, light] = ['--ink', '--field'].map((token) => rgb(colour(token)));
    ink().forEach((value, p) => {
      for (let part = 0; part < 3; part += 1)
        image.data[4 * p + part] = light[part] + value * (dark[part] - light[part]);
      image.data[4 * p + 3] = 255;
    });
    context.putImageData(image, 0, 0);
    if (!cursor.shown) return;
    context.strokeStyle = context.fillStyle = colour('--accent');
    context.beginPath();
    context.arc(cursor.x, cursor.y, radius() + 1, 0, 2 * Math.PI);
    if (cursor.down) context.fill();
    else context.stroke();
  };
  onTheme(paint);
  return { paint };
}
