import type { CellIndex } from '../judge/cell-index.ts';
import type { ClaimPart, ClaimRow } from '../judge/claim-part.ts';
import { type ClaimTest, type Figure, figureOf, judgeClaim } from '../judge/claims.ts';
import { claimRows } from '../judge/write-up.ts';
import type { ClaimResult, ClaimSource } from '../model/claim.ts';
import type { Runtime } from '../model/runtime.ts';
import { interpreterColumns, type RuntimeColumn } from './columns.ts';

/** One thing measured for a row, on one runtime. */
export interface ClaimCell {
  /** The figures compared, one or two. */
  readonly figures: readonly Figure[];
  readonly result: ClaimResult;
  /** Whether the write-up gives the GIL as the reason and this runtime has none. */
  readonly withoutGil: boolean;
}

/** One thing measured for a row, on every runtime. */
export interface ClaimTablePart extends Pick<ClaimPart, 'measured' | 'note'> {
  /** One per column. */
  readonly cells: readonly ClaimCell[];
}

/** One row of the write-up with today's figures. */
export interface ClaimTableRow extends Pick<ClaimRow, 'feature' | 'says' | 'unmeasurable'> {
  readonly parts: readonly ClaimTablePart[];
}

/** A table of the write-up's claims, one column per interpreter. */
export interface ClaimTable {
  readonly columns: readonly RuntimeColumn[];
  readonly rows: readonly ClaimTableRow[];
  /** Why no row has a result, one clause without a full stop; null when one has. */
  readonly unmeasured: string | null;
}

/** Every row of one table of the write-up, measured or with the reason why not. */
export function claimTable(index: CellIndex, source: Exclude<ClaimSource, 'Use cases'>): ClaimTable {
  const columns = interpreterColumns(index.results.runtimes);
  const rows = claimRows
    .filter((row) => row.source === source)
    .map(({ feature, says, unmeasurable, parts }) => ({
      feature,
      says,
      unmeasurable,
      parts: parts.map((part) => tablePart(index, part, columns)),
    }));
  return { columns, rows, unmeasured: whyUnmeasured(index, rows) };
}

/** The most reasons that are named for a whole table. */
const namedReasons = 3;

function whyUnmeasured({ workloads }: CellIndex, rows: readonly ClaimTableRow[]): string | null {
  const cells = rows.flatMap(({ parts }) => parts.flatMap((part) => part.cells));
  if (cells.some(({ result }) => result.status !== 'not measured')) return null;
  const ofThisRun = cells.filter(({ figures }) => figures.some(({ quantity }) => workloads.has(quantity.workload)));
  const reasons = [...new Set(ofThisRun.flatMap(({ result }) => (result.status === 'not measured' ? [result.reason] : [])))];
  if (reasons.length === 0) return 'none of its workloads is in this run';
  const rest = reasons.length - namedReasons;
  return [...reasons.slice(0, namedReasons), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

function tablePart(index: CellIndex, { measured, note, test }: ClaimPart, columns: readonly RuntimeColumn[]): ClaimTablePart {
  return { measured, note, cells: columns.map(({ runtime }) => claimCell(index, test, runtime)) };
}

function claimCell(index: CellIndex, test: ClaimTest, runtime: Runtime): ClaimCell {
  const quantities = test.base === null ? [test.head] : [test.head, test.base];
  return {
    figures: quantities.map((quantity) => figureOf(index, quantity, runtime.id)),
    result: judgeClaim(index, test, runtime.id),
    withoutGil: test.gil === true && runtime.freeThreaded,
  };
}
