import type { CellVerdict } from './cell-verdict.ts';

/** The words of verdicts, what needs the reader first at the front. */
const order: readonly CellVerdict['verdict'][] = [
  'regression',
  'broken',
  'inconclusive',
  'not comparable',
  'missing',
  'new',
  'improvement',
  'no change',
];

/** The rank of a verdict, from 0: the smaller, the more urgent. */
export function urgencyOf(verdict: CellVerdict['verdict']): number {
  return order.indexOf(verdict);
}
