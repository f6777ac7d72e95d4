// @ts-check
/** The network with its weights: colour and a sign say plus or minus, width says how much; the chosen sample walks through. */
import { fixed, signed } from '../format.js';
import { t } from '../i18n.js';
import { forward } from '../nn/network.js';
import { nextFrame } from '../state/frame.js';
import { set } from './dom.js';
import { svg } from './svg.js';

/** @typedef {import('../pages/train.js').Shown} Shown */

const WIDTH = 440;
const HEIGHT = 360;
const TOP = 26;
const BOTTOM = 30;
const LARGEST = 18;
/** A node as small as this shows no number. */
const READABLE = 13;
/** More lines than this between two layers are a grey wall: the heat maps show them better. */
const MOST_EDGES = 400;
const PICTURE = { inputs: 64, side: 8, size: 104 };

/**
 * @param {SVGSVGElement} element
 * @param {{ shown: import('../state/observable.js').Watched<Shown | null> }} model
 * @returns {() => void} dispose
 */
export function networkPicture(element, { shown }) {
  /** @type {ReturnType<typeof build> | undefined} */
  let parts;
  let built = '';
  const paint = () => {
    const now = shown.value;
    if (now === null) return;
    const key = `${sizesOf(now).join('-')} ${now.data.name} ${now.data.class_names.join()}`;
    if (parts === undefined || key !== built) {
      parts = build(element, now);
      built = key;
    }
    update(parts, now, element);
  };
  return shown.link(() => nextFrame(paint));
}

/** Units of every layer. @param {Shown} shown */
export function sizesOf({ parameters, data }) {
  return [data.inputs, ...parameters.b.map((b) => b.length)];
}

/** @param {SVGSVGElement} element @param {Shown} shown */
function build(element, shown) {
  const sizes = sizesOf(shown);
  const asPicture = sizes[0] === PICTURE.inputs;
  const columns = sizes.map((count, layer) => places(count, layer, sizes.length, shown));
  const edges = sizes.slice(1).map((_, layer) => buildEdges(columns, layer, asPicture));
  const nodes = columns.map((column, layer) =>
    layer === 0 && asPicture ? buildPicture(column) : buildNodes(column, layer, shown),
  );
  const captions = columns.map((column, layer) => caption(column, layer, sizes));
  element.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
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
    svg('g', { class: 'captions' }, captions),
  );
  return { edges, nodes, asPicture };
}

/**
 * Where the nodes of a layer are, and how large.
 * @param {number} count
 * @param {number} layer
 * @param {number} layers
 * @param {Shown} shown
 */
function places(count, layer, layers, { data }) {
  const room = HEIGHT - TOP - BOTTOM;
  const gap = room / count;
  const longest = Math.max(...data.class_names.map((name) => name.length));
  const right = WIDTH - 30 - Math.min(110, 8 * longest);
  const x = 64 + ((right - 64) * layer) / (layers - 1);
  const radius = Math.max(1.5, Math.min(LARGEST, 0.42 * gap));
  return { x, radius, count, y: Array.from({ length: count }, (_, i) => TOP + gap * (i + 0.5)) };
}

/** @typedef {ReturnType<typeof places>} Column */

/** @param {Column[]} columns @param {number} layer @param {boolean} asPicture */
function buildEdges(columns, layer, asPicture) {
  const [from, to] = [columns[layer], columns[layer + 1]];
  if (from.count * to.count > MOST_EDGES || (layer === 0 && asPicture)) return [];
  return from.y.map((y1, j) =>
    to.y.map((y2, i) => ({ line: svg('line', { x1: from.x + from.radius, y1, x2: to.x - to.radius, y2 }), j, i })),
  );
}

/** @param {Column} column @param {number} layer @param {Shown} shown */
function buildNodes(column, layer, shown) {
  const last = layer === shown.parameters.b.length;
  return column.y.map((y, i) => {
    const circle = svg('circle', { cx: column.x, cy: y, r: column.radius });
    const text = svg('text', { x: column.x, y, class: 'value' });
    const children = column.radius < READABLE ? [circle] : [circle, text];
    const name = layer === 0 ? shown.data.feature_names[i] : last ? shown.data.class_names[i] : '';
    if (last) children.push(svg('text', { x: column.x + column.radius + 6, y, class: 'name output' }, [name]));
    else if (layer === 0 && column.radius >= READABLE) {
      children.push(
        svg('text', { x: column.x, y: y + column.radius + 11, class: 'name' }, [name.replace(' (cm)', '')]),
      );
    }
    const kind = layer === 0 ? 'input' : last ? 'output' : 'hidden';
    const group = svg('g', { class: kind }, children);
    if (last) group.dataset.class = String(i + 1);
    return { group, circle, text };
  });
}

/** The 64 inputs of a digit as the picture that they are. @param {Column} column */
function buildPicture(column) {
  const pixel = PICTURE.size / PICTURE.side;
  const top = (TOP + HEIGHT - BOTTOM - PICTURE.size) / 2;
  return column.y.map((_, i) => {
    const x = column.x - PICTURE.size / 2 + pixel * (i % PICTURE.side);
    const y = top + pixel * Math.floor(i / PICTURE.side);
    const circle = svg('rect', { x, y, width: pixel, height: pixel });
    return { group: svg('g', { class: 'pixel' }, [circle]), circle, text: svg('text') };
  });
}

/** @param {Column} column @param {number} layer @param {number[]} sizes */
function caption(column, layer, sizes) {
  const key = layer === 0 ? 'inputs' : layer === sizes.length - 1 ? 'outputs' : 'hidden';
  return svg('text', { x: column.x, y: HEIGHT - 8, class: 'caption' }, [t(`train.layer.${key}`, { n: sizes[layer] })]);
}

/** @param {ReturnType<typeof build>} parts @param {Shown} shown @param {SVGSVGElement} element */
function update(parts, shown, element) {
  const { parameters, data, sample, output } = shown;
  const { a } = forward(parameters, data.x[sample], output);
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
      const words = layer === 0 ? fixed(value, Number.isInteger(value) ? 0 : 1) : fixed(value, last ? 3 : 2);
      if (text.textContent !== words) text.textContent = words;
      set(text, { 'data-full': String(layer > 0 && value > 0.55) });
      if (last) set(group, { 'data-target': String(data.y[sample] === i) });
    });
  });
  element.setAttribute('aria-label', networkWords(shown, a));
}

/** @param {Shown} shown @param {number[][]} a */
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
