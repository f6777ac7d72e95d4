// @ts-check
import { grouped } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';

/**
 * A fault in words: the field, its value, and what it may be.
 * @param {import('./faults.js').Fault} fault
 * @returns {{ field: string, words: string }}
 */
export function faultWords({ field, value, limit, samples }) {
  const [low, high] = [limit.low, grouped(limit.high)];
  const range = limit.above ? 'spec.range.above' : limit.whole ? 'spec.range.whole' : 'spec.range';
  const allowed = samples ? t('spec.range.samples', { low, high }) : t(range, { low, high });
  const shown = Number.isFinite(value) ? String(value).replace('-', '−') : '–';
  return { field, words: t('spec.fault', { name: t(`spec.${field}`), value: shown, allowed }) };
}
