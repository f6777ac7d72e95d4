// @ts-check
/**
 * Training, live: cost and accuracy on the training data and on images that are held out, which digits are mixed up, the
 * worst mistakes, and what seven held-out images get as the epochs go by.
 */

import { html, say, set } from '../../figures/dom.js';
import { svg } from '../../figures/svg.js';
import { fixed, grouped, percent, short } from '../../kit/format.js';
import { t } from '../../kit/i18n.js';
import { whyFailed } from '../../kit/refusals.js';
import { once } from '../../runs/files.js';
import { followed } from '../../runs/followed.js';
import { newest } from '../../runs/newest.js';
import { reach } from '../../runs/reach.js';
import { ask, Refusal } from '../../runs/server.js';
import { troubleWords } from '../../runs/trouble.js';
import { paintPixels } from './pixels.js';

/** @typedef {{ index: number, label: number, answer: number, cost: number, a: number[] }} Mistake */
/** @typedef {{ epoch: number, accuracy: number, cost: number, samples: number, confusion: number[][], worst: Mistake[], a: number[][], training_accuracy: number }} Seen */

/** @typedef {{ id: string, epoch: number, dataset: string }} Exam a run's epoch that is to be examined */

const FOLLOWED = 7;
const WORST = 8;
const [WIDTH, HEIGHT] = [220, 70];

/**
 * @param {HTMLElement} element
 * @param {(parameters: import('../../nn/network.js').Parameters) => void} learnt called with the network of every message
 */
export function digitTraining(element, learnt) {
  const imageAt = imagesOf();
  const find = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  let dataset = '';
  let asked = -1;
  /** @type {Seen[]} */
  let course = [];
  /** @type {{ x: number[][], y: number[] } | null} */
  let images = null;
  /** @type {import('../../runs/run.js').Run | undefined} */
  let before;

  const failed = (/** @type {unknown} */ error) => {
    if (error instanceof Refusal) say(find('state'), error.message);
    else if (server.lost(error)) sayRun();
    else throw error;
  };
  const server = reach();
  const going = followed(failed);

  const exams = newest(
    async (/** @type {Exam} */ { id, epoch, dataset: name }) => {
      images ??= await ask(`/api/datasets/${name}/held-out?stop=${FOLLOWED}`);
      return /** @type {Promise<Seen>} */ (ask(`/api/runs/${id}/held-out?epoch=${epoch}&shown=${FOLLOWED}`));
    },
    {
      found: (seen) => {
        server.well();
        course = [...course.filter(({ epoch }) => epoch < seen.epoch), seen];
        paintSeen(seen);
      },
      failed: (error) => {
        // No state is recorded yet, or the record has given way: the run itself says how it stands.
        if (!(error instanceof Refusal && error.status !== 429 && error.status !== 503)) failed(error);
      },
    },
  );

  const examine = (/** @type {import('../../runs/run.js').Run} */ run) => {
    if (dataset === '' || run.x.length === 0 || run.epoch === asked) return;
    asked = run.epoch;
    exams.want({ id: run.id, epoch: run.epoch, dataset });
  };

  const paintSeen = (/** @type {Seen} */ seen) => {
    say(
      find('held-out'),
      t('digits.held.words', { right: percent(seen.accuracy), n: grouped(seen.samples), cost: short(seen.cost, 3) }),
    );
    set(find('held-out'), { 'data-accuracy': String(seen.accuracy), 'data-epoch': String(seen.epoch) });
    find('confusion').replaceChildren(...confusionRows(seen.confusion));
    find('followed').replaceChildren(
      ...(images?.y ?? []).map((label, n) => followedItem(images?.x[n] ?? [], label, n, course)),
    );
    paintWorst(seen.worst.slice(0, WORST)).catch(failed);
  };

  const paintWorst = async (/** @type {Mistake[]} */ worst) => {
    const rows = await going.look(() => Promise.all(worst.map(({ index }) => imageAt(`${dataset} ${index}`))));
    if (rows !== null) find('worst').replaceChildren(...worst.map((one, n) => mistakeItem(one, rows[n])));
  };

  let told = '';
  /** How the run stands, and what is in the way of it. */
  const sayRun = () => {
    const trouble = troubleWords(going.trouble.value || server.trouble.value, going.delivery.value);
    const [run] = going.runs.value;
    const stands = run && (run.status === 'failed' ? whyFailed(run) : t('digits.run.words', valuesOf(run)));
    const words = trouble ? `${trouble} ${t('digits.offline')}` : (stands ?? t('digits.run.none'));
    say(find('state'), words);
    // Aloud only what is new of it, not every message's numbers.
    const mood = `${trouble} ${run?.status}`;
    if (mood !== told && told !== '') say(/** @type {Element} */ (document.getElementById('live')), words);
    told = mood;
  };
  for (const source of [going.trouble, going.delivery, server.trouble]) source.link(sayRun);

  const paintRun = (/** @type {import('../../runs/run.js').Run} */ run) => {
    sayRun();
    set(element, { 'data-status': run.status });
    const most = Math.max(...run.y, 1e-9);
    const last = Math.max(1, Number(run.spec.epochs ?? run.epoch));
    const points = run.x.map(
      (epoch, n) => `${((WIDTH * epoch) / last).toFixed(1)},${(HEIGHT - (HEIGHT * run.y[n]) / most).toFixed(1)}`,
    );
    find('course').replaceChildren(svg('polyline', { points: points.join(' ') }));
    find('course').setAttribute('aria-label', t('digits.run.words', valuesOf(run)));
  };

  going.runs.link(([run]) => {
    if (run !== undefined) {
      paintRun(run);
      if (run.parameters && run.parameters !== before?.parameters) learnt(run.parameters);
      examine(run);
    }
    before = run;
  });

  const stop = () => {
    going.leave();
    exams.forget();
    element.dataset.status = 'empty';
  };

  return {
    /** @param {Record<string, any>} spec @param {string} name of the data set whose held-out images it is asked about; '' for none */
    async start(spec, name) {
      stop();
      [dataset, course, asked, images] = [name, [], -1, null];
      try {
        if (await going.start([spec])) server.well();
      } catch (error) {
        failed(error);
      }
    },
    stop,
    /**
     * What was asked for a training; null where it could not be had, and then it is said.
     * @template T
     * @param {Promise<T>} asking
     * @returns {Promise<T | null>}
     */
    async tried(asking) {
      try {
        return await asking;
      } catch (error) {
        failed(error);
        return null;
      }
    },
  };
}

/** @param {import('../../runs/run.js').Run} run */
function valuesOf(run) {
  return {
    epoch: run.epoch,
    epochs: run.spec.epochs ?? '',
    cost: run.cost === null ? '–' : short(run.cost, 4),
    right: run.accuracy === null ? '–' : percent(run.accuracy),
  };
}

/** @param {number[][]} confusion [label][answer] */
function confusionRows(confusion) {
  const most = Math.max(...confusion.flatMap((row, k) => row.filter((_, i) => i !== k)), 1);
  const head = html(
    'tr',
    {},
    html('td', { title: t('digits.confusion.axes') }, '↓ →'),
    ...confusion.map((_, k) => html('th', { scope: 'col' }, String(k))),
  );
  const rows = confusion.map((row, k) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, String(k)),
      ...row.map((count, i) => {
        const cell = html('td', { 'data-sign': i === k || count === 0 ? '' : '+' }, count === 0 ? '' : String(count));
        if (i !== k && count > 0) cell.style.setProperty('--share', Math.min(1, count / most).toFixed(2));
        return cell;
      }),
    ),
  );
  return [html('caption', { class: 'unseen' }, t('digits.confusion.axes')), html('tbody', {}, head, ...rows)];
}

/** @param {readonly number[]} x @param {string} words */
function picture(x, words) {
  const canvas = html('canvas', { role: 'img', 'aria-label': words });
  paintPixels(canvas, x);
  return canvas;
}

/** @param {readonly number[]} x @param {number} label @param {number} n @param {readonly Seen[]} course */
function followedItem(x, label, n, course) {
  const last = Math.max(1, course.length - 1);
  const points = course.map(({ a }, at) => `${((60 * at) / last).toFixed(1)},${(24 - 24 * a[n][label]).toFixed(1)}`);
  const now = course.at(-1)?.a[n] ?? [];
  const answer = now.indexOf(Math.max(...now));
  const line = svg('svg', { viewBox: '0 0 60 24', 'aria-hidden': 'true' }, [
    svg('polyline', { points: points.join(' ') }),
  ]);
  const words = t('digits.followed.words', { label, answer, a: fixed(now[label] ?? 0, 2) });
  return html(
    'li',
    { 'data-right': String(answer === label), title: words },
    picture(x, words),
    line,
    html('small', {}, `a${label} ${fixed(now[label] ?? 0, 2)}`),
  );
}

/** @param {Mistake} mistake @param {readonly number[]} x */
function mistakeItem({ label, answer, a }, x) {
  const words = t('digits.worst.words', { label, answer, a: fixed(a[answer], 2) });
  return html('li', {}, picture(x, words), html('small', {}, `${label} → ${answer}`));
}

/** Held-out images, each asked for once, by "data set index". */
function imagesOf() {
  return once(async (/** @type {string} */ name) => {
    const [dataset, index] = name.split(' ');
    const { x } = await ask(`/api/datasets/${dataset}/held-out?start=${index}&stop=${Number(index) + 1}`);
    return /** @type {number[]} */ (x[0]);
  });
}
