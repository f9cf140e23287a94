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

/** The use-case table: the write-up's rows, what stands beside them, then the user's own workloads. */
export interface UseCaseTable {
  readonly columns: readonly RuntimeColumn[];
  readonly rows: readonly UseCaseRow[];
}

/** Ranks the models of every use case on every runtime. */
export function useCaseTable(index: CellIndex): UseCaseTable {
  const columns = runtimeColumns(index.results.runtimes);
  const rows = useCasesOf(index.workloads.values()).map((useCase) => useCaseRow(index, useCase, columns));
  return { columns, rows };
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
