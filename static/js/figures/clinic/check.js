// @ts-check
/** The gradient check of a case: for each array what the update takes for its slope, in words and signs. */
import { short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { html } from '../dom.js';

/** @typedef {import('./clinic.js').Case} Case */
/** @typedef {import('./clinic.js').Verdict} Verdict */

/** @type {Record<Verdict, string>} */
const KEYS = { right: 'right', 'n times': 'times', opposite: 'opposite', nothing: 'nothing', off: 'off' };

/** @param {Case} found */
export function checkRows({ check, samples }) {
  const cell = (/** @type {Verdict} */ verdict, /** @type {number | null} */ ratio) =>
    html(
      'td',
      { 'data-verdict': KEYS[verdict] },
      t(`clinic.verdict.${KEYS[verdict]}`, { n: samples, ratio: short(ratio ?? Number.NaN, 2) }),
    );
  return check.map(({ name, verdict, smaller, ratio }) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, `∂C∕∂${name}`),
      cell(verdict, ratio),
      html('td', { 'data-verdict': KEYS[smaller] }, t(`clinic.short.${KEYS[smaller]}`, { n: samples })),
    ),
  );
}

/** What the slopes of the output biases sum to. @param {Case} found */
export function driftWords({ drift, check }) {
  const name = String(check.at(-1)?.name);
  return t('clinic.drift', { name, drift: Math.abs(drift ?? 0) < 1e-12 ? '0' : short(drift ?? Number.NaN, 4) });
}
