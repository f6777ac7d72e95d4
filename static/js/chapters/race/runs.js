// @ts-check
/**
 * Whole networks in one race: the same start, the same eta, one run on the server for each racer, followed and steered
 * together. Every time a run tells its parameters, how steep its cost is there is worked out here.
 */

import { derive, observable } from '../../kit/observable.js';
import { epochsToHalf } from '../../nn/neuron.js';
import { slopesOf } from '../../nn/slopes.js';
import { samplesOf } from '../../runs/datasets.js';
import { followed } from '../../runs/followed.js';
import { reach } from '../../runs/reach.js';
import { ask, Refusal } from '../../runs/server.js';
import { networksKey, RACERS, scaledStart } from './state.js';

/** @typedef {import('./state.js').Race} Race */
/** @typedef {import('./state.js').Racer} Racer */
/** @typedef {import('../../nn/slopes.js').Slopes} Slopes */
/** @typedef {import('../../nn/network.js').Parameters} Parameters */
/** @typedef {import('../../runs/run.js').Run} Run */
/** @typedef {{ racer: Racer, points: number[], slopes: Slopes[], half: number | null }} Entrant what is worked out of a run */
/** @typedef {Entrant & { run: Run }} Lane */
/** @typedef {'empty' | 'starting' | 'running' | 'paused' | 'finished' | 'failed'} Phase */

/** Epochs in a second: slow enough to be watched. */
export const PACE = 300;
const HIDDEN = [5];

/** @param {import('../../kit/observable.js').Watched<Race>} race */
export function raceRuns(race) {
  const lanes = observable(/** @type {Lane[]} */ ([]));
  const problem = observable('');
  const preparing = observable(false);
  const server = reach();
  /** @type {Entrant[]} */
  let entrants = [];
  /** @type {any} */
  let data = null;
  /** What was worked out of the races that were run here, by their key. @type {Map<string, { entrants: Entrant[], data: any }>} */
  const known = new Map();
  let returning = false;
  /** Runs whose every cost has been asked for. @type {Set<string>} */
  let settled = new Set();

  const failed = (/** @type {unknown} */ error) => {
    if (error instanceof Refusal) problem.value = error.message;
    else if (!server.lost(error)) throw error;
  };

  const going = followed(failed);
  going.runs.link((runs) => {
    runs.forEach((run, i) => {
      if (lanes.value[i]?.run === run) return;
      entrants[i] = noted(entrants[i], run, data);
      if (run.status === 'finished' && !settled.has(run.id)) settle(run, i).catch(failed);
    });
    lanes.value = runs.map((run, i) => ({ ...entrants[i], run }));
  });

  /** At the end the number is taken from every epoch's cost, not from those that were drawn. @param {Run} run @param {number} i */
  const settle = async (run, i) => {
    settled.add(run.id);
    const { cost } = await ask(`/api/runs/${run.id}/costs`);
    if (going.runs.value[i]?.id !== run.id) return;
    entrants[i] = { ...entrants[i], half: epochsToHalf(cost) };
    lanes.value = lanes.value.map((lane, k) => (k === i ? { ...lane, half: entrants[i].half } : lane));
  };

  const reset = () => {
    going.leave();
    problem.value = '';
    preparing.value = false;
  };

  /** @param {number} [held] the epoch where they pause at once, −1 for nowhere */
  const begin = async (held = -1) => {
    reset();
    preparing.value = true;
    const name = networksKey(race.value);
    try {
      const prepared = await going.look(() => startOf(race.value));
      if (prepared === null) return;
      const { spec, start, samples } = prepared;
      data = samples;
      settled = new Set();
      entrants = RACERS.map((racer) => ({ racer, points: [0], slopes: [slopesAt(racer, start, data)], half: null }));
      known.set(name, { entrants, data });
      const pace = held < 0 ? PACE : null;
      returning = held >= 0;
      const specs = RACERS.map(({ output, cost }) => ({ ...spec, output, cost, initialisation: start, pace }));
      const started = going.start(specs, { name, steps: held < 0 ? null : held });
      preparing.value = false;
      if (await started) server.well();
    } catch (error) {
      preparing.value = false;
      failed(error);
    }
  };

  going.phase.link((phase) => {
    // On the way to where they were paused they went as fast as they could.
    if (returning && phase === 'paused') going.pace(PACE);
    if (phase !== 'running' && phase !== 'starting' && phase !== 'queued') returning = false;
  });

  /** The race once more: as it finished here, or run anew as far as it had come. @param {number} held */
  const again = (held) => {
    const found = known.get(networksKey(race.value));
    if (found) {
      reset();
      ({ entrants, data } = found);
      if (going.recall(networksKey(race.value))) return;
    }
    begin(held);
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
    trouble: derive([going.trouble, server.trouble], (line, way) => line || way),
    delivery: going.delivery,
    phase: derive([going.phase, preparing], phaseOf),
    begin: () => begin(),
    again,
    reset,
    pause: going.pause,
    resume: going.resume,
    step: going.step,
  };
}

/** What all racers share, and where they start. @param {Race} race */
async function startOf(race) {
  const { dataset, seed, rate, length } = race;
  const spec = { dataset, seed, hidden: HIDDEN, initialisation: 'article', eta: rate, epochs: length };
  const samples = await samplesOf({ dataset });
  return { spec, samples, start: scaledStart(await ask('/api/start', { method: 'POST', body: spec }), race) };
}

/** @param {Racer} racer @param {Parameters} parameters @param {any} data */
const slopesAt = ({ output, cost }, parameters, data) => slopesOf(parameters, data, output, cost);

/** Keeps how steep it was where a run told its parameters. @param {Entrant} entrant @param {Run} run @param {any} data @returns {Entrant} */
function noted(entrant, run, data) {
  const half = entrant.half ?? epochsToHalf(run.y, run.x);
  const news = run.parameters !== null && run.epoch > (entrant.points.at(-1) ?? 0) && Number.isFinite(run.cost);
  if (!news || run.parameters === null) return { ...entrant, half };
  const slopes = [...entrant.slopes, slopesAt(entrant.racer, run.parameters, data)];
  return { ...entrant, half, points: [...entrant.points, run.epoch], slopes };
}

/** The race's own words for how things stand. @param {import('../../runs/followed.js').Phase} phase @param {boolean} preparing @returns {Phase} */
function phaseOf(phase, preparing) {
  if (preparing) return 'starting';
  if (phase === 'queued') return 'running';
  return phase === 'stopped' ? 'failed' : phase;
}
