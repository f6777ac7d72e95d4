// @ts-check
/**
 * The network as far as the walk has come: a unit shows what is known of it (z, then a, then δ under it), and the layer or
 * the weights that the line at hand works on are lit.
 */

import { html, say, set } from '../../figures/dom.js';
import { framed } from '../../figures/framed.js';
import { besideOutput, captionHeight, captions, columns, drawsEdges } from '../../figures/network-layout.js';
import { svg } from '../../figures/svg.js';
import { fixed, short, signed } from '../../kit/format.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./walks.js').Answer} Answer */
/** @typedef {import('./walks.js').Kind} Kind */

/** What a line lights: a layer's units, or the weights that lead into it. @type {Record<Kind, ('units' | 'edges')[]>} */
const LIT = {
  inputs: ['units'],
  z: ['units', 'edges'],
  a: ['units'],
  cost: ['units'],
  error: ['units'],
  delta: ['units'],
  dw: ['edges'],
  db: ['units'],
  move: ['edges', 'units'],
};

/**
 * @param {SVGSVGElement} element
 * @param {{ state: import('../../kit/observable.js').Watched<State>, answer: import('../../kit/observable.js').Watched<Answer | null> }} model
 */
export function walkPicture(element, { state, answer }) {
  /** @type {ReturnType<typeof build> | undefined} */
  let parts;
  let built = '';
  /** @type {Answer | null} */
  let weighed = null;
  const paint = () => {
    const now = answer.value;
    if (now === null) return;
    const frame = picture.frame();
    const key = `${now.data.name} ${now.walk.sizes.join('-')} ${Object.values(frame).join()}`;
    if (parts === undefined || key !== built) {
      parts = build(element, now, frame);
      built = key;
      weighed = null;
    }
    if (weighed !== now) weigh(parts.edges, now.walk);
    weighed = now;
    walkTo(parts, now, state.value);
    set(element, { 'aria-label': words(now, state.value) });
  };
  const picture = framed(element, paint);
  for (const source of [state, answer]) source.link(() => nextFrame(paint));
}

/** @param {SVGSVGElement} element @param {Answer} answer @param {import('../../figures/network-layout.js').Frame} frame */
function build(element, { walk, data }, frame) {
  const { sizes } = walk;
  const all = columns(frame, sizes, { inputs: data.feature_names.map(plainName), classes: data.class_names });
  const edges = sizes.slice(1).map((_, below) => {
    if (!drawsEdges(sizes, below + 1)) return [];
    const [from, to] = [all[below], all[below + 1]];
    return from.y.flatMap((y1, j) =>
      to.y.map((y2, i) => ({ j, i, line: svg('line', { x1: from.x + from.radius, y1, x2: to.x - to.radius, y2 }) })),
    );
  });
  const nodes = all.map((column, layer) => column.y.map((y, i) => node({ column, y, layer, i, frame }, walk, data)));
  element.replaceChildren(
    svg(
      'g',
      { class: 'edges' },
      edges.flat().map(({ line }) => line),
    ),
    svg(
      'g',
      { class: 'nodes' },
      nodes.flat().map(({ group }) => group),
    ),
    svg('g', { class: 'captions' }, captionsOf(all, frame)),
  );
  return { edges, nodes };
}

/** What the listing calls the layers. @param {import('../../figures/network-layout.js').Column[]} all @param {import('../../figures/network-layout.js').Frame} frame */
function captionsOf(all, frame) {
  const long = all.map((_, layer) => {
    const key = layer === 0 ? 'inputs' : layer === all.length - 1 ? 'outputs' : 'hidden';
    return t(`network.layer.${key}`, { n: layer + 1 });
  });
  const short = all.map((_, layer) => t('network.layer.short', { n: layer + 1 }));
  const placed = captions(frame, all, long, short);
  return placed.map(({ x, text }) => svg('text', { x, y: captionHeight(frame), class: 'caption' }, [text]));
}

/** Without the unit, which every input of a flower has. @param {string} name */
function plainName(name) {
  return name.replace(' (cm)', '');
}

/**
 * @param {{ column: import('../../figures/network-layout.js').Column, y: number, layer: number, i: number, frame: import('../../figures/network-layout.js').Frame }} place
 * @param {Answer['walk']} walk
 * @param {Answer['data']} data
 */
function node({ column, y, layer, i, frame }, walk, data) {
  const last = layer === walk.sizes.length - 1;
  const circle = svg('circle', { cx: column.x, cy: y, r: column.radius });
  const value = svg('text', { x: column.x, y, class: 'value' });
  // Under its own row the next unit begins: δ stands beside it.
  const delta = svg('text', { x: column.x + column.radius + 0.3 * frame.unit, y, class: 'delta' });
  const names = [];
  if (last) {
    const [name, number, slope] = besideOutput(frame, walk.sizes, column, i, [data.class_names[i], '', '']);
    names.push(svg('text', { ...name, class: 'name output' }, [data.class_names[i]]));
    set(value, { ...number, class: 'value beside' });
    set(delta, slope);
  } else if (column.named) {
    const under = { x: column.x, y: y + column.radius + 0.55 * frame.unit, class: 'name' };
    names.push(svg('text', under, [plainName(data.feature_names[i])]));
  }
  const kind = layer === 0 ? 'input' : last ? 'output' : 'hidden';
  const group = svg('g', { class: kind }, [circle, value, delta, ...names]);
  if (last) group.dataset.class = String(i + 1);
  return { group, circle, value, delta };
}

/** The lines' colours and widths, which a walk does not change. @param {ReturnType<typeof build>['edges']} edges @param {Answer['walk']} walk */
function weigh(edges, { parameters }) {
  edges.forEach((lines, below) => {
    const w = parameters.w[below];
    const largest = Math.max(...w.flat().map(Math.abs), 1e-9);
    for (const { line, j, i } of lines) {
      set(line, { 'data-sign': w[j][i] < 0 ? '-' : '+' });
      line.style.strokeWidth = (0.4 + (2.6 * Math.abs(w[j][i])) / largest).toFixed(2);
    }
  });
}

/** @param {ReturnType<typeof build>} parts @param {Answer} answer @param {State} state */
function walkTo({ edges, nodes }, { walk, data }, { sample, line }) {
  const now = walk.lines[line - 1];
  const done = doneBy(walk.lines, line);
  const row = Math.min(sample, walk.samples - 1);
  nodes.forEach((units, layer) => {
    const lit = LIT[now.kind].includes('units') && now.layer === layer + 1;
    units.forEach(({ group, circle, value, delta }, i) => {
      const a = layer === 0 || done.has(`a ${layer + 1}`) ? walk.a[layer][row][i] : null;
      const z = layer > 0 && done.has(`z ${layer + 1}`) ? walk.z[layer - 1][row][i] : null;
      const known = layer === 0 && !done.has('inputs 1') ? null : (a ?? z);
      say(value, known === null ? '' : fixed(known, a === null || layer === 0 ? 1 : 2));
      const told = done.has(`delta ${layer + 1}`) || done.has(`error ${layer + 1}`);
      say(delta, told ? `δ ${deltaText(walk.delta[layer - 1][row][i])}` : '');
      circle.style.fillOpacity = layer > 0 ? Math.max(0.04, a ?? 0).toFixed(3) : '';
      set(value, { 'data-full': String(layer > 0 && a !== null && a > 0.55), 'data-part': a === null ? 'z' : 'a' });
      set(group, { 'data-lit': String(lit), 'data-target': String(layer === nodes.length - 1 && data.y[row] === i) });
    });
  });
  edges.forEach((lines, below) => {
    const lit = LIT[now.kind].includes('edges') && now.layer === below + 2;
    for (const { line: edge } of lines) set(edge, { 'data-lit': String(lit) });
  });
  const back = ['error', 'delta', 'dw', 'db', 'move'].includes(now.kind);
  nodes[0][0].group.ownerSVGElement?.setAttribute('data-way', back ? 'back' : 'forward');
}

/** A δ in few signs: "+0.48", "−3×10⁻⁹". @param {number} value */
function deltaText(value) {
  return Math.abs(value) >= 0.005 || value === 0 ? signed(value) : short(value, 2);
}

/** The lines that have been walked, as "kind layer". @param {Answer['walk']['lines']} lines @param {number} line */
function doneBy(lines, line) {
  return new Set(lines.slice(0, line).map(({ kind, layer }) => `${kind} ${layer}`));
}

/** @param {Answer} answer @param {State} state */
function words({ walk, data }, { sample, line }) {
  const row = Math.min(sample, walk.samples - 1);
  return t('network.picture.words', {
    sizes: walk.sizes.join('–'),
    sample: row + 1,
    name: data.class_names[data.y[row]],
    code: walk.lines[line - 1].code,
  });
}

/** Samples to choose from. @param {HTMLSelectElement} select @param {Answer} answer @param {number} sample */
export function sampleChoice(select, { walk, data }, sample) {
  const key = `${data.name} ${walk.samples}`;
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(
      ...data.y.map((label, row) =>
        html('option', { value: row }, t('network.sample.option', { n: row + 1, name: data.class_names[label] })),
      ),
    );
  }
  select.value = String(Math.min(sample, walk.samples - 1));
}
