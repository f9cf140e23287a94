import type { LoneCell } from '../model/pair-suspect.ts';
import type { BrokenCell } from '../model/run.ts';
import type { PairsOutcome } from '../model/sample-pair.ts';
import type { ScreenedCell } from './baseline-screen.ts';
import type { CellVerdict, Doubt } from './cell-verdict.ts';
import { restsOnFamily } from './family-vouch.ts';
import type { PairVerdict } from './pair-verdict.ts';

/** What pairs say of a cell, or why they say nothing. */
export type PairFinding =
  | { readonly kind: 'verdict'; readonly verdict: PairVerdict; readonly firstLook: number; readonly endedBy: PairsOutcome['endedBy'] }
  /** Only one side has the cell. */
  | { readonly kind: 'lone'; readonly lone: LoneCell }
  | { readonly kind: 'not comparable'; readonly reason: string };

/** A cell whose every process failed on head: no pairs are measured of it. */
export function brokenVerdict({ kind, message, output }: BrokenCell): CellVerdict {
  return { verdict: 'broken', side: 'head', kind, message, output };
}

/** What else is known when a cell is judged. */
export interface VerdictContext {
  /** Whether stored runs alone would flag it. */
  readonly suspected: boolean;
  /** Families of which pairs decided no sentinel. */
  readonly open: ReadonlySet<string>;
}

/** What is said of a cell that was measured: the pairs where there are any, else the stored runs. Total. */
export function verdictOfCell(screened: ScreenedCell, finding: PairFinding | null, { suspected, open }: VerdictContext): CellVerdict {
  if (finding !== null) return pairedVerdict(screened, finding);
  if (open.has(screened.family) && restsOnFamily(screened)) {
    return { verdict: 'inconclusive', doubt: { kind: 'family open', family: screened.family }, pairs: null, stored: screened.stored };
  }
  const { outcome, stored, absence } = screened;
  switch (outcome.kind) {
    case 'cleared':
      return clearedVerdict(screened);
    case 'left out':
      return { verdict: 'inconclusive', doubt: { kind: 'not re-measured', why: 'max-suspects' }, pairs: null, stored };
    case 'not judged':
      return { verdict: 'not comparable', reason: outcome.reason };
    case 'suspect':
      if (outcome.why === 'sentinel') return clearedVerdict(screened);
      if (absence === null) return { verdict: 'inconclusive', doubt: { kind: 'not confirmed', suspected }, pairs: null, stored };
      return absence.kind === 'not comparable'
        ? { verdict: 'not comparable', reason: absence.reason }
        : { verdict: 'new', reason: absence.reason };
  }
}

function clearedVerdict({ id, stored }: ScreenedCell): CellVerdict {
  if (stored === null) throw new Error(`cell ${id} was cleared by nothing`);
  return { verdict: 'no change', pairs: null, stored };
}

function pairedVerdict(screened: ScreenedCell, finding: PairFinding): CellVerdict {
  switch (finding.kind) {
    case 'lone':
      return { verdict: 'new', reason: finding.lone.reason };
    case 'not comparable':
      return { verdict: 'not comparable', reason: finding.reason };
    case 'verdict':
      return translated(finding, screened.stored);
  }
}

function translated(finding: Extract<PairFinding, { readonly kind: 'verdict' }>, stored: ScreenedCell['stored']): CellVerdict {
  const { verdict } = finding;
  switch (verdict.verdict) {
    case 'regression':
    case 'improvement':
      return { verdict: verdict.verdict, pairs: verdict.evidence, p: verdict.p };
    case 'no change':
      return { verdict: 'no change', pairs: verdict.evidence };
    case 'inconclusive':
      return { verdict: 'inconclusive', doubt: doubtOf(verdict, finding), pairs: verdict.evidence, stored };
    case 'not comparable':
    case 'broken':
      return verdict;
  }
}

type Inconclusive = Extract<PairVerdict, { readonly verdict: 'inconclusive' }>;

function doubtOf(
  { evidence, pairs, reason }: Inconclusive,
  { firstLook, endedBy }: Extract<PairFinding, { readonly kind: 'verdict' }>,
): Doubt {
  if (evidence !== null && evidence.smallestEffect === null) return { kind: 'not deterministic' };
  if (evidence === null && pairs < firstLook && endedBy !== 'schedule') {
    return { kind: 'not re-measured', why: endedBy === 'interrupt' ? 'interrupted' : 'time budget' };
  }
  if (evidence === null) return { kind: 'no estimate', pairs, reason };
  return { kind: 'too noisy', pairs };
}
