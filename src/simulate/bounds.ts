import type { StudyResult } from './study.ts';
import type { ControlFigures, ScenarioFigures } from './suite.ts';

/** What the figures of one scenario must reach, all as shares but the runs. */
export interface Bounds {
  /** Most pull requests without a change in which anything is flagged. */
  readonly falselyFlagged: number;
  /** Fewest slowed cells of +10 % caught. */
  readonly caught: number;
  /** Most slowed cells of +10 % neither caught nor called inconclusive. */
  readonly silentlyMissed: number;
  /** Most process runs a pull request, sentinels not counted. */
  readonly processRuns: number;
}

/** By scenario; for hostile machines the runs are those of 10 processes a cell and looks to 80 pairs. */
export const bounds: Readonly<Record<string, Bounds>> = {
  quiet: { falselyFlagged: 0.005, caught: 0.99, silentlyMissed: 0.01, processRuns: 550 },
  hostedSame: { falselyFlagged: 0.01, caught: 0.96, silentlyMissed: 0.04, processRuns: 1000 },
  hosted: { falselyFlagged: 0.01, caught: 0.95, silentlyMissed: 0.05, processRuns: 1250 },
  hostile: { falselyFlagged: 0.02, caught: 0.7, silentlyMissed: 0.06, processRuns: 7300 },
};

/** Fewest pull requests flagged that slow all cells by 10 %, away from hostile machines. */
export const allCellsCaught = 0.99;

/** Fewest pull requests without a change that the negative control flags: else the simulation could not see a bad rule. */
export const negativeControlFlags = 0.5;

/** Most processor seconds for 1,000 pull requests, the peers' rules included. */
export const secondsPerThousand = 60;

/** A bound that was missed, in one sentence. */
export type Violation = string;

/** Every bound that the figures miss; empty when all hold. */
export function violations({
  scenario,
  nothing,
  slowed,
  allCells,
  controlled,
  secondsPerThousand: seconds,
}: ScenarioFigures): readonly Violation[] {
  const bound = bounds[scenario.name];
  if (bound === undefined) return [`${scenario.name}: there are no bounds for this scenario`];
  const tenPercent = slowed.find(({ plan }) => plan.change.kind === 'some cells' && plan.change.slowdown === 0.1);
  const negative = shareOf(nothing.peers[0]?.falselyFlagged ?? 0, nothing);
  const checks: readonly (readonly [holds: boolean, what: string])[] = [
    [falseRate(nothing) <= bound.falselyFlagged, `${share(falseRate(nothing))} of pull requests without a change flagged`],
    [falseRate(controlled.nothing) <= bound.falselyFlagged, `${share(falseRate(controlled.nothing))} flagged with the control variate on`],
    [tenPercent !== undefined && power(tenPercent) >= bound.caught, 'too few slowdowns of 10 % caught'],
    [tenPercent !== undefined && silentlyMissed(tenPercent) <= bound.silentlyMissed, 'too many slowdowns of 10 % missed in silence'],
    [power(controlled.slowed) >= bound.caught, 'too few slowdowns of 10 % caught with the control variate on'],
    [runsBeforeSentinels(nothing) <= bound.processRuns, `${runsBeforeSentinels(nothing).toFixed(0)} process runs a pull request`],
    [scenario.name === 'hostile' || shareOf(allCells.flagged, allCells) >= allCellsCaught, 'too few slowdowns of all cells flagged'],
    [negative >= negativeControlFlags, `the negative control flags only ${share(negative)}: the simulation cannot see a bad rule`],
    [seconds <= secondsPerThousand, `1,000 pull requests took ${seconds.toFixed(0)} processor seconds`],
  ];
  return checks.flatMap(([holds, what]) => (holds ? [] : [`${scenario.name}: ${what}`]));
}

/** Most pull requests without a change that are flagged on the guest, and most process runs there with the control against without. */
export const guestBounds = { falselyFlagged: 0.02, processRuns: 0.5 } as const;

/** The bounds that the control variate misses on the machine that it is for. */
export function guestViolations({ nothing, slowed, controlled }: ControlFigures): readonly Violation[] {
  const saved = pairsOf(controlled.nothing, 'CPU-like') / pairsOf(nothing, 'CPU-like');
  const checks: readonly (readonly [holds: boolean, what: string])[] = [
    [
      falseRate(controlled.nothing) <= guestBounds.falselyFlagged,
      `${share(falseRate(controlled.nothing))} flagged with the control variate on`,
    ],
    [saved <= guestBounds.processRuns, `the control variate leaves ${share(saved)} of the pairs of CPU-like cells`],
    [power(controlled.slowed) >= power(slowed), 'the control variate costs power'],
  ];
  return checks.flatMap(([holds, what]) => (holds ? [] : [`guest: ${what}`]));
}

/** Mean pairs that a suspect of a family took. */
export function pairsOf({ pairsByFamily }: StudyResult, family: string): number {
  const sum = pairsByFamily.get(family);
  return sum === undefined ? Number.NaN : sum.pairs / sum.suspects;
}

/** Share of pull requests in which an unchanged cell was flagged, either direction. */
export function falseRate(study: StudyResult): number {
  return shareOf(study.falselyFlagged, study);
}

/** Share of a study's pull requests. */
export function shareOf(count: number, { plan }: StudyResult): number {
  return count / plan.pullRequests;
}

/** Share of the slowed cells that were called a regression. */
export function power({ caught, changed }: StudyResult): number {
  return caught / changed;
}

/** Share of the slowed cells of which the report says neither regression nor inconclusive. */
export function silentlyMissed({ caught, inconclusive, changed }: StudyResult): number {
  return 1 - (caught + inconclusive) / changed;
}

/** Mean process runs a pull request, less those that sentinels cost. */
export function runsBeforeSentinels({ processRuns, sentinelRuns, plan }: StudyResult): number {
  const total = processRuns.reduce((sum, runs, index) => sum + runs - (sentinelRuns[index] ?? 0), 0);
  return total / plan.pullRequests;
}

function share(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
