import { type Cell, cellId } from '../model/cell.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { metricOf } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import { type Runtime, runtimeId } from '../model/runtime.ts';
import type { BrokenSample, MeasuredSample } from '../model/sample.ts';
import type { PairsOutcome, SamplePair } from '../model/sample-pair.ts';
import { seededRandom } from '../stats/random.ts';
import { defaultDesign } from './confirm-design.ts';
import { defaultThreshold } from './threshold.ts';

/** How fixture pairs come to be. */
export interface PairsRecipe {
  /** ln(head / base) of the metric. */
  readonly effect?: number;
  /** Standard deviation of a process value's logarithm that the calibration loop does not see. */
  readonly noise?: number;
  /** Of the speed of the machine, which the loop sees too. */
  readonly speed?: number;
  readonly count?: number;
  readonly metric?: string;
  readonly model?: ConcurrencyModel;
}

/** A runtime of that uvloop. */
export function pairRuntime(uvloop: string, build = '1a2b3c4d'): Runtime {
  const identity = { implementation: 'cpython', python: '3.13.0', freeThreaded: false, build, packages: { uvloop } };
  return { ...identity, id: runtimeId(identity), source: 'pyenv' };
}

/** A suspect of that name, judged by that metric. */
export function pairSuspect(workload: string, part: Partial<PairSuspect> & Pick<PairsRecipe, 'model'> = {}): PairSuspect {
  const runtime = pairRuntime('0.22.1');
  const cell: Cell = { workload, model: part.model ?? 'asyncio', runtime: runtime.id, params: '' };
  const metric = metricOf('wall_per_unit');
  const { model: _, ...rest } = part;
  return { id: cellId(cell), cell, runtimes: { base: runtime, head: runtime }, metric, sourceDiffers: false, ...rest };
}

/** One process that reported `value` throughout. */
export function pairSample(value: number, { loop = 0.01, metric = 'wall_per_unit', units = 1 } = {}): MeasuredSample {
  const cell: Cell = { workload: 'w', model: 'asyncio', runtime: 'r', params: '' };
  const phases = { total: 1, startup: 0.1, peers: 0, measured: 0.5 };
  return {
    ...{ status: 'measured', cell, round: 0, units, ideal: null, phases },
    values: { [metric]: [value, value * 1.5] },
    calibration: [loop, loop * 1.5],
  };
}

/** Pairs of a cell, the same for the same seed. */
export function samplePairs(seed: string, recipe: PairsRecipe = {}): readonly SamplePair[] {
  const { effect = 0, noise = 0.02, speed = 0.005, count = 40, metric = 'wall_per_unit' } = recipe;
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const sample = (center: number) => {
    const shared = speed * normal();
    return pairSample(0.002 * Math.exp(center + shared + noise * normal()), { loop: 0.01 * Math.exp(shared), metric });
  };
  return Array.from({ length: count }, () => ({ base: sample(0), head: sample(effect) }));
}

/** A process that broke. */
export function brokenSample(message: string): BrokenSample {
  const { cell, round } = pairSample(1);
  return { status: 'broken', cell, round, kind: 'wrong result', message, output: '' };
}

/** The outcome of three complete looks at these pairs, by suspect. */
export function pairsOutcome(pairs: Readonly<Record<string, readonly SamplePair[]>>, part: Partial<PairsOutcome> = {}): PairsOutcome {
  const measured = new Map(Object.entries(pairs));
  const processes = [...measured.values()].flat().length * 2;
  return { pairs: measured, broken: new Map(), looksTaken: 3, processes, endedBy: 'schedule', ...part };
}

/** The default rules. */
export const pairRules = { design: defaultDesign, threshold: defaultThreshold };
