import { intervalLevel } from '../model/change.ts';
import type { NullRun } from '../model/null-run.ts';
import { proportionUpperBound } from '../stats/proportion-bound.ts';
import type { RunJudgement } from './run-judgement.ts';

/** How often a null run showed a flag on this machine. */
export interface FalseAlarmRate {
  readonly runs: number;
  /** Null runs with at least one flag. */
  readonly flagged: number;
  /** The largest rate that so many runs leave possible, one-sided at 95 %, in (0, 1]. */
  readonly atMost: number;
}

/** The rate observed over null runs. */
export function falseAlarmRate(runs: readonly NullRun[]): FalseAlarmRate {
  const flagged = runs.filter((run) => run.flagged > 0).length;
  return { runs: runs.length, flagged, atMost: proportionUpperBound({ count: flagged, trials: runs.length, level: intervalLevel }) };
}

/** What a null run adds to the record: every cell that pairs could have flagged, and those they did. */
export function nullRunOf({ cells }: RunJudgement, { created, commit }: Pick<NullRun, 'created' | 'commit'>): NullRun {
  const judged = cells.filter(({ verdict }) => 'pairs' in verdict && verdict.pairs !== null);
  const flagged = judged.filter(({ verdict }) => verdict.verdict === 'regression' || verdict.verdict === 'improvement');
  return { created, commit, cells: judged.length, flagged: flagged.length };
}
