import type { Cell } from '../model/cell.ts';

/** Cells that share a reason. */
export interface ReasonGroup {
  /** One clause without a full stop. */
  readonly reason: string;
  readonly cells: readonly Cell[];
}

/** Groups cells by their reason, in the order in which reasons first appear. */
export function groupByReason(entries: readonly { readonly cell: Cell; readonly reason: string }[]): readonly ReasonGroup[] {
  const groups = Map.groupBy(entries, ({ reason }) => reason);
  return [...groups].map(([reason, members]) => ({ reason, cells: members.map(({ cell }) => cell) }));
}
