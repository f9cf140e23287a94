import { baseRunsFirst, pairOrder } from '../../src/plan/pair-schedule.ts';
import { seededRandom, shuffled } from '../../src/stats/random.ts';

/** Whether head is what base is, or slower. */
export type PairKind = 'null' | 'planted';

/** One pair to record. */
export interface Job {
  /** As `cellName` makes it. */
  readonly cell: string;
  readonly kind: PairKind;
  /** From 0, for each cell and kind. */
  readonly index: number;
  /** The random order of the sides, fixed before anything is measured. */
  readonly baseFirst: boolean;
}

/** How many pairs of each kind a cell gets. */
export type PairCounts = Readonly<Record<PairKind, number>>;

/** What the schedule is made from. */
export interface JobsRequest {
  readonly cells: readonly string[];
  readonly counts: PairCounts;
  readonly seed: number;
}

/** What names a pair in the record. */
export function jobKey({ cell, kind, index }: Pick<Job, 'cell' | 'kind' | 'index'>): string {
  return `${cell} ${kind} ${index}`;
}

/**
 * Rounds that visit every cell once, in an order of their own, with null and planted pairs mixed: what drifts hits all
 * cells and both kinds alike. The same for the same request.
 */
export function jobRounds({ cells, counts, seed }: JobsRequest): readonly (readonly Job[])[] {
  const series = new Map(cells.map((cell) => [cell, cellJobs(cell, counts, seed)]));
  return Array.from({ length: counts.null + counts.planted }, (_, round) =>
    pairOrder(cells, seed, round).flatMap((cell) => series.get(cell)?.[round] ?? []),
  );
}

function cellJobs(cell: string, counts: PairCounts, seed: number): readonly Job[] {
  const jobs = (['null', 'planted'] as const).flatMap((kind) =>
    Array.from({ length: counts[kind] }, (_, index) => ({ cell, kind, index, baseFirst: baseRunsFirst(`${kind}:${cell}`, seed, index) })),
  );
  return shuffled(jobs, seededRandom(`mix:${seed}:${cell}`));
}
