import type { CellIndex } from '../judge/cell-index.ts';
import { type ClaimTable, claimTable } from './claim-table.ts';

/** The write-up's "Key Differences: Scheduling & Memory" table, refreshed. */
export function schedulingAndMemoryTable(index: CellIndex): ClaimTable {
  return claimTable(index, 'Scheduling & memory');
}
