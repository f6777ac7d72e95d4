// @ts-check
/** The listing: its lines as buttons, the one at hand lit; beside it the other network's, with what differs marked. */

import { html, set } from '../../figures/dom.js';
import { nextFrame } from '../../kit/frame.js';
import { t } from '../../kit/i18n.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./walks.js').Answer} Answer */
/** @typedef {import('./walks.js').Line} Line */

/**
 * @param {HTMLElement} element
 * @param {{ state: import('../../kit/observable.js').Watched<State>, answer: import('../../kit/observable.js').Watched<Answer | null> }} model
 * @param {(line: number) => void} choose called with the line that was pressed, from 1
 */
export function walkListing(element, { state, answer }, choose) {
  let built = '';
  // Where the line is can be measured without a second layout when the frame after its lighting begins.
  const bring = () => bringIn(element);
  const paint = () => {
    const now = answer.value;
    if (now === null) return;
    const key = JSON.stringify([now.walk.lines, now.other?.lines]);
    if (key !== built) {
      built = key;
      const panes = [pane(now.walk.lines, now.other?.lines, 'softmax', choose)];
      if (now.other) panes.push(pane(now.other.lines, now.walk.lines, 'sigmoid', choose));
      element.replaceChildren(...panes);
      element.dataset.panes = String(panes.length);
    }
    for (const line of element.querySelectorAll('[data-line]')) {
      const n = Number(line.getAttribute('data-line'));
      const place = n < state.value.line ? 'before' : n === state.value.line ? 'now' : 'after';
      set(line, { 'data-place': place });
      line.firstElementChild?.setAttribute('aria-current', place === 'now' ? 'step' : 'false');
    }
    nextFrame(bring);
  };
  for (const source of [state, answer]) source.link(() => nextFrame(paint));
  // A formula that comes late takes room from the listing.
  new ResizeObserver(bring).observe(element);
}

/** The line at hand is scrolled into its box; the page itself does not move. @param {HTMLElement} element */
function bringIn(element) {
  const line = element.querySelector('[data-place="now"]');
  if (!line) return;
  const [box, row] = [element.getBoundingClientRect(), line.getBoundingClientRect()];
  if (row.bottom > box.bottom) element.scrollTop += row.bottom - box.bottom;
  else if (row.top < box.top) element.scrollTop -= box.top - row.top;
}

/**
 * @param {readonly Line[]} lines
 * @param {readonly Line[] | undefined} others the other network's
 * @param {'softmax' | 'sigmoid'} name
 * @param {(line: number) => void} choose
 */
function pane(lines, others, name, choose) {
  const items = lines.map((line, index) => {
    const differs = others !== undefined && others[index].code !== line.code;
    const button = html(
      'button',
      { type: 'button', class: 'code-line' },
      html('span', { class: 'way', 'aria-hidden': 'true' }, WAYS[line.kind]),
      html('code', {}, line.code),
    );
    button.addEventListener('click', () => choose(index + 1));
    const item = html('li', { 'data-line': index + 1, 'data-differs': differs ? differing(line) : 'no' }, button);
    if (differs && line.kind === 'error') {
      item.append(html('span', { class: 'differs', role: 'img', 'aria-label': t('network.differs') }, '≠'));
    }
    return item;
  });
  const head = others ? [html('h3', {}, t(`network.pane.${name}`))] : [];
  return html('div', { class: 'pane' }, ...head, html('ol', { 'aria-label': t(`network.pane.${name}`) }, ...items));
}

/** Where the walk goes in a line: forward, to the cost, backward, or a step down the slope. */
const WAYS = { inputs: '→', z: '→', a: '→', cost: 'C', error: '←', delta: '←', dw: '←', db: '←', move: '↓' };

/** Back-propagation differs in one line; that the layer and its cost are others is why. @param {Line} line */
function differing({ kind }) {
  return kind === 'error' ? 'delta' : 'layer';
}
