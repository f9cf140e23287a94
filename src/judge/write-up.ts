import type { ClaimSource } from '../model/claim.ts';
import { adviceRows } from './advice.ts';
import type { ClaimRow } from './claim-part.ts';
import { keyDifferenceRows } from './key-differences.ts';
import { overviewRows } from './overview.ts';

/** A row and the place in the write-up that it comes from. */
export interface SourcedClaimRow extends ClaimRow {
  readonly source: Exclude<ClaimSource, 'Use cases'>;
}

/** Every claim of the write-up but its use-case table, in its order. */
export const claimRows: readonly SourcedClaimRow[] = [
  ...overviewRows.map((row) => ({ ...row, source: 'Overview' as const })),
  ...keyDifferenceRows.map((row) => ({ ...row, source: 'Scheduling & memory' as const })),
  ...adviceRows.map((row) => ({ ...row, source: 'Advice' as const })),
];
