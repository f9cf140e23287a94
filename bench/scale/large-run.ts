import { concurrencyModels } from '../../src/model/concurrency-model.ts';
import type { Results } from '../../src/model/results.ts';
import { type Runtime, runtimeId } from '../../src/model/runtime.ts';
import type { MeasuredSample } from '../../src/model/sample.ts';
import type { Shard } from '../../src/model/shard.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { resultsDocument } from '../../test/fixtures/results-document.ts';

const processes = 5;
const valuesEach = 5;
const cellsEach = 1000;

/** Metrics that a worker reports of a cell, with a plausible size in base units. */
const figures: Readonly<Record<string, number>> = {
  wall_per_unit: 2e-5,
  overhead_per_unit: 3e-6,
  cpu_per_unit: 1.5e-5,
  latency_p50: 4e-4,
  latency_p99: 9e-4,
  latency_max: 2e-3,
  loop_lag_p99: 1e-4,
  loop_lag_max: 4e-4,
  overlap: 12,
  cpu_per_wall: 0.98,
  peak_threads: 8,
  peak_rss: 4e7,
  memory_per_unit: 2e4,
  voluntary_switches_per_unit: 1.02,
  involuntary_switches_per_unit: 0.03,
};

/**
 * A run of that many cells as the shards of a plan deliver it: one part for each thousand of them, each on a Python of its
 * own. `run` tells its commit, its time and its noise.
 */
export function largeRun(cells: number, run: number): readonly Results[] {
  const runtimes = Array.from({ length: Math.ceil(cells / cellsEach) }, (_, index) => runtimeOf(index));
  return runtimes.map((runtime, index) => {
    const places = Array.from({ length: Math.min(cellsEach, cells - index * cellsEach) }, (_, at) => placeOf(at, runtime));
    const workloads = [...new Set(places.map(({ workload }) => workload))];
    const pythons = runtimes.map(({ python }) => [python, 1] as const);
    const shard = { run: `large-${run}`, index: index + 1, pythons, workloads, cells };
    return partOf(places, { run, runtime, shard });
  });
}

interface PartOf {
  readonly run: number;
  readonly runtime: Runtime;
  readonly shard: Shard;
}

function partOf(places: readonly MeasuredSample['cell'][], { run, runtime, shard }: PartOf): Results {
  const random = seededRandom(`large ${run} ${shard.index}`);
  return {
    ...resultsDocument(),
    created: new Date(Date.UTC(2026, 0, 1 + run)).toISOString(),
    commit: run.toString(16).padStart(40, '0'),
    runId: shard.run,
    shard,
    seed: run,
    runtimes: [runtime],
    unavailable: [],
    refused: [],
    leftOut: [],
    warnings: [],
    workloads: shard.workloads.map((id) => ({
      ...{ id, title: `The workload ${id}`, source: id.padEnd(64, '0'), metrics: {} },
      gates: Object.fromEntries(concurrencyModels.map((model) => [model, 'wall_per_unit'])),
    })),
    samples: Array.from({ length: processes }, (_, round) => places.map((cell, index) => sampleOf(cell, { round, index, random }))).flat(),
  };
}

function runtimeOf(index: number): Runtime {
  const [document] = resultsDocument().runtimes;
  if (document === undefined) throw new Error('the fixture has no runtime');
  const identity = { ...document, python: `3.13.${index}` };
  return { ...identity, id: runtimeId(identity) };
}

function placeOf(index: number, runtime: Runtime): MeasuredSample['cell'] {
  const model = concurrencyModels[index % concurrencyModels.length] ?? 'threads';
  return { workload: `workload_${Math.floor(index / concurrencyModels.length)}`, model, runtime: runtime.id, params: '' };
}

interface Draw {
  readonly round: number;
  readonly index: number;
  readonly random: () => number;
}

function sampleOf(cell: MeasuredSample['cell'], { round, index, random }: Draw): MeasuredSample {
  const noisy = (value: number) => value * (1 + (index % 7)) * (1 + 0.03 * (random() + random() - 1));
  const values = Object.entries(figures).map(([id, value]) => [id, Array.from({ length: valuesEach }, () => noisy(value))] as const);
  return {
    ...{ status: 'measured', cell, round, units: 1000, ideal: null },
    values: Object.fromEntries(values),
    calibration: Array.from({ length: valuesEach }, () => 0.01 * (1 + 0.01 * random())),
    phases: { total: 0.5, startup: 0.1, peers: 0, measured: 0.3 },
  };
}
