import type { Findings } from '../judge/findings.ts';
import type { Change } from '../model/change.ts';
import { groupByReason } from './reason-group.ts';
import type { UncomparedCells } from './uncompared.ts';

/** What is found beside the figures of two results, and the cells that only one of them has. */
export type ChangeTable = Findings & UncomparedCells;

/** Sorts the changes between two results, `base` first, into what is said of them beside their figures. */
export function changeTable(changes: readonly Change[], findings: Findings): ChangeTable {
  const fresh = changes.filter(({ status }) => status === 'new');
  return {
    ...findings,
    fresh: groupByReason(fresh.map(({ cell }) => ({ cell, reason: 'only measured now' }))),
    missing: groupByReason(changes.filter((change) => change.status === 'missing')),
    notComparable: groupByReason(changes.filter((change) => change.status === 'not comparable')),
  };
}
