import type { Machine } from '../model/machine.ts';
import { type RecordedWorkload, type Results, resultsSchema } from '../model/results.ts';
import type { MeasuredSample } from '../model/sample.ts';
import type { Warning } from '../model/warning.ts';
import { jsonOf, type PyperfBenchmark, printable, pyperfBenchmark, textOf, unrecorded } from './pyperf-benchmark.ts';
import { exportedRun, type PyperfSuite } from './pyperf-schema.ts';

/** The file that a suite was read from. */
export interface PyperfSource {
  /** Its name, for readers. */
  readonly file: string;
  /** When it was written, ISO 8601 in UTC: what counts where no run says when it was. */
  readonly written: string;
}

/** A suite as results, or the sentence that says why it is none. */
export type PyperfResults = { readonly ok: true; readonly results: Results } | { readonly ok: false; readonly reason: string };

/**
 * A suite of pyperf as results to be compared: a benchmark is a cell, a run with values is a process. What pyperf does not
 * record is said to be so, and told in a warning; nothing is guessed in silence.
 */
export function pyperfResults(suite: PyperfSuite, source: PyperfSource): PyperfResults {
  const read = suite.benchmarks.map((each, index) => pyperfBenchmark(each, suite.metadata, index + 1));
  const benchmarks = read.filter((each) => each !== null);
  if (benchmarks.length === 0) return { ok: false, reason: 'It is a pyperf file without a measured value.' };
  const twice = repeatedName(benchmarks);
  if (twice !== undefined) return { ok: false, reason: `It is a pyperf file with two benchmarks called ${twice}.` };
  const context = runContext(suite, source);
  return {
    ok: true,
    results: {
      ...{ schema: resultsSchema, kind: 'results', shard: null, seed: 0, unavailable: [], refused: [], leftOut: [], comparison: null },
      ...context,
      runtimes: [...new Map(benchmarks.map(({ runtime }) => [runtime.id, runtime])).values()],
      workloads: workloadsOf(benchmarks),
      samples: benchmarks.flatMap(samplesOf),
      warnings: warningsOf(benchmarks, read.length - benchmarks.length, source),
      partial: false,
      pooled: true,
    },
  };
}

function repeatedName(benchmarks: readonly PyperfBenchmark[]): string | undefined {
  const seen = new Set<string>();
  for (const { cell, workload } of benchmarks) {
    const name = JSON.stringify([cell.workload, cell.params, cell.model, cell.runtime]);
    if (seen.has(name)) return workload.id;
    seen.add(name);
  }
  return undefined;
}

/** The cells of one workload come as benchmarks of their own, each with its model. */
function workloadsOf(benchmarks: readonly PyperfBenchmark[]): readonly RecordedWorkload[] {
  const byId = Map.groupBy(benchmarks, ({ workload }) => workload.id);
  return [...byId.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const merged = <T>(pick: (workload: RecordedWorkload) => Readonly<Record<string, T>>) =>
      Object.fromEntries(group.flatMap(({ workload }) => Object.entries(pick(workload))));
    return [{ ...first.workload, metrics: merged(({ metrics }) => metrics), gates: merged(({ gates }) => gates) }];
  });
}

function samplesOf({ cell, metric, processes, units }: PyperfBenchmark): readonly MeasuredSample[] {
  return processes.map((values, round) => ({
    status: 'measured',
    cell,
    round,
    values: { [metric]: values },
    // pyperf runs no calibration loop: one that took no time says nothing of the machine's speed.
    calibration: values.map(() => 0),
    units,
    ideal: null,
    phases: { total: 0, startup: 0, peers: 0, measured: 0 },
  }));
}

type RunIdentity = Pick<Results, 'created' | 'commit' | 'runId' | 'machine'>;

function runContext({ metadata, benchmarks }: PyperfSuite, { file, written }: PyperfSource): RunIdentity {
  const ours = exportedRun.safeParse(jsonOf(metadata.get('concurrency_run')));
  if (ours.success) return ours.data;
  const runs = benchmarks.flatMap((each) => each.runs.map((run) => new Map([...metadata, ...each.metadata, ...run.metadata])));
  const dates = runs.flatMap((known) => utcOf(textOf(known, 'date')) ?? []);
  return {
    created: dates.toSorted()[0] ?? written,
    commit: null,
    runId: printable(`of pyperf in ${file}`),
    machine: machineOf(runs[0] ?? metadata),
  };
}

/** "2026-01-31 10:00:00.123456": the clock of the machine it was measured on, whose time zone pyperf does not record. */
function utcOf(date: string | undefined): string | null {
  const time = Date.parse(`${date?.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function machineOf(known: ReadonlyMap<string, unknown>): Machine {
  const cpus = known.get('cpu_count');
  return {
    runnerClass: printable(textOf(known, 'hostname') ?? unrecorded),
    os: printable(textOf(known, 'platform') ?? unrecorded),
    kernel: unrecorded,
    arch: unrecorded,
    cpuModel: printable(textOf(known, 'cpu_model_name') ?? unrecorded),
    cpus: Number.isSafeInteger(cpus) && typeof cpus === 'number' && cpus > 0 ? cpus : 1,
    memoryBytes: 1,
    peerPython: unrecorded,
  };
}

function warningsOf(benchmarks: readonly PyperfBenchmark[], empty: number, { file }: PyperfSource): readonly Warning[] {
  const foreign = benchmarks.filter(({ isOurs }) => !isOurs);
  if (foreign.length === 0 && empty === 0) return [];
  const withoutPython = foreign.filter(({ runtime }) => runtime.python === unrecorded).length;
  const mostValues = foreign.flatMap(({ processes }) => processes).reduce((most, { length }) => Math.max(most, length), 0);
  return [{ code: 'pyperf file', file: printable(file), benchmarks: foreign.length, withoutPython, empty, mostValues }];
}
