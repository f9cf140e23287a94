import type { CellIndex } from '../judge/cell-index.ts';
import { type ClaimTable, claimTable } from './claim-table.ts';

/** What the write-up advises in its text, in none of its tables. */
export function adviceTable(index: CellIndex): ClaimTable {
  return claimTable(index, 'Advice');
}
