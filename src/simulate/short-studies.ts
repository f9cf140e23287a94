import { peerRules, peerRuns, pooledMannWhitney } from './peers.ts';
import type { Change } from './pull-request.ts';
import type { Scenario } from './scenario.ts';
import { runStudy, type StudyResult } from './study.ts';
import { shipped } from './suite.ts';

/** Slowdowns whose detection is counted, as shares; the one that the bounds are about first. */
export const caughtSlowdowns = [0.1, 0.2] as const;

/** The studies of one machine, fewer than the acceptance figures have: ours and the peers' rules on the same draws. */
export interface ShortStudies {
  readonly scenario: Scenario;
  readonly nothing: StudyResult;
  /** One for each of `caughtSlowdowns`. */
  readonly slowed: readonly StudyResult[];
  /** All cells slowed by a tenth. */
  readonly allCells: StudyResult;
}

/** How large the studies are. */
export interface ShortStudySize {
  readonly cells: number;
  readonly slowedCells: number;
  /** Pull requests without a change. */
  readonly pullRequests: number;
  readonly seed: string;
}

/** Runs the studies of one machine. */
export function runShortStudies(scenario: Scenario, { cells, slowedCells, pullRequests, seed }: ShortStudySize): ShortStudies {
  const peers = [pooledMannWhitney, ...peerRules];
  const study = (change: Change) =>
    runStudy({
      scenario,
      change,
      pullRequests: change.kind === 'nothing' ? pullRequests : changingPullRequests(pullRequests),
      cells,
      storedRuns: peerRuns,
      rule: shipped,
      peers,
      seed,
    });
  return {
    scenario,
    nothing: study({ kind: 'nothing' }),
    slowed: caughtSlowdowns.map((slowdown) => study({ kind: 'some cells', slowdown, cells: slowedCells })),
    allCells: study({ kind: 'all cells', slowdown: 0.1 }),
  };
}

/** Pull requests of each kind that change something, beside so many that do not: each of them shows several slowed cells. */
export function changingPullRequests(pullRequests: number): number {
  return Math.ceil(pullRequests * 0.3);
}
