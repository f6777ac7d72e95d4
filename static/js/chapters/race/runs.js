// @ts-check
/**
 * Whole networks in one race: the same start, the same eta, one run on the server for each racer, followed and steered
 * together. Every time a run tells its parameters, how steep its cost is there is worked out here.
 */

import { derive, observable } from '../../kit/observable.js';
import { epochsToHalf } from '../../nn/neuron.js';
import { slopesOf } from '../../nn/slopes.js';
import { knocking } from '../../runs/knock.js';
import { follow, isOver } from '../../runs/run.js';
import { ask, Refusal, Unreachable } from '../../runs/server.js';
import { letGo, samplesOf } from '../../runs/taking.js';
import { networksKey, RACERS, scaledStart } from './state.js';

/** @typedef {import('./state.js').Race} Race */
/** @typedef {import('./state.js').Racer} Racer */
/** @typedef {import('../../nn/slopes.js').Slopes} Slopes */
/** @typedef {import('../../runs/run.js').Run} Run */
/** @typedef {{ racer: Racer, run: Run, points: number[], slopes: Slopes[], half: number | null }} Lane */
/** @typedef {'empty' | 'starting' | 'running' | 'paused' | 'finished' | 'failed'} Phase */
/** @typedef {{ racer: Racer, followed: ReturnType<typeof follow>, points: number[], slopes: Slopes[], half: number | null }} Entrant */

/** Epochs in a second: slow enough to be watched. */
export const PACE = 300;
const HIDDEN = [5];

/** @param {import('../../kit/observable.js').Watched<Race>} race */
export function raceRuns(race) {
  const lanes = observable(/** @type {Lane[]} */ ([]));
  const problem = observable('');
  const offline = observable(false);
  const starting = observable(false);
  const knock = knocking();
  /** @type {Entrant[]} */
  let entrants = [];
  /** @type {any} */
  let data = null;
  let beginning = 0;

  const failed = (/** @type {unknown} */ error) => {
    if (error instanceof Refusal) problem.value = error.message;
    else if (error instanceof Unreachable) {
      offline.value = true;
      knock.until(() => {
        offline.value = false;
      });
    } else throw error;
  };

  const show = () => {
    lanes.value = entrants.map(({ followed, ...entrant }) => ({ ...entrant, run: followed.run.value }));
    const lost = lanes.value.some(({ run }) => run.connection === 'lost' && !isOver(run.status));
    if (lost || !lanes.value.some(({ run }) => run.connection === 'connecting')) offline.value = lost;
  };

  /** @param {Entrant} entrant */
  const attend = (entrant) => {
    entrant.followed.run.link((run) => {
      if (!entrants.includes(entrant)) return;
      note(entrant, run, data);
      if (run.status === 'finished' && run.x.length > 0) settle(entrant).then(show, failed);
      show();
    });
  };

  const each = (/** @type {(one: Entrant['followed']) => void} */ act) => {
    for (const { followed } of entrants) if (!isOver(followed.run.value.status)) act(followed);
  };
  const release = () => each(({ run }) => letGo(run.value.id));
  addEventListener('pagehide', release);

  const reset = () => {
    beginning += 1;
    release();
    for (const { followed } of entrants) followed.leave();
    entrants = [];
    problem.value = '';
    starting.value = false;
    show();
  };

  const begin = async () => {
    reset();
    const mine = beginning;
    const wanted = race.value;
    starting.value = true;
    try {
      const spec = specOf(wanted);
      data = await samplesOf({ dataset: wanted.dataset });
      const start = scaledStart(await ask('/api/start', { method: 'POST', body: spec }), wanted);
      const bodies = RACERS.map(({ output, cost }) => ({ ...spec, output, cost, initialisation: start, pace: PACE }));
      const documents = await Promise.all(bodies.map((body) => ask('/api/runs', { method: 'POST', body })));
      if (mine !== beginning) {
        for (const { id } of documents) letGo(id);
        return;
      }
      offline.value = false;
      entrants = documents.map((document, i) => entrant(RACERS[i], document, start, data));
      for (const one of entrants) attend(one);
    } catch (error) {
      if (mine === beginning) failed(error);
    }
    if (mine === beginning) starting.value = false;
  };

  let key = networksKey(race.value);
  race.link((now) => {
    if (networksKey(now) === key) return;
    key = networksKey(now);
    reset();
  });

  return {
    lanes,
    problem,
    offline,
    phase: derive([lanes, starting], phaseOf),
    begin,
    reset,
    pause: () => each((one) => one.pause()),
    resume: () => each((one) => one.resume()),
    /** @param {number} epochs */
    step: (epochs) => each((one) => one.step(epochs)),
  };
}

/** What all racers share. @param {Race} race */
function specOf({ dataset, seed, rate, length }) {
  return { dataset, seed, hidden: HIDDEN, initialisation: 'article', eta: rate, epochs: length };
}

/** @param {Racer} racer @param {import('../../nn/network.js').Parameters} parameters @param {any} data */
const slopesAt = ({ output, cost }, parameters, data) => slopesOf(parameters, data, output, cost);

/** @param {Racer} racer @param {any} document @param {import('../../nn/network.js').Parameters} start @param {any} data @returns {Entrant} */
function entrant(racer, document, start, data) {
  const followed = follow(document, () => false);
  return { racer, followed, points: [0], slopes: [slopesAt(racer, start, data)], half: null };
}

/** Keeps how steep it was where a run told its parameters. @param {Entrant} entrant @param {Run} run @param {any} data */
function note(entrant, run, data) {
  if (run.parameters !== null && run.epoch > (entrant.points.at(-1) ?? 0) && Number.isFinite(run.cost)) {
    entrant.points = [...entrant.points, run.epoch];
    entrant.slopes = [...entrant.slopes, slopesAt(entrant.racer, run.parameters, data)];
  }
  entrant.half ??= epochsToHalf(run.y, run.x);
}

/** At the end the number is taken from every epoch's cost, not from those that were drawn. @param {Entrant} entrant */
async function settle(entrant) {
  const { cost } = await ask(`/api/runs/${entrant.followed.run.value.id}/costs`);
  entrant.half = epochsToHalf(cost);
}

/** @param {Lane[]} lanes @param {boolean} starting @returns {Phase} */
function phaseOf(lanes, starting) {
  if (starting) return 'starting';
  if (lanes.length === 0) return 'empty';
  const statuses = lanes.map(({ run }) => run.status);
  if (statuses.includes('running') || statuses.includes('queued')) return 'running';
  if (statuses.includes('paused')) return 'paused';
  return statuses.includes('finished') ? 'finished' : 'failed';
}
