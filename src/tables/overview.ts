import type { CellIndex } from '../judge/cell-index.ts';
import { type ClaimTable, claimTable } from './claim-table.ts';

/** The write-up's Overview table, refreshed. */
export function overviewTable(index: CellIndex): ClaimTable {
  return claimTable(index, 'Overview');
}
