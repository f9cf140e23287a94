import type { ComparedChange } from './change.ts';

/** Whether head is worse than base. */
export function isWorse({ ratio, metric }: ComparedChange): boolean {
  return metric.better === 'lower' ? ratio.value > 1 : ratio.value < 1;
}

/** The words a gate may fail or warn on, in the order they are documented. */
export const gateWords = [
  'regression',
  'broken',
  'inconclusive',
  'not-comparable',
  'missing',
  'missing-baseline',
  'missing-shard',
  'new',
] as const;

/** A word of the `fail-on` and `warn-on` inputs. */
export type GateWord = (typeof gateWords)[number];

/** What the gate decided, and why: one sentence per reason. `reasons` is empty when it succeeds; warnings never fail. */
export interface GateResult {
  readonly conclusion: 'success' | 'failure';
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
}
