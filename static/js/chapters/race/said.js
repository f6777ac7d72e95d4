// @ts-check
/** One sentence on the race, and the same in the page's live region when the race comes to another stage. */

import { say } from '../../figures/dom.js';
import { textOf } from '../../kit/saying.js';
import { raceSaying } from './told.js';

/** @param {HTMLElement} line @param {import('../../kit/observable.js').Watched<import('./told.js').Told>} told */
export function raceSaid(line, told) {
  const box = /** @type {HTMLElement} */ (line.closest('.said'));
  const live = document.getElementById('live');
  let announced = '';
  told.link((now) => {
    const { mood, said } = raceSaying(now);
    const text = said.map((one) => textOf(one)).join(' ');
    say(line, text);
    box.dataset.mood = mood;
    if (live && announced !== mood + now.mode && announced !== '') live.textContent = text;
    announced = mood + now.mode;
  });
}
