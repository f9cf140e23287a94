import { calibrationWarnings } from '../judge/calibration.ts';
import type { CellIndex } from '../judge/cell-index.ts';
import { type Change, fewestForInterval } from '../model/change.ts';
import type { Run } from '../model/run.ts';
import type { Warning } from '../model/warning.ts';
import type { RuntimeColumn } from './columns.ts';
import { packageWarnings } from './package-changes.ts';

/** What the warnings of a report are made from. */
export interface WarningSources {
  readonly index: CellIndex;
  readonly baselineRuns: readonly Run[];
  readonly changes: readonly Change[];
  readonly columns: readonly RuntimeColumn[];
  /** Whether this run is kept as a baseline for later ones. */
  readonly storesBaseline: boolean;
}

/** All warnings of a report, each once: those of the results, then those the comparison brings. Runtimes by their labels. */
export function reportWarnings({ index, baselineRuns, changes, columns, storesBaseline }: WarningSources): readonly Warning[] {
  const all = [
    ...runWarnings(index),
    ...noBaseline(changes, storesBaseline),
    ...sameRun(changes),
    ...packageWarnings(index.results.runtimes, baselineRuns),
    ...calibrationWarnings(index, baselineRuns),
  ];
  const labelled = all.map((warning) => withLabel(warning, columns));
  return [...new Map(labelled.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** What must be known of the run itself, whatever it is compared with. */
export function runWarnings(index: CellIndex): readonly Warning[] {
  return [...index.results.warnings, ...fewProcesses(index)];
}

function withLabel(warning: Warning, columns: readonly RuntimeColumn[]): Warning {
  if (!('runtime' in warning)) return warning;
  const column = columns.find(({ runtime }) => runtime.id === warning.runtime);
  return column === undefined ? warning : { ...warning, runtime: column.label };
}

function fewProcesses({ states }: CellIndex): readonly Warning[] {
  const counts = [...states.values()].flatMap((state) => (state.status === 'measured' ? [state.processes.count] : []));
  const few = counts.filter((count) => count < fewestForInterval);
  if (few.length === 0) return [];
  const subject = few.length === 1 ? '1 cell' : `${few.length} cells`;
  return [{ code: 'few processes', subject, needed: fewestForInterval, actual: Math.min(...few) }];
}

function noBaseline(changes: readonly Change[], stored: boolean): readonly Warning[] {
  const runtimes = new Set(changes.flatMap((change) => (change.status === 'no baseline' ? [change.cell.runtime] : [])));
  return [...runtimes].map((runtime) => ({ code: 'no baseline', runtime, stored }));
}

/** One warning for the comparison that rests on the most stored runs without reaching the number that frees it of the warning. */
function sameRun(changes: readonly Change[]): readonly Warning[] {
  const runs = changes.flatMap((change) => (change.status === 'compared' && change.basis.kind === 'processes' ? [change.basis.runs] : []));
  return runs.length === 0 ? [] : [{ code: 'same-run interval', runs: Math.max(...runs) }];
}
