import { type Results, resultsSchema } from '../model/results.ts';
import type { FiguredRun } from '../model/run.ts';
import type { CellTables } from './cell-tables.ts';
import type { Read } from './json-text.ts';
import { type ColumnedLine, encodeLine, type WrittenLine } from './line-codec.ts';
import { rowsOf } from './stored-rows.ts';
import { StoredRunCells } from './stored-run-cells.ts';
import type { ContextLine } from './stored-run-schema.ts';

/** A run and the lines it refers to. */
export interface EncodedRun {
  readonly run: WrittenLine;
  readonly contexts: readonly WrittenLine[];
}

/**
 * Writes a run of one runtime as the lines of a baseline file.
 *
 * @param run condensed: every value of a process is its figure, and only the first process of a cell has other metrics
 * @throws RangeError for one that is not
 */
export function encodeRun(run: Results): EncodedRun {
  const [runtime, ...others] = run.runtimes;
  if (runtime === undefined || others.length > 0) throw new RangeError(`a stored run has one runtime, not ${run.runtimes.length}`);
  const machine = encodeLine({ kind: 'machine', machine: run.machine });
  const ofRuntime = encodeLine({ kind: 'runtime', runtime });
  const absences = encodeLine({ kind: 'absences', refused: run.refused, leftOut: run.leftOut });
  const workloads = run.workloads.map((workload) => encodeLine({ kind: 'workload', workload }));
  const { runId, created, commit, seed, shard } = run;
  const named = { machine: machine.id, runtime: ofRuntime.id, workloads: workloads.map(({ id }) => id), absences: absences.id };
  const line = encodeLine({ kind: 'run', runId, created, commit, seed, shard, ...named, ...rowsOf(run) });
  return { run: line, contexts: [machine, ofRuntime, absences, ...workloads] };
}

/** The ids of the lines that a run refers to. */
export function referencesOf({ machine, runtime, absences, workloads }: ColumnedLine): readonly string[] {
  return [machine, runtime, absences, ...workloads];
}

/** Lines that runs refer to, by id. */
export type Contexts = ReadonlyMap<string, ContextLine>;

/** Puts a run together with the lines it refers to, or says which of them is not there. */
export function decodeRun(line: ColumnedLine, contexts: Contexts, tables: CellTables): Read<FiguredRun> {
  const machine = contextOf(contexts, line.machine, 'machine');
  const runtime = contextOf(contexts, line.runtime, 'runtime');
  const absences = contextOf(contexts, line.absences, 'absences');
  const workloads = line.workloads.map((id) => contextOf(contexts, id, 'workload')).filter((each) => each !== null);
  if (machine === null || runtime === null || absences === null || workloads.length < line.workloads.length) {
    return { ok: false, reason: `It refers to ${missingOf(line, contexts)}, which no line of the file holds that can be read.` };
  }
  const described = workloads.map(({ workload }) => workload);
  const cells = StoredRunCells.of(line, tables.of(line, { workloads: described, runtime: runtime.runtime.id }));
  if (cells === null)
    return {
      ok: false,
      reason: 'It is not a line of a baseline: it holds a cell twice, or one names a workload or metrics that it does not have.',
    };
  const { runId, created, commit, seed, shard } = line;
  const { refused, leftOut } = absences;
  const about = { schema: resultsSchema, kind: 'results', created, commit, runId, shard, seed } as const;
  const nothing = { unavailable: [], warnings: [], comparison: null, partial: false };
  const measuredOn = { machine: machine.machine, runtimes: [runtime.runtime], workloads: described };
  return { ok: true, value: { ...about, ...measuredOn, refused, leftOut, cells, ...nothing } };
}

type ContextOf<Kind extends ContextLine['kind']> = Extract<ContextLine, { readonly kind: Kind }>;

function contextOf<Kind extends ContextLine['kind']>(contexts: Contexts, id: string, kind: Kind): ContextOf<Kind> | null {
  const line = contexts.get(id);
  return line !== undefined && isOfKind(line, kind) ? line : null;
}

function isOfKind<Kind extends ContextLine['kind']>(line: ContextLine, kind: Kind): line is ContextOf<Kind> {
  return line.kind === kind;
}

function missingOf(line: ColumnedLine, contexts: Contexts): string {
  const workloads = line.workloads.map((id) => ['workload', id] as const);
  const wanted = [['machine', line.machine], ['runtime', line.runtime], ['absences', line.absences], ...workloads] as const;
  const [kind, id] = wanted.find(([each, named]) => contextOf(contexts, named, each) === null) ?? ['nothing', ''];
  return `${kind} ${id}`;
}
