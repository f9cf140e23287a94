import { standardDeviation } from '../stats/quantiles.ts';
import { allCellsCaught, bounds, negativeControlFlags, runsBeforeSentinels } from './bounds.ts';
import { observedShare } from './observed-share.ts';
import type { ShortStudies } from './short-studies.ts';

/** Standard errors by which a mean must lie beyond its bound: as a 95 % interval of a share does. */
const beyond = 1.96;

/**
 * The bounds that the figures of one machine contradict, one sentence each. Few pull requests leave much to chance: a
 * share contradicts its bound only where its whole 95 % interval lies beyond it.
 */
export function contradictions({ scenario, nothing, slowed, allCells }: ShortStudies): readonly string[] {
  const bound = bounds[scenario.name];
  if (bound === undefined) return [`${scenario.name}: there are no bounds for this machine`];
  const [tenth] = slowed;
  const falsely = observedShare(nothing.falselyFlagged, nothing.plan.pullRequests);
  const negative = observedShare(nothing.peers[0]?.falselyFlagged ?? 0, nothing.plan.pullRequests);
  const all = observedShare(allCells.flagged, allCells.plan.pullRequests);
  const runs = runsBeforeSentinels(nothing);
  const error = standardDeviation(nothing.processRuns) / Math.sqrt(nothing.plan.pullRequests);
  const checks: readonly (readonly [holds: boolean, what: string])[] = [
    [falsely.low <= bound.falselyFlagged, `${falsely.count} of ${falsely.of} pull requests without a change flagged`],
    [tenth !== undefined && observedShare(tenth.caught, tenth.changed).high >= bound.caught, 'too few slowdowns of 10 % caught'],
    [scenario.name === 'hostile' || all.high >= allCellsCaught, 'too few slowdowns of all cells flagged'],
    [runs - beyond * error <= bound.processRuns, `${runs.toFixed(0)} process runs a pull request`],
    [
      negative.high >= negativeControlFlags,
      `the negative control flags only ${negative.count} of ${negative.of}: the simulation cannot see a bad rule`,
    ],
  ];
  return checks.flatMap(([holds, what]) => (holds ? [] : [`${scenario.name}: ${what}`]));
}
