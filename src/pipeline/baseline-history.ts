import type { BaselineFiles } from '../baseline/baseline-files.ts';
import { baselineStore } from '../baseline/baseline-store.ts';
import { machineFingerprint } from '../baseline/fingerprint.ts';
import type { BaselineFault } from '../baseline/verify.ts';
import type { Options } from '../config/options.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { shiftsOf } from '../judge/history-shifts.ts';
import { thresholdFor } from '../judge/threshold.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { cellId } from '../model/cell.ts';
import { type CommitHistory, mostCommits } from '../model/commit-history.ts';
import type { Machine } from '../model/machine.ts';
import { matchesPattern } from '../model/name-pattern.ts';
import type { Run } from '../model/run.ts';
import { UserError } from '../model/user-error.ts';
import { gitHistory } from '../sides/ancestry.ts';
import { type CellHistoryTable, cellHistories } from '../tables/cell-history.ts';
import { type RuntimeColumn, runtimeColumns } from '../tables/columns.ts';
import { type ShiftTable, shiftTable } from '../tables/shifts.ts';
import { pairRules } from './rules.ts';
import { readRecords } from './stored-records.ts';
import type { Surroundings } from './surroundings.ts';

/** The stored runs of one kind of machine. */
export interface MachineHistory {
  /** Of the newest run. */
  readonly machine: Machine;
  readonly columns: readonly RuntimeColumn[];
  /** Distinct runs. */
  readonly runs: number;
  readonly shifts: ShiftTable;
  /** Of the cells that were asked for; empty where all were. */
  readonly cells: readonly CellHistoryTable[];
}

/** What a baseline says of the base branch over time. */
export interface ShownBaseline {
  /** The machines with the newest runs first. */
  readonly machines: readonly MachineHistory[];
  readonly accepted: readonly AcceptedShift[];
  readonly faults: readonly BaselineFault[];
}

interface Place {
  readonly options: Options;
  readonly surroundings: Pick<Surroundings, 'signal'>;
  readonly folder: string;
  readonly repository: { historyOf(commit: string): Promise<CommitHistory> } | null;
}

/**
 * Looks through the whole baseline for lasting changes of level, and at single cells where a pattern names them. Whatever
 * is named, all cells count as looked at: whoever picks a cell has seen the others.
 *
 * @param pattern over cell ids; a workload or a workload and a model alone stand for all of theirs
 * @throws UserError when nothing fits
 */
export async function showBaseline(files: BaselineFiles, pattern: string | null, place: Place): Promise<ShownBaseline> {
  const records = await readRecords(files);
  const accepted = await baselineStore(files, condensedRun).accepted();
  const whole = records.files.flat().filter(({ partial }) => !partial);
  const history = await historyOf(whole, place);
  const groups = [...Map.groupBy(whole, machineKey).values()].toSorted((one, other) => ageOrder(newestOf(one), newestOf(other)));
  const machines = groups.map((runs) => machineHistory(runs, { pattern, accepted, history, options: place.options }));
  const shown = pattern === null ? machines : machines.filter(({ cells }) => cells.length > 0);
  if (pattern !== null && shown.length === 0) throw nothingFits(pattern, files.where);
  return { machines: shown, accepted, faults: records.faults };
}

/** The newest first. */
function ageOrder(one: Pick<Run, 'created'>, other: Pick<Run, 'created'>): number {
  return Date.parse(other.created) - Date.parse(one.created);
}

function machineKey({ machine }: Run): string {
  const { before, after } = machineFingerprint(machine);
  return before + after;
}

interface Look {
  readonly pattern: string | null;
  readonly accepted: readonly AcceptedShift[];
  readonly history: CommitHistory | null;
  readonly options: Options;
}

function machineHistory(runs: readonly Run[], { pattern, accepted, history, options }: Look): MachineHistory {
  const { threshold: fallback, rules = [] } = pairRules(options);
  const found = shiftsOf(runs, {
    thresholdOf: (cell, metric) => thresholdFor(cell, metric, { rules, fallback }),
    ...{ seed: options.seed ?? 0, accepted, history },
  });
  const shifts = shiftTable(found, runs);
  const fits = fitting(pattern);
  return {
    machine: newestOf(runs).machine,
    columns: runtimeColumns([...new Map(runs.flatMap(({ runtimes }) => runtimes).map((runtime) => [runtime.id, runtime])).values()]),
    runs: new Set(runs.map(({ runId }) => runId)).size,
    shifts: { ...shifts, rows: shifts.rows.filter(({ cell }) => fits(cellId(cell))) },
    cells: pattern === null ? [] : cellHistories(runs, fits),
  };
}

function newestOf<Dated extends Pick<Run, 'created'>>(runs: readonly Dated[]): Dated {
  return runs.reduce((latest, run) => (Date.parse(run.created) > Date.parse(latest.created) ? run : latest));
}

function fitting(pattern: string | null): (id: string) => boolean {
  if (pattern === null) return () => true;
  const patterns = pattern.includes('/') ? [pattern, `${pattern}/*`] : [pattern, `${pattern}/*`, `${pattern}[*`];
  return (id) => patterns.some((each) => matchesPattern(each, id));
}

/** Which commits follow each other, as the repository knows it or else the checkout; null where neither does. */
async function historyOf(runs: readonly Run[], { repository, folder, surroundings }: Place): Promise<CommitHistory | null> {
  const commit = runs.toSorted(ageOrder).find((run) => run.commit !== null)?.commit;
  if (commit === undefined || commit === null) return null;
  if (repository !== null) return repository.historyOf(commit);
  return gitHistory(folder, commit, { limit: mostCommits, signal: surroundings.signal });
}

function nothingFits(pattern: string, where: string): UserError {
  return new UserError(
    `No cell in ${where} fits "${pattern}".`,
    'Write WORKLOAD, WORKLOAD/MODEL or WORKLOAD/MODEL/RUNTIME, with * for any text; "baseline list" shows what is stored.',
  );
}
