import type { BaselineStore } from '../baseline/store.ts';
import { type PartFile, partName } from '../judge/check-parts.ts';
import type { NamedPart } from '../judge/judge-parts.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { mapInParallel } from '../model/map-in-parallel.ts';
import type { Run } from '../model/run.ts';
import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import { baselinesAtOnce, knownShifts, recordedRuns } from './baseline.ts';
import type { Workflow } from './surroundings.ts';

/** What one job measured. */
export interface ReportedFile extends PartFile {
  /** The stored runs that it was compared with, where this very job measured it; left out: they are read. */
  readonly baselineRuns?: readonly Run[];
}

/** The parts of a run beside their stored runs, and what could not be read of those. */
export interface ReportParts {
  readonly parts: readonly NamedPart[];
  readonly warnings: readonly Warning[];
}

/**
 * Puts each part beside the stored runs that it was compared with.
 *
 * @param merged what was accepted on the way here: it lies behind the base of this run, and its level is the new one
 */
export async function partsWithBaselines(
  files: readonly ReportedFile[],
  store: BaselineStore,
  merged: readonly AcceptedShift[],
): Promise<ReportParts> {
  const known = await shiftsInStore(files, store);
  const read = await mapInParallel(files, { atOnce: baselinesAtOnce }, async (file) => {
    const { runs, warnings } = isOwn(file) ? { runs: file.baselineRuns, warnings: [] } : await recordedRuns(store, file.results);
    const results = withShifts(file.results, { known: isOwn(file) ? null : known, merged });
    return { part: { name: partName(file), results, baselineRuns: runs }, warnings };
  });
  const warnings = read.flatMap((each) => each.warnings);
  return {
    parts: read.map(({ part }) => part),
    warnings: [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()],
  };
}

/** What this job has measured and read itself is believed, and not read again: an interrupted job has no time for it. */
function isOwn(file: ReportedFile): file is ReportedFile & Required<Pick<ReportedFile, 'baselineRuns'>> {
  return file.baselineRuns !== undefined;
}

/** The accepted changes that the store knows, where a results file from elsewhere names any. */
async function shiftsInStore(files: readonly ReportedFile[], store: BaselineStore): Promise<ReadonlySet<string>> {
  const isNamed = files.some((file) => !isOwn(file) && (file.results.comparison?.baseline.accepted.length ?? 0) > 0);
  const known = isNamed ? await knownShifts(store) : [];
  return new Set(known.map((shift) => JSON.stringify(shift)));
}

/** A results file may come from anywhere: an acceptance that the store does not know is none. Null: all of them are known. */
function withShifts(
  results: Run,
  { known, merged }: { readonly known: ReadonlySet<string> | null; readonly merged: readonly AcceptedShift[] },
): Run {
  const { comparison } = results;
  if (comparison === null || comparison.baseline.accepted.length + merged.length === 0) return results;
  const kept = comparison.baseline.accepted.filter((shift) => known === null || known.has(JSON.stringify(shift)));
  return { ...results, comparison: { ...comparison, baseline: { ...comparison.baseline, accepted: [...kept, ...merged] } } };
}

/**
 * Refuses results of another commit than the event is about. On the base branch they are reported and not stored: a run
 * may be reported on again by hand.
 *
 * @throws UserError that names both commits
 */
export function checkCommits(files: readonly ReportedFile[], workflow: Workflow | null): void {
  if (workflow === null || workflow.storesBaseline) return;
  const other = files.find((file) => isOfAnother(file, workflow));
  if (other === undefined) return;
  throw new UserError(
    `${partName(other)} is of commit ${other.results.commit ?? 'none'}, and this workflow run is about ${workflow.commit ?? 'none'}.`,
    'Give "results" the files that this workflow run measured; nothing was reported.',
  );
}

/** Whether results are of another commit than the event is about; not where the event names none. */
export function isOfAnother({ results }: ReportedFile, { commit }: Workflow): boolean {
  return commit !== null && results.commit !== commit;
}
