// @ts-check
/** What the article's program prints at an epoch: a of all samples, which it calls Perception, and every w and b. */

import { say } from '../../figures/dom.js';
import { grouped } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';

/** @typedef {{ epoch: number, w: number[][][], b: number[][], a: number[][] }} Recorded */

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} opener
 * @param {() => Promise<{ rule: string, recorded: Recorded } | null>} ask for the epoch that is looked at
 */
export function print(dialog, opener, ask) {
  opener.addEventListener('click', async () => {
    const found = await ask();
    if (found === null) return;
    const { rule, recorded } = found;
    const values = { epoch: grouped(recorded.epoch), rule: t(`spec.rule.${rule}`) };
    say(/** @type {Element} */ (dialog.querySelector('h2')), t('train.print.title', values));
    say(/** @type {Element} */ (dialog.querySelector('pre')), printed(recorded));
    dialog.showModal();
  });
}

/** @param {Recorded} recorded */
export function printed({ epoch, w, b, a }) {
  const arrays = w.flatMap((rows, layer) => [
    `w${layer + 2} = ${matrix(rows)}`,
    `b${layer + 2} = ${matrix([b[layer]])}`,
  ]);
  return [`epoch ${epoch}`, `Perception = ${matrix(a)}`, ...arrays].join('\n');
}

/** As NumPy writes it, eight places. @param {readonly (readonly number[])[]} rows */
function matrix(rows) {
  const texts = rows.map((row) => row.map((value) => (value === null ? 'nan' : value.toFixed(8))));
  const width = texts.flat().reduce((most, text) => Math.max(most, text.length), 0);
  return `[${texts.map((row) => `[${row.map((text) => text.padStart(width)).join(' ')}]`).join('\n ')}]`;
}
