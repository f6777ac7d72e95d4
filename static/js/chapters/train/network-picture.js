// @ts-check
/** The network with its weights: colour and a sign say plus or minus, width says how much; the chosen sample walks through. */

import { set } from '../../figures/dom.js';
import { framed } from '../../figures/framed.js';
import {
  besideOutput,
  captionHeight,
  captions,
  columns,
  drawsEdges,
  PICTURE,
  pictured,
} from '../../figures/network-layout.js';
import { whileSeen } from '../../figures/sight.js';
import { svg } from '../../figures/svg.js';
import { fixed, signed } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';
import { forward } from '../../nn/network.js';
import { unitChoice, unitWords, weightNumbers } from './network-unit.js';

/** @typedef {import('./page.js').Shown} Shown */

/**
 * @param {SVGSVGElement} element
 * @param {{ shown: import('../../kit/observable.js').Watched<Shown | null> }} model
 * @returns {() => void} dispose
 */
export function networkPicture(element, { shown }) {
  /** @type {ReturnType<typeof build> | undefined} */
  let parts;
  let built = '';
  /** @type {import('./network-unit.js').Place | null} */
  let looked = null;
  const paint = () => {
    const now = shown.value;
    if (now === null) return;
    const frame = picture.frame();
    if (frame.width === 0) return;
    const network = `${sizesOf(now).join('-')} ${now.data.name} ${now.data.class_names.join()}`;
    const key = `${network} ${Object.values(frame).join()}`;
    if (parts === undefined || key !== built) {
      if (!built.startsWith(`${network} `)) looked = null;
      parts = build(element, now, frame);
      built = key;
    }
    const { a } = forward(now.parameters, now.data.x[now.sample], now.output);
    update(parts, now, a);
    updateUnit(parts, now, a, looked);
    set(element, { 'aria-label': networkWords(now, a) });
  };
  const picture = framed(element, paint);
  const unlink = shown.link(whileSeen(element, paint, nextFrame));
  const undo = unitChoice(element, (place) => {
    looked = place;
    nextFrame(paint);
  });
  return () => {
    unlink();
    undo();
    picture.dispose();
  };
}

/** Units of every layer. @param {Shown} shown */
export function sizesOf({ parameters, data }) {
  return [data.inputs, ...parameters.b.map((b) => b.length)];
}

/** @param {SVGSVGElement} element @param {Shown} shown @param {import('../../figures/network-layout.js').Frame} frame */
function build(element, shown, frame) {
  const sizes = sizesOf(shown);
  const asPicture = sizes[0] === PICTURE.inputs;
  const inputs = shown.data.feature_names.map(plainName);
  const all = columns(frame, sizes, { inputs: asPicture ? [''] : inputs, classes: shown.data.class_names });
  const edges = sizes.slice(1).map((_, below) => buildEdges(all, sizes, below + 1));
  const nodes = all.map((column, layer) =>
    layer === 0 && asPicture ? buildPicture(column, frame) : buildNodes(column, layer, shown, frame),
  );
  const numbers = svg('g', { class: 'numbers', 'aria-hidden': 'true' });
  nodes[nodes.length - 1][0].group.setAttribute('tabindex', '0');
  element.replaceChildren(
    svg(
      'g',
      { class: 'edges' },
      edges.flat(2).map(({ line }) => line),
    ),
    svg(
      'g',
      { class: 'nodes' },
      nodes.flat().map(({ group }) => group),
    ),
    svg('g', { class: 'captions' }, captionsOf(all, sizes, frame)),
    numbers,
  );
  const decimals = shown.data.x.every((row) => row.every(Number.isInteger)) ? 0 : 1;
  return { edges, nodes, columns: all, numbers, asPicture, decimals, unit: frame.unit };
}

/** @typedef {import('../../figures/network-layout.js').Column} Column */

/** @param {Column[]} columns @param {number[]} sizes @param {number} layer */
function buildEdges(columns, sizes, layer) {
  if (!drawsEdges(sizes, layer)) return [];
  const [from, to] = [columns[layer - 1], columns[layer]];
  return from.y.map((y1, j) =>
    to.y.map((y2, i) => ({ line: svg('line', { x1: from.x + from.radius, y1, x2: to.x - to.radius, y2 }), j, i })),
  );
}

/** Without the unit, which every input of a flower has. @param {string} name */
function plainName(name) {
  return name.replace(' (cm)', '');
}

/** @param {Column} column @param {number} layer @param {Shown} shown @param {import('../../figures/network-layout.js').Frame} frame */
function buildNodes(column, layer, shown, frame) {
  const last = layer === shown.parameters.b.length;
  return column.y.map((y, i) => {
    const circle = svg('circle', { cx: column.x, cy: y, r: column.radius });
    const text = svg('text', { x: column.x, y, class: 'value' });
    const children = column.readable || last ? [circle, text] : [circle];
    if (last) {
      const name = shown.data.class_names[i];
      const [label, number] = besideOutput(frame, sizesOf(shown), column, i, [name, '']);
      children.push(svg('text', { ...label, class: 'name output' }, [name]));
      set(text, { ...number, class: 'value beside' });
    }
    if (column.named) {
      const under = { x: column.x, y: y + column.radius + 0.55 * frame.unit, class: 'name' };
      children.push(svg('text', under, [plainName(shown.data.feature_names[i])]));
    }
    const kind = layer === 0 ? 'input' : last ? 'output' : 'hidden';
    const group = svg('g', { class: kind, 'data-unit': `${layer} ${i}`, role: 'img', tabindex: -1 }, children);
    if (last) group.dataset.class = String(i + 1);
    group.setAttribute('aria-label', t('train.unit.name', { layer: layer + 1, unit: i + 1 }));
    return { group, circle, text };
  });
}

/** The 64 inputs of a digit as the picture that they are. @param {Column} column @param {import('../../figures/network-layout.js').Frame} frame */
function buildPicture(column, frame) {
  const { size, top } = pictured(frame);
  const pixel = size / PICTURE.side;
  return column.y.map((_, i) => {
    const x = column.x - size / 2 + pixel * (i % PICTURE.side);
    const y = top + pixel * Math.floor(i / PICTURE.side);
    const circle = svg('rect', { x, y, width: pixel, height: pixel });
    return { group: svg('g', { class: 'pixel' }, [circle]), circle, text: svg('text') };
  });
}

/** @param {Column[]} all @param {number[]} sizes @param {import('../../figures/network-layout.js').Frame} frame */
function captionsOf(all, sizes, frame) {
  const long = sizes.map((n, layer) => {
    const key = layer === 0 ? 'inputs' : layer === sizes.length - 1 ? 'outputs' : 'hidden';
    return t(`train.layer.${key}`, { n });
  });
  const placed = captions(frame, all, long, sizes.map(String));
  return placed.map(({ x, text }) => svg('text', { x, y: captionHeight(frame), class: 'caption' }, [text]));
}

/** @param {ReturnType<typeof build>} parts @param {Shown} shown @param {readonly (readonly number[])[]} a */
function update(parts, { parameters, data, sample }, a) {
  parts.edges.forEach((rows, layer) => {
    const w = parameters.w[layer];
    const largest = Math.max(...w.flat().map(Math.abs), 1e-9);
    for (const { line, j, i } of rows.flat()) {
      const share = Math.abs(w[j][i]) / largest;
      set(line, { 'stroke-width': (0.4 + 4.6 * share).toFixed(2), 'data-sign': w[j][i] < 0 ? '-' : '+' });
      line.style.strokeOpacity = (0.18 + 0.72 * share).toFixed(2);
    }
  });
  parts.nodes.forEach((nodes, layer) => {
    const last = layer === parameters.b.length;
    nodes.forEach(({ circle, text, group }, i) => {
      const value = a[layer][i];
      if (layer > 0 || parts.asPicture) circle.style.fillOpacity = Math.min(1, Math.max(0.04, value)).toFixed(3);
      const words = layer === 0 ? fixed(value, parts.decimals) : fixed(value, last ? 3 : 2);
      if (text.textContent !== words) text.textContent = words;
      set(text, { 'data-full': String(layer > 0 && value > 0.55) });
      if (last) {
        const label = t('reads.a', { name: data.class_names[i], value: words });
        set(group, { 'data-target': String(data.y[sample] === i), 'aria-label': label });
      }
    });
  });
}

/**
 * @param {ReturnType<typeof build>} parts
 * @param {Shown} shown
 * @param {readonly (readonly number[])[]} a
 * @param {import('./network-unit.js').Place | null} looked
 */
function updateUnit({ edges, nodes, columns, numbers, asPicture, unit }, { parameters }, a, looked) {
  numbers.replaceChildren(...(looked ? weightNumbers(looked, columns, parameters, unit) : []));
  edges.forEach((rows, below) => {
    for (const { line, i } of rows.flat()) {
      const dim = looked !== null && looked.layer > 0 && !(looked.layer === below + 1 && looked.unit === i);
      set(line, { 'data-dim': String(dim) });
    }
  });
  if (asPicture) paintPixels(nodes[0], looked?.layer === 1 ? parameters.w[0].map((row) => row[looked.unit]) : null);
  if (looked) set(nodes[looked.layer][looked.unit].group, { 'aria-label': unitWords(looked, a, parameters) });
}

/** The inputs' picture in the colours of a unit's weights, or in ink again. @param {{ circle: SVGElement }[]} pixels @param {number[] | null} w */
function paintPixels(pixels, w) {
  const largest = w ? Math.max(...w.map(Math.abs), 1e-9) : 1;
  pixels.forEach(({ circle }, i) => {
    set(circle, { 'data-sign': w === null ? '' : w[i] < 0 ? '-' : '+' });
    if (w) circle.style.fillOpacity = (Math.abs(w[i]) / largest).toFixed(2);
  });
}

/** @param {Shown} shown @param {readonly (readonly number[])[]} a */
function networkWords({ parameters, data, sample }, a) {
  const outputs = a[a.length - 1].map((value, i) => `${data.class_names[i]} ${fixed(value, 3)}`).join(', ');
  const largest = Math.max(...parameters.w.flat(2).map(Math.abs));
  return t('train.network.words', {
    sizes: a.map((layer) => layer.length).join('–'),
    sample: sample + 1,
    outputs,
    largest: signed(largest),
  });
}
