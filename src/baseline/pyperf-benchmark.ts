import type { z } from 'zod';
import type { Cell } from '../model/cell.ts';
import type { Unit } from '../model/metric.ts';
import type { RecordedWorkload } from '../model/results.ts';
import { type Runtime, runtimeId } from '../model/runtime.ts';
import { exportedCell, type PyperfSuite, pyperfUnit } from './pyperf-schema.ts';

type Metadata = ReadonlyMap<string, unknown>;

/** What stands for everything that a file does not say. */
export const unrecorded = 'not recorded';

/** A benchmark of pyperf as a cell. */
export interface PyperfBenchmark {
  readonly cell: Cell;
  readonly runtime: Runtime;
  readonly workload: RecordedWorkload;
  /** Id of the metric that its values are of. */
  readonly metric: string;
  /** Values by process, in the order of the file; at least one process, and at least one value each. */
  readonly processes: readonly (readonly number[])[];
  /** Units of work in one value. */
  readonly units: number;
  /** Whether a cell of this program was written into the file, and is read back. */
  readonly isOurs: boolean;
}

/** Reads one benchmark; null for one that measured nothing. `place` counts from 1. */
export function pyperfBenchmark(
  { metadata, runs }: PyperfSuite['benchmarks'][number],
  ofSuite: Metadata,
  place: number,
): PyperfBenchmark | null {
  const measured = runs.filter(({ values }) => values.length > 0);
  const [first] = measured;
  if (first === undefined) return null;
  const known = new Map([...ofSuite, ...metadata, ...first.metadata]);
  const processes = measured.map(({ values }) => values);
  return ourBenchmark(known, processes) ?? foreignBenchmark(known, processes, place);
}

function foreignBenchmark(known: Metadata, processes: readonly (readonly number[])[], place: number): PyperfBenchmark {
  const id = printable(textOf(known, 'name') ?? `benchmark ${place}`);
  const runtime = foreignRuntime(known);
  const metrics = { [foreignMetric]: { unit: unitOf(known), better: 'lower' } } as const;
  return {
    cell: { workload: id, model: 'sequential', runtime: runtime.id, params: '' },
    runtime,
    workload: { id, title: id, source: 'pyperf', metrics, gates: { sequential: foreignMetric } },
    metric: foreignMetric,
    processes,
    units: 1,
    isOurs: false,
  };
}

/** The id of the metric of a benchmark that another program measured: readers see it as its label. */
const foreignMetric = 'pyperf_value';

function unitOf(known: Metadata): Unit {
  const read = pyperfUnit.safeParse(known.get('unit') ?? 'second');
  return read.success ? unitNames[read.data] : 'count';
}

const unitNames: Readonly<Record<z.output<typeof pyperfUnit>, Unit>> = { second: 's', byte: 'B', integer: 'count' };

/** A build that runs without the global lock tells it by how it was configured. */
function foreignRuntime(known: Metadata): Runtime {
  const version = textOf(known, 'python_version') ?? unrecorded;
  const identity = {
    implementation: printable(textOf(known, 'python_implementation') ?? unrecorded),
    python: /^\d+\.\d+\.\d+\S*/.exec(version)?.[0] ?? printable(version),
    freeThreaded: version.includes('free-threading') || (textOf(known, 'python_config_args') ?? '').includes('--disable-gil'),
    build: unrecorded,
    packages: {},
  };
  return { ...identity, id: runtimeId(identity), source: 'pyperf' };
}

/** A process that took several values gave one figure, whatever the statistic: it stands for each of them. */
function ourBenchmark(known: Metadata, processes: readonly (readonly number[])[]): PyperfBenchmark | null {
  const read = exportedCell.safeParse(jsonOf(known.get('concurrency_cell')));
  if (!read.success || processes.some(({ length }) => length !== 1)) return null;
  const { cell, runtime, workload, metric, units, values } = read.data;
  if (cell.runtime !== runtime.id || cell.workload !== workload.id) return null;
  return {
    cell,
    runtime,
    workload: { ...workload, metrics: { [metric.id]: { unit: metric.unit, better: metric.better } }, gates: { [cell.model]: metric.id } },
    metric: metric.id,
    processes: processes.map(([figure = 0]) => new Array<number>(values).fill(figure)),
    units,
    isOurs: true,
  };
}

/** What a text of the metadata holds as JSON; undefined for any other. */
export function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string' || value.includes('__proto__')) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** A text of the metadata. */
export function textOf(known: Metadata, name: string): string | undefined {
  const value = known.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A name in one line of at most 200 characters. */
export function printable(text: string): string {
  return text
    .slice(0, 200)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '\ufffd');
}
