import type { GateResult, GateWord } from '../model/verdict.ts';
import type { CellIndex } from './cell-index.ts';

/**
 * Decides the conclusion of a run. Today only `broken` can fail it: a cell with a broken process, or a workload that
 * was refused. Changes are not confirmed and fail nothing.
 *
 * @param failOn the words that fail; an empty list lets everything pass
 */
export function judgeGate(index: CellIndex, failOn: readonly GateWord[]): GateResult {
  const reasons = failOn.flatMap((word) => reasonsOf(word, index));
  return { conclusion: reasons.length === 0 ? 'success' : 'failure', reasons };
}

function reasonsOf(word: GateWord, { states, results }: CellIndex): readonly string[] {
  switch (word) {
    case 'broken': {
      const cells = [...states.values()].filter(({ status }) => status === 'broken').length;
      const workloads = new Set(results.refused.map(({ id }) => id)).size;
      return [...counted(cells, 'cell is', 'cells are', 'broken'), ...counted(workloads, 'workload was', 'workloads were', 'refused')];
    }
  }
}

function counted(count: number, one: string, many: string, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many} ${what}.`];
}
