import type { Run } from '../model/run.ts';
import type { NamedRun, PassedOver } from './screen-history.ts';

/** Why no cell of a runtime was compared with a stored run. */
export type WhyUnused = PassedOver | 'nothing comparable';

/** What the stored runs of one runtime served for. */
export interface RuntimeHistory {
  /** Runtime id. */
  readonly runtime: string;
  /** Ids of the runs that some cell was compared with, oldest first. */
  readonly used: readonly string[];
  /** The runs that no cell was compared with, and why most of its cells were not; oldest first. */
  readonly unused: readonly { readonly run: string; readonly why: WhyUnused }[];
}

interface CellHistory {
  readonly cell: { readonly runtime: string };
  readonly history: readonly NamedRun[];
  readonly passedOver: readonly (readonly [why: PassedOver, runs: readonly NamedRun[]])[];
}

/** For each runtime of which there are stored runs, which of them were compared with. */
export function runtimeHistories(cells: readonly CellHistory[], baselineRuns: readonly Run[]): readonly RuntimeHistory[] {
  return [...Map.groupBy(cells, ({ cell }) => cell.runtime)].flatMap(([runtime, members]) => {
    const stored = baselineRuns.filter(({ runtimes }) => runtimes.some(({ id }) => id === runtime)).map(({ runId }) => runId);
    return stored.length === 0 ? [] : [historyOf(runtime, members, [...new Set(stored)])];
  });
}

function historyOf(runtime: string, cells: readonly CellHistory[], stored: readonly string[]): RuntimeHistory {
  const used = new Set(cells.flatMap(({ history }) => history.map(({ run }) => run)));
  const reasons = reasonsByRun(cells);
  return {
    runtime,
    used: stored.filter((run) => used.has(run)),
    unused: stored.filter((run) => !used.has(run)).map((run) => ({ run, why: mostFrequent(reasons.get(run)) })),
  };
}

/** How many cells passed each run over, by why. */
function reasonsByRun(cells: readonly CellHistory[]): ReadonlyMap<string, ReadonlyMap<PassedOver, number>> {
  const byRun = new Map<string, Map<PassedOver, number>>();
  for (const [why, runs] of cells.flatMap(({ passedOver }) => passedOver)) {
    for (const { run } of runs) {
      const counts = byRun.get(run) ?? new Map<PassedOver, number>();
      byRun.set(run, counts.set(why, (counts.get(why) ?? 0) + 1));
    }
  }
  return byRun;
}

function mostFrequent(counts: ReadonlyMap<PassedOver, number> = new Map()): WhyUnused {
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  return most?.[0] ?? 'nothing comparable';
}
