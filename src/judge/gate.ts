import { type GateResult, type GateWord, gateWords } from '../model/verdict.ts';

/** How many of what a gate may fail on there are. Cells, but for `refused` (workloads), `missing-baseline` (runtimes) and `missing-shard` (shards). */
export type GateCounts = Readonly<Record<GateWord, number>> & {
  /** Workloads that cannot be measured at all; they count as broken. */
  readonly refused: number;
};

/** The words that fail a run, and those that only warn. */
export interface GatePolicy {
  readonly failOn: readonly GateWord[];
  readonly warnOn: readonly GateWord[];
}

/**
 * Turns counts into the conclusion of a run. An improvement has no word here: it never fails. A missing baseline or shard warns
 * whatever the policy says, because a comparison that did not take place must not look like one that found nothing.
 */
export function judgeGate(counts: GateCounts, { failOn, warnOn }: GatePolicy): GateResult {
  const warned = new Set<GateWord>([...warnOn, 'missing-baseline', 'missing-shard']);
  const reasons = gateWords.filter((word) => failOn.includes(word)).flatMap((word) => sentences(word, counts));
  const warnings = gateWords.filter((word) => warned.has(word) && !failOn.includes(word)).flatMap((word) => sentences(word, counts));
  return { conclusion: reasons.length === 0 ? 'success' : 'failure', reasons, warnings };
}

function sentences(word: GateWord, counts: GateCounts): readonly string[] {
  const count = counts[word];
  switch (word) {
    case 'regression':
      return counted(count, ['1 cell got slower or heavier', `${count} cells got slower or heavier`], ', confirmed by pairs.');
    case 'broken':
      return [
        ...counted(count, ['1 cell is', `${count} cells are`], ' broken.'),
        ...counted(counts.refused, ['1 workload was', `${counts.refused} workloads were`], ' refused.'),
      ];
    case 'inconclusive':
      return counted(count, ['1 cell is', `${count} cells are`], ' inconclusive: a change is neither shown nor excluded.');
    case 'not-comparable':
      return counted(count, ['1 cell is', `${count} cells are`], ' not comparable with the base.');
    case 'missing':
      return counted(count, ['1 cell is', `${count} cells are`], ' missing that the base has.');
    case 'missing-baseline':
      return counted(count, ['1 runtime has', `${count} runtimes have`], ' no stored baseline.');
    case 'missing-shard':
      return counted(count, ['1 shard', `${count} shards`], ' of the plan delivered no results.');
    case 'new':
      return counted(count, ['1 cell is', `${count} cells are`], ' new: there is nothing to compare with.');
  }
}

function counted(count: number, [one, many]: readonly [string, string], rest: string): readonly string[] {
  return count === 0 ? [] : [`${count === 1 ? one : many}${rest}`];
}
