import { baselineStore } from '../baseline/baseline-store.ts';
import type { BaselineStore } from '../baseline/store.ts';
import type { Options } from '../config/options.ts';
import { chooseBaseline, chosenRuns } from '../judge/baseline-choice.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { type BaselineChoice, noBaseline } from '../model/baseline-choice.ts';
import { type CommitHistory, mostCommits } from '../model/commit-history.ts';
import type { Machine } from '../model/machine.ts';
import { mapInParallel } from '../model/map-in-parallel.ts';
import type { Run, RunContext } from '../model/run.ts';
import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import { gitHistory } from '../sides/ancestry.ts';
import type { BaseChoice } from './base.ts';
import { openBaselineFiles } from './baseline-medium.ts';
import type { Head } from './head.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Opens the store that the options name; where they name none, the branch of the repository in a workflow and the folder at
 * a terminal. Nothing is read yet.
 *
 * @throws UserError for a branch where no repository is known
 */
export function openBaseline(options: Options, { repository, workflow }: Surroundings, folder: string): BaselineStore {
  const named = options['baseline-store'] !== undefined || workflow !== null;
  return baselineStore(openBaselineFiles(options, { folder, repository: named ? repository : null }), condensedRun);
}

/** The texts of all baselines at once would fill the memory; one alone would wait for every answer of a branch. */
export const baselinesAtOnce = 2;

/** What a store holds for one machine. */
export interface StoredRuns {
  /** Of any of the runtimes, each restricted to one, oldest first. */
  readonly runs: readonly Run[];
  readonly choice: BaselineChoice;
  readonly warnings: readonly Warning[];
}

/** The stored runs that a part was compared with where it was measured; whoever measured it chose them. */
export async function recordedRuns(
  store: BaselineStore,
  { machine, runtimes, comparison }: RunContext,
): Promise<Pick<StoredRuns, 'runs' | 'warnings'>> {
  if (comparison === null || comparison.baseline.used.length === 0) return { runs: [], warnings: [] };
  return reachable<Pick<StoredRuns, 'runs' | 'warnings'>>(unreachable, async () => {
    const stored = await mapInParallel(runtimes, { atOnce: baselinesAtOnce }, (runtime) => store.read(machine, runtime));
    const runs = chosenRuns(
      stored.flatMap((each) => each.runs),
      comparison.baseline,
    );
    return { runs, warnings: stored.flatMap(({ warnings }) => warnings) };
  });
}

/** The accepted changes of level that the store knows: whoever wrote a results file may have made its own up. */
export function knownShifts(store: BaselineStore): Promise<readonly AcceptedShift[]> {
  return reachable(
    () => [],
    () => store.accepted(),
  );
}

/** Reads the stored runs that a run is compared with: those of its machine and runtimes that are not newer than its base. */
export async function storedRuns(store: BaselineStore, head: Head, base: BaseChoice): Promise<StoredRuns> {
  const { options, machine, prepared, runId } = head;
  if (options.compare === 'pairs') return { runs: [], choice: noBaseline, warnings: [] };
  return reachable(unreachable, async () => {
    const stored = await mapInParallel(prepared.runtimes, { atOnce: baselinesAtOnce }, ({ runtime }) => store.read(machine, runtime));
    const runs = stored.flatMap((each) => each.runs);
    const query = { runId, history: await historyOf(head, base), accepted: await store.accepted() };
    return { ...chooseBaseline(runs, query), warnings: stored.flatMap(({ warnings }) => warnings) };
  });
}

/** The newest stored run of every runtime on such a machine; none where they cannot be reached, which `storedRuns` tells. */
export function newestRuns(store: BaselineStore, machine: Machine | null): Promise<readonly Run[]> {
  return reachable(
    () => [],
    () => store.readNewest(machine),
  );
}

function unreachable(reason: string): StoredRuns {
  return { runs: [], choice: noBaseline, warnings: [{ code: 'baseline unreachable', reason }] };
}

/** A store that does not answer costs the comparison with it, not the run. */
async function reachable<T>(otherwise: (reason: string) => T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) return otherwise(error.message);
    throw error;
  }
}

/**
 * The commits that the base was made from. At a terminal without a base every stored run counts: they are of this very
 * folder, whatever became of its commits since.
 */
async function historyOf({ surroundings, options, folder, commit }: Head, base: BaseChoice): Promise<CommitHistory | null> {
  const { workflow, repository, signal } = surroundings;
  const from = base.kind === 'commit' ? base.commit : commit;
  if (from === null || (workflow === null && options['base-ref'] === undefined)) return null;
  const known = await gitHistory(folder, from, { limit: mostCommits, signal });
  if (known?.complete === true || repository === null) return known;
  try {
    return await repository.historyOf(from);
  } catch (error) {
    // A shallow checkout still knows some of it; what it does not know is left out, with the reason.
    if (error instanceof UserError && known !== null) return known;
    throw error;
  }
}
