import { metricFor } from '../judge/cell-index.ts';
import { processValue } from '../judge/process-value.ts';
import { runningNoise } from '../judge/running-noise.ts';
import { type Cell, cellId } from '../model/cell.ts';
import { runtimeLabel } from '../model/runtime.ts';
import type { Sample } from '../model/sample.ts';
import { remainingSeconds } from '../plan/budget.ts';
import { recordedWorkloads } from '../plan/recorded-workloads.ts';
import type { Head } from './head.ts';

/** What is measured in the rounds, and where it is told. */
export interface RoundsHead {
  readonly surroundings: Pick<Head['surroundings'], 'progress'>;
  readonly matrix: Pick<Head['matrix'], 'cells'>;
  readonly workloads: Pick<Head['workloads'], 'described'>;
  readonly prepared: Pick<Head['prepared'], 'runtimes'>;
}

/** Rounds whose progress is told. */
export interface RoundsCourse {
  readonly head: RoundsHead;
  readonly rounds: number;
  /** When the rounds must end, in seconds on the clock of `elapsed`. */
  readonly budgetSeconds: number;
  readonly elapsed: () => number;
  /** Processes that were measured before this process began and cost no time now. */
  readonly replayed: () => number;
}

/** Tells how far the rounds are, process by process. */
export interface RoundsTracker {
  onStart(cell: Cell, round: number): void;
  onSample(sample: Sample): void;
}

/** Begins to track rounds. */
export function trackRounds({ head, rounds, budgetSeconds, elapsed, replayed }: RoundsCourse): RoundsTracker {
  const { progress } = head.surroundings;
  const preparing = elapsed();
  const planned = rounds * head.matrix.cells.length;
  const noise = runningNoise();
  const figureOf = gateFigures(head);
  let done = 0;
  const tell = (cell: Cell, round: number) => {
    const pace = { done: done - replayed(), planned: planned - replayed(), measuringSeconds: elapsed() - preparing };
    progress.update({
      ...{ done, planned, round: round + 1, rounds, current: cellText(cell, head) },
      // Of ten thousand cells it takes a millisecond, and most states are never drawn.
      get noise() {
        return noise.share();
      },
      remainingSeconds: remainingSeconds({ elapsedSeconds: elapsed(), budgetSeconds, ...pace }),
      budgetLeftSeconds: budgetSeconds - elapsed(),
    });
  };
  return {
    onStart: tell,
    onSample: (sample) => {
      done += 1;
      noise.add(cellId(sample.cell), figureOf(sample));
      tell(sample.cell, sample.round);
    },
  };
}

/** The figure that a process is judged by; null for one that broke or did not report it. */
function gateFigures({ workloads }: RoundsHead): (sample: Sample) => number | null {
  const recorded = new Map(recordedWorkloads(workloads.described).map((workload) => [workload.id, workload]));
  return (sample) => {
    const workload = recorded.get(sample.cell.workload);
    const gate = workload?.gates[sample.cell.model];
    if (sample.status === 'broken' || workload === undefined || gate === undefined) return null;
    return processValue(sample, metricFor(workload, gate));
  };
}

function cellText(cell: Cell, { prepared }: RoundsHead): string {
  const found = prepared.runtimes.find(({ runtime }) => runtime.id === cell.runtime);
  const scaled = cell.params === '' ? '' : ` ${cell.params}`;
  return `${cell.workload}${scaled}/${cell.model} on ${found === undefined ? cell.runtime : runtimeLabel(found.runtime)}`;
}
