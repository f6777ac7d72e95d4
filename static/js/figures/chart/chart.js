// @ts-check
/**
 * A chart on a page. The page draws it, at most once a frame, as soon as it has a size; what a reader zooms and reads off with
 * is fetched when it is asked for and lies over the drawing unseen.
 */

import { onTheme, rem } from '../../kit/colours.js';
import { nextFrame, soon } from '../../kit/frame.js';
import { html, set } from '../dom.js';
import { whileSeen } from '../sight.js';
import { svg } from '../svg.js';
import { drawing } from './drawing.js';
import { planned } from './plan.js';
import { reading } from './reading.js';
import { deeper, WHOLE, zoomed } from './zoom.js';

/** @typedef {import('./plan.js').Chart} Chart */
/** @typedef {import('./plan.js').Plan} Plan */
/**
 * @template S
 * @typedef {{
 *   name: string, key: (state: S) => string, chart: (state: S, held: boolean) => Chart,
 *   over?: (above: SVGElement, plan: Plan, state: S) => void, click?: (x: number) => void, handles?: boolean,
 *   paintField?: typeof import('./field.js').paintField, paintLegend?: typeof import('./legend.js').paintLegend
 * }} Charted
 * `name`: of a saved picture; `key`: all that the chart depends on; `chart`: which may have fewer points while a hand is `held`
 * on what it shows; `over`: paints what moves over the chart, which has `handles` where it can be dragged; `click`: called with the x clicked;
 * `paintField`, `paintLegend`: of a chart that has a field or a legend
 */

/**
 * @template S
 * @param {HTMLElement} element
 * @param {{ state: import('../../kit/observable.js').Watched<S>, held?: import('../../kit/observable.js').Watched<boolean> }} model
 * @param {Charted<S>} charted
 * @returns {() => void} dispose
 */
export function charted(
  element,
  { state, held },
  { name, key, chart, over, click, handles = false, paintField, paintLegend },
) {
  const [picture, names] = [svg('g', { 'aria-hidden': 'true' }), svg('g')];
  const below = svg('svg', { class: 'drawing' }, [picture, names]);
  const above = svg('svg', { class: 'points' });
  const place = html('div', { class: 'plot' });
  element.append(below, ...(handles ? [place, above] : [above, place]));
  const pen = drawing(picture, paintField);
  /** @type {{ width: number, height: number } | null} */
  let size = null;
  let [drawn, zoom, kept] = ['', WHOLE, ''];
  /** @type {ReadonlySet<string>} */
  let away = new Set();
  /** @type {Plan} */
  let plan;

  const again = () => {
    drawn = '';
    nextFrame(paint);
  };
  const toggle = (/** @type {string} */ line) => {
    away = new Set(away.has(line) ? [...away].filter((name) => name !== line) : [...away, line]);
    again();
  };
  const reader = reading(element, place, {
    name,
    click,
    zoom: (further) => {
      zoom = further === null ? WHOLE : deeper(zoom, further);
      again();
    },
    save: async () => (await import('../save-picture.js')).savePicture(element, name, 'svg'),
  });
  const redraw = (/** @type {S} */ now, /** @type {boolean} */ moving) => {
    const whole = chart(now, moving);
    if (whole.zoom !== kept) zoom = WHOLE;
    kept = whole.zoom ?? '';
    const seen = zoomed(whole, zoom, away);
    plan = planned(
      { ...seen, lines: whole.lines },
      { .../** @type {{ width: number, height: number }} */ (size), unit: rem() },
    );
    set(below, { viewBox: `0 0 ${plan.width} ${plan.height}` });
    pen.paint(seen, plan);
    paintLegend?.(names, whole.lines, plan, { away, toggle });
    if (!moving) reader.follow(seen, plan);
    set(element, { 'data-state': 'drawn', 'data-drawn': key(now) });
  };
  const paint = () => {
    if (size === null) return;
    const moving = held?.value ?? false;
    const look = `${moving} ${key(state.value)}`;
    if (look !== drawn) redraw(state.value, moving);
    drawn = look;
    over?.(above, plan, state.value);
  };
  const ask = whileSeen(element, paint, (task) => (held?.value ? soon(task) : nextFrame(task)));
  element.addEventListener('click', ({ target, offsetX }) => {
    if (target === below || below.contains(/** @type {Node} */ (target))) click?.(plan.value(offsetX));
  });
  const watcher = new ResizeObserver(
    ([
      {
        contentRect: { width, height },
      },
    ]) => {
      // Nothing has no size: a hidden chart is drawn when it is shown, at the size that it has then.
      size = width > 0 && height > 0 ? { width, height } : null;
      drawn = '';
      paint();
    },
  );
  watcher.observe(element);
  const disposers = [state.link(ask), held?.link(ask), onTheme(again), reader.dispose, () => watcher.disconnect()];
  return () => {
    for (const dispose of disposers) dispose?.();
  };
}
