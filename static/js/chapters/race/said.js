// @ts-check
/** One sentence on the race: what to press, who is ahead, what held the others back. */

import { say } from '../../figures/dom.js';
import { fixed, grouped } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { diverged, whyFailed } from '../../kit/refusals.js';

/** @typedef {import('./state.js').Track} Track */
/** @typedef {{ racer: { pair: string }, run: { detail: string | null, epoch: number } }} Failed */
/**
 * @typedef {{
 *   mode: 'neuron' | 'networks', phase: string, tracks: (Track & { a?: readonly number[] })[], epoch: number, length: number,
 *   offline: boolean, problem: string, pinned: boolean, hidden: number, failed: readonly Failed[],
 * }} Told
 */

/** @param {HTMLElement} line @param {import('../../kit/observable.js').Watched<Told>} told */
export function raceSaid(line, told) {
  const box = /** @type {HTMLElement} */ (line.closest('.said'));
  const live = document.getElementById('live');
  let announced = '';
  told.link((now) => {
    const [mood, text] = words(now);
    say(line, text);
    box.dataset.mood = mood;
    if (live && announced !== mood + now.mode && announced !== '') live.textContent = text;
    announced = mood + now.mode;
  });
}

/** @param {Told} now @returns {[string, string]} mood and sentence */
function words(now) {
  if (now.offline) return ['offline', t('race.said.offline')];
  if (now.problem) return ['wrong', t('race.said.wrong', { words: now.problem })];
  if (now.failed.length > 0) return ['failed', failed(now.failed)];
  if (now.phase === 'empty' || now.phase === 'starting') return [now.phase, t(`race.said.${now.phase}.${now.mode}`)];
  if (now.phase === 'finished') return ['finished', finished(now)];
  return [now.phase, `${t(`race.said.${now.phase}`, { epoch: grouped(now.epoch) })} ${standing(now)}`];
}

/** Why the failed ones failed: those that diverged together, any other for itself. @param {readonly Failed[]} lanes */
function failed(lanes) {
  const name = (/** @type {Failed} */ { racer }) => t(`common.pair.${racer.pair}`);
  const names = lanes.filter(({ run }) => diverged(run)).map(name);
  const others = lanes.filter(({ run }) => !diverged(run)).map((lane) => `${name(lane)}: ${whyFailed(lane.run)}`);
  return [...(names.length > 0 ? [t('race.said.failed', { names: names.join(', ') })] : []), ...others].join(' ');
}

/** @param {Told} now */
function standing({ mode, tracks, epoch }) {
  if (mode === 'networks') return '';
  const [quadratic, entropy] = tracks.map(({ a, factor }) => ({
    a: fixed(a?.[Math.min(epoch, a.length - 1)] ?? 0, 3),
    factor: fixed(factor[Math.min(epoch, factor.length - 1)] ?? 0, 3),
  }));
  return t('race.said.standing', { quadratic: quadratic.a, factor: quadratic.factor, entropy: entropy.a });
}

/** @param {Told} now */
function finished({ mode, tracks, length, hidden }) {
  const ordered = [...tracks].sort((one, other) => (one.half ?? Infinity) - (other.half ?? Infinity));
  const first = ordered[0];
  const last = ordered[ordered.length - 1];
  const name = (/** @type {Track} */ { racer }) => t(`common.pair.${racer.pair}`);
  const half = (/** @type {Track} */ { half }) => (half === null ? `> ${grouped(length)}` : grouped(half));
  const text = t('race.said.finished', { first: name(first), fast: half(first), last: name(last), slow: half(last) });
  return mode === 'networks' && hidden >= 5 ? `${text} ${t('race.said.hidden')}` : text;
}
