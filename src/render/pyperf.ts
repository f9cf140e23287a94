import { type CellState, indexCells, type MeasuredCell } from '../judge/cell-index.ts';
import { processValues } from '../judge/process-value.ts';
import type { Unit } from '../model/metric.ts';
import type { Run, RunContext } from '../model/run.ts';
import type { Runtime } from '../model/runtime.ts';
import { UserError } from '../model/user-error.ts';
import { runtimeColumns } from '../tables/columns.ts';
import { listedName } from '../tables/figure-list.ts';
import type { Exported } from './exported.ts';
import { singleLine } from './plain-text.ts';

/** pyperf's names for units; it has none for a quotient, and shows an integer's figure with all its digits. */
const units: Readonly<Record<Unit, string>> = { s: 'second', B: 'byte', count: 'integer', ratio: 'integer' };

/**
 * A benchmark suite of pyperf, file format 1.0: each cell by the metric that it is judged by, a run of one value for each
 * process. pyperf counts each value as independent, and values of one process are not; so the figure of the process is its
 * value, and the median is ours. What pyperf cannot know of a cell stands in its metadata, from which `compare` reads it
 * again.
 *
 * @throws UserError for a run without a figure that pyperf can hold: it reads no file without a benchmark
 */
export function renderPyperf(run: Run): Exported {
  const { states, results } = indexCells(run);
  const labels = new Map(runtimeColumns(results.runtimes).map(({ runtime, label }) => [runtime.id, label]));
  const runtimes = new Map(results.runtimes.map((runtime) => [runtime.id, runtime]));
  const benchmarks = new Map<string, object>();
  const omitted: string[] = [];
  for (const state of states.values()) {
    const { cell } = state;
    const name = singleLine(listedName(cell, labels.get(cell.runtime) ?? cell.runtime)).trim();
    const values = valuesOf(state, benchmarks.has(name));
    if (values.ok) benchmarks.set(name, benchmark(name, { ...values, runtime: runtimes.get(cell.runtime) }));
    else omitted.push(`${name} ${values.reason}`);
  }
  if (benchmarks.size === 0) throw nothingToHold(omitted);
  const document = { version: '1.0', metadata: suiteMetadata(results), benchmarks: [...benchmarks.values()] };
  return { text: `${JSON.stringify(document)}\n`, omitted };
}

function nothingToHold([first]: readonly string[]): UserError {
  const why = first === undefined ? 'no cell was measured.' : first;
  return new UserError(
    `The run cannot be exported for pyperf, which reads no file without a benchmark: ${why}`,
    'Export it as csv or junit, which name every cell.',
  );
}

interface MeasuredValues {
  readonly state: MeasuredCell;
  /** One for each process, above 0. */
  readonly values: readonly number[];
}

/** What pyperf can hold of a cell, or why it is left out. */
function valuesOf(
  state: CellState,
  isTaken: boolean,
): ({ readonly ok: true } & MeasuredValues) | { readonly ok: false; readonly reason: string } {
  if (state.status === 'broken') return { ok: false, reason: `has no figure: ${singleLine(state.message)}` };
  const values = processValues(state.processes, state.gate);
  if (values.length === 0) return { ok: false, reason: `has no figure: no process reported ${singleLine(state.gate.label)}.` };
  if (!values.every((value) => value > 0)) return { ok: false, reason: 'has a process with a figure of 0 or less, which pyperf refuses.' };
  return isTaken
    ? { ok: false, reason: 'has the name of another cell once what cannot be shown is replaced.' }
    : { ok: true, state, values };
}

function benchmark(name: string, { state, values, runtime }: MeasuredValues & { readonly runtime: Runtime | undefined }) {
  const { cell, gate, processes, workload } = state;
  const { id, title, source } = workload;
  const known = {
    cell,
    ...(runtime === undefined ? {} : { runtime: identityOf(runtime) }),
    workload: { id, title, source },
    metric: { id: gate.id, unit: gate.unit, better: gate.better },
    units: processes.units(0),
    values: processes.taken(0),
  };
  const metadata = {
    name,
    unit: units[gate.unit],
    ...(runtime === undefined ? {} : runtimeMetadata(runtime)),
    concurrency_cell: JSON.stringify(known),
  };
  return { metadata, runs: values.map((value) => ({ values: [value] })) };
}

/** What was said when its environment was made is of no use to whoever compares. */
function identityOf({ provenance: _provenance, wheels: _wheels, ...identity }: Runtime) {
  return identity;
}

/** Free-threaded builds say so where pyperf has the version from, in the same words as they. */
function runtimeMetadata({ python, implementation, freeThreaded }: Runtime) {
  return { python_version: freeThreaded ? `${python} free-threading build` : python, python_implementation: implementation };
}

function suiteMetadata({ machine, created, commit, runId }: RunContext) {
  const described = { cpu_model_name: singleLine(machine.cpuModel).trim(), platform: singleLine(machine.os).trim() };
  return {
    cpu_count: machine.cpus,
    ...Object.fromEntries(Object.entries(described).filter(([, words]) => words !== '')),
    concurrency_run: JSON.stringify({ created, commit, runId, machine }),
  };
}
