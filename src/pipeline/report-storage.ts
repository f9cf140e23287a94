import type { BaselineStore } from '../baseline/store.ts';
import type { Options } from '../config/options.ts';
import type { JudgedRun } from '../judge/judge-parts.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import { newestRuns } from './baseline.ts';
import { faultText } from './fault-text.ts';
import { isOfAnother, type ReportedFile } from './report-parts.ts';
import type { Surroundings } from './surroundings.ts';

/** A run that was reported on, and where it may be stored. */
export interface StorageRequest {
  readonly options: Options;
  readonly surroundings: Surroundings;
  readonly store: BaselineStore;
  readonly files: readonly ReportedFile[];
  readonly judged: JudgedRun;
  /** Changes of level that were accepted and come with this run. */
  readonly merged: readonly AcceptedShift[];
}

/** Whether a run is kept, and what there is to say about it. */
export interface Stored {
  readonly stored: boolean;
  readonly warnings: readonly Warning[];
}

/** Stores a run of the base branch. A baseline that cannot be written costs the next comparison, not this report. */
export async function storeRun(request: StorageRequest): Promise<Stored> {
  const { store, files, merged, surroundings } = request;
  const whyNot = whyNotStored(request);
  if (whyNot !== null) return { stored: false, warnings: whyNot.told ? [notStored(whyNot.reason)] : [] };
  try {
    for (const shift of merged) await store.accept(shift);
    // The charts of the last change are those that stay.
    return { stored: true, warnings: await store.append(files.map(({ results }) => results)) };
  } catch (error) {
    if (surroundings.signal.aborted) return { stored: false, warnings: [notStored('it was interrupted before that was certain.')] };
    // Whatever it is: the report of this run must not be lost with its storing.
    const reason = error instanceof UserError ? error.message : `it could not be written (${faultText(error)}).`;
    return { stored: false, warnings: [notStored(reason)] };
  }
}

/**
 * The commit of the newest stored run of another commit: what was merged since then this run is the first with. Null where
 * this run stores nothing, or nothing can be read.
 */
export async function storedBefore({
  store,
  files,
  surroundings: { workflow },
}: Pick<StorageRequest, 'store' | 'files' | 'surroundings'>): Promise<string | null> {
  const [first] = files;
  if (first === undefined || workflow === null || !workflow.storesBaseline) return null;
  const { machine, commit } = first.results;
  const newest = await newestRuns(store, machine);
  return newest.find((run) => run.commit !== null && run.commit !== commit)?.commit ?? null;
}

function notStored(reason: string): Warning {
  return { code: 'not stored', reason };
}

interface WhyNot {
  readonly reason: string;
  /** Whether somebody who expects it to be stored would wonder. */
  readonly told: boolean;
}

function whyNotStored(request: StorageRequest): WhyNot | null {
  const { surroundings, judged, files } = request;
  const { workflow } = surroundings;
  const foreign =
    workflow === null ? whyNotAtTerminal(request) : workflow.storesBaseline ? null : untold('it is no run of the base branch.');
  if (foreign !== null) return foreign;
  if (judged.results.partial) return untold('it is not complete.');
  if (workflow !== null && files.some((file) => isOfAnother(file, workflow))) {
    return { told: true, reason: 'its results are of another commit than the one that this workflow run is about.' };
  }
  return judged.judgement.missingShards.length === 0 ? null : { told: true, reason: 'a shard is missing.' };
}

/** A run that was compared with another commit is of a change, not of the base branch; and only a workflow writes a shared branch. */
function whyNotAtTerminal({ options, files }: StorageRequest): WhyNot | null {
  const compared = files.some(
    ({ results: { comparison } }) => comparison?.pairs.kind === 'pairs' && comparison.pairs.run.base.commit !== null,
  );
  if (options['base-ref'] !== undefined || compared) return untold('it is of a change.');
  if (options['baseline-store'] !== 'branch') return null;
  return { told: true, reason: 'only a workflow of the default branch writes the branch; "baseline import" takes results there by hand.' };
}

function untold(reason: string): WhyNot {
  return { told: false, reason };
}
