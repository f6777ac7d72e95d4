// @ts-check
import { t } from '../../kit/i18n.js';
import { set } from '../dom.js';

/**
 * Tells a reader of screens what each number of a picture is and whose: "a of cat, 0.204". A number says by `data-reads` what
 * it is and by `data-of` of which class, from 1; what says nothing is for the eye.
 * @param {Element} picture
 * @param {(i: number) => string} nameOf a class's name, its index from 0
 */
export function readOut(picture, nameOf) {
  for (const number of /** @type {NodeListOf<SVGElement>} */ (picture.querySelectorAll('[data-reads]'))) {
    const value = (number.textContent ?? '').split(' ').at(-1) ?? '';
    const { reads, of } = number.dataset;
    const label = t(`reads.${reads}`, of ? { name: nameOf(Number(of) - 1), value } : { value });
    set(number, { role: 'img', 'aria-label': label });
  }
}
