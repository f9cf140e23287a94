import type { CellIndex } from '../judge/cell-index.ts';
import { judgeBestOption } from '../judge/claims.ts';
import { type Ranking, rankModels } from '../judge/ranking.ts';
import { type UseCase, useCasesOf } from '../judge/use-case.ts';
import type { ClaimResult } from '../model/claim.ts';
import { type RuntimeColumn, runtimeColumns } from './columns.ts';

/** One use case on one runtime. */
export interface UseCaseCell {
  readonly ranking: Ranking;
  /** Whether the write-up's answer holds; null where the write-up has none. */
  readonly claim: ClaimResult | null;
  /** Whether the write-up gives the GIL as the reason and this runtime has none. */
  readonly withoutGil: boolean;
}

/** One use case with its measured best option on every runtime. */
export interface UseCaseRow {
  readonly useCase: string;
  readonly workload: string;
  /** The write-up's best option, or null where it has none. */
  readonly says: string | null;
  /** What the reader must know to read the row. */
  readonly note: string | null;
  /** One per column. */
  readonly cells: readonly UseCaseCell[];
}

/** A workload of which no model was run. */
export interface UnmeasuredWorkload {
  readonly workload: string;
  /** One clause without a full stop; null when the workload is not part of the run. */
  readonly reason: string | null;
}

/** The use-case table: the user's own workloads, the write-up's rows and what stands beside them. */
export interface UseCaseTable {
  readonly columns: readonly RuntimeColumn[];
  /** Use cases of which a model was run on some runtime. */
  readonly rows: readonly UseCaseRow[];
  /** The workloads of all others, each once. */
  readonly unmeasured: readonly UnmeasuredWorkload[];
}

/** Ranks the models of every use case on every runtime. */
export function useCaseTable(index: CellIndex): UseCaseTable {
  const columns = runtimeColumns(index.results.runtimes);
  const all = useCasesOf(index.workloads.values()).map((useCase) => useCaseRow(index, useCase, columns));
  const rows = all.filter(wasRun);
  const unmeasured = all.filter((row) => !wasRun(row)).map((row) => unmeasuredWorkload(index, row));
  return { columns, rows, unmeasured: [...new Map(unmeasured.map((each) => [each.workload, each])).values()] };
}

function wasRun({ cells }: UseCaseRow): boolean {
  return cells.some(({ ranking }) => ranking.status === 'ranked' || ranking.broken.length > 0);
}

function unmeasuredWorkload({ workloads, results }: CellIndex, { workload, cells }: UseCaseRow): UnmeasuredWorkload {
  const isPart = workloads.has(workload) || results.refused.some(({ id }) => id === workload);
  const reasons = cells.flatMap(({ ranking }) => (ranking.status === 'not measured' ? [ranking.reason] : []));
  return { workload, reason: isPart ? (reasons[0] ?? 'no model was measured') : null };
}

function useCaseRow(index: CellIndex, useCase: UseCase, columns: readonly RuntimeColumn[]): UseCaseRow {
  const { workload, metric, bestOption } = useCase;
  const cells = columns.map(({ runtime }) => {
    const ranking = rankModels(index, { workload, runtime: runtime.id, ...(metric === undefined ? {} : { metric }) });
    const claim = bestOption === null ? null : judgeBestOption(ranking, bestOption);
    return { ranking, claim, withoutGil: useCase.gil === true && runtime.freeThreaded };
  });
  return { useCase: useCase.useCase, workload, says: bestOption?.says ?? null, note: useCase.note ?? null, cells };
}
