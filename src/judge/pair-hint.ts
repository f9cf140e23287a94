import type { BothSides, SamplePair } from '../model/sample-pair.ts';
import type { MeasuredCell } from './cell-index.ts';
import { type Cause, hintOf } from './hints.ts';
import { movesOf } from './metric-move.ts';
import { SampleProcesses } from './sample-processes.ts';

/**
 * The likely cause of a cell that got worse between base and head: the pattern of what else moved in the same pairs. A
 * hint, never part of a verdict. Null where the pattern is of no known cause.
 *
 * @param pairs at least one
 */
export function pairHint(state: MeasuredCell, pairs: readonly SamplePair[]): Cause | null {
  const side = (name: keyof BothSides<unknown>): MeasuredCell => ({
    ...state,
    processes: new SampleProcesses(pairs.map((pair) => pair[name])),
  });
  const moves = movesOf(side('head'), [side('base')]);
  return hintOf(new Map(moves.map(({ metric, direction }) => [metric.id, direction])), state.cell.model);
}
