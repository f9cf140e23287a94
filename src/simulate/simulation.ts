import { UserError } from '../model/user-error.ts';
import { mean } from '../stats/quantiles.ts';
import { contradictions } from './contradiction.ts';
import { type ObservedShare, observedShare } from './observed-share.ts';
import { type Scenario, scenarios } from './scenario.ts';
import { caughtSlowdowns, changingPullRequests, runShortStudies, type ShortStudies } from './short-studies.ts';
import type { StudyResult } from './study.ts';
import { projectSize } from './suite.ts';

/** How much to simulate. */
export interface SimulationOptions {
  /** Pull requests without a change on each machine, at least 10; three tenths as many for each change. */
  readonly pullRequests: number;
  /** The same seed gives the same figures on every machine. */
  readonly seed: string;
  /** Names of the machines; all unless given. */
  readonly scenarios?: readonly string[] | undefined;
  /** Cells of a simulated project, at least one; those of the acceptance figures unless given. */
  readonly cells?: number | undefined;
  /** Seconds since any fixed moment. */
  readonly clock: () => number;
  readonly progress: (line: string) => void;
}

/** What is simulated where nothing else is asked for: every machine, in well under a minute. */
export const simulationDefaults = { pullRequests: 100, seed: 'acceptance 1' } as const;

/** How one rule judged the pull requests of one machine. */
export interface RuleRecord {
  readonly name: string;
  readonly rule: string;
  /** Pull requests without a change in which anything was flagged. */
  readonly falselyFlagged: ObservedShare;
  /** Slowed cells that were caught, at each of `caughtSlowdowns`. */
  readonly caught: readonly ObservedShare[];
  /** Pull requests that slow all cells by a tenth in which anything was flagged. */
  readonly allCells: ObservedShare;
  /** Processes started for a pull request that changes nothing, on average. */
  readonly processRuns: number;
}

/** One simulated machine. */
export interface MachineRecord {
  readonly name: string;
  readonly means: string;
  readonly ours: RuleRecord;
  /** The rules of other tools and the negative control on the same draws. */
  readonly peers: readonly RuleRecord[];
}

/** The acceptance figures in short. */
export interface Simulation {
  readonly machines: readonly MachineRecord[];
  readonly cells: number;
  readonly slowedCells: number;
  /** Slowdowns whose detection was counted, as shares. */
  readonly slowdowns: readonly number[];
  readonly pullRequests: number;
  /** Pull requests of each kind that change something. */
  readonly changing: number;
  readonly seed: string;
  readonly seconds: number;
  /** Whether the figures were held against the bounds, which are stated for projects of one size only. */
  readonly bounds: { readonly kind: 'checked' } | { readonly kind: 'not stated'; readonly statedFor: number };
  /** Bounds that the figures contradict beyond chance, one sentence each. */
  readonly missed: readonly string[];
}

/** With fewer no share says anything. */
const fewestPullRequests = 10;

/** Share of the cells that a pull request slows. */
const slowedShare = projectSize.slowedCells / projectSize.cells;

/**
 * Simulates pull requests and judges them by our rule and those of others.
 *
 * @throws UserError for a machine that does not exist, or for too few pull requests or cells
 */
export function simulate(options: SimulationOptions): Simulation {
  const chosen = chosenScenarios(options.scenarios);
  const { pullRequests, seed, clock, progress } = options;
  const cells = options.cells ?? projectSize.cells;
  refuseTooFew({ pullRequests, cells });
  const slowedCells = Math.max(1, Math.round(cells * slowedShare));
  const started = clock();
  const studied = chosen.map((scenario) => {
    const studies = runShortStudies(scenario, { cells, slowedCells, pullRequests, seed });
    progress(`${scenario.name}: ${pullRequests} pull requests without a change simulated, ${(clock() - started).toFixed(0)} s so far`);
    return studies;
  });
  const stated = cells === projectSize.cells;
  return {
    machines: studied.map(machineRecord),
    cells,
    slowedCells,
    slowdowns: caughtSlowdowns,
    pullRequests,
    changing: changingPullRequests(pullRequests),
    seed,
    seconds: clock() - started,
    bounds: stated ? { kind: 'checked' } : { kind: 'not stated', statedFor: projectSize.cells },
    missed: stated ? studied.flatMap(contradictions) : [],
  };
}

function machineRecord({ scenario, nothing, slowed, allCells }: ShortStudies): MachineRecord {
  const ofStudy = (count: number, { plan }: StudyResult) => observedShare(count, plan.pullRequests);
  const ours: RuleRecord = {
    name: 'ours',
    rule: 'clear, then confirm in pairs',
    falselyFlagged: ofStudy(nothing.falselyFlagged, nothing),
    caught: slowed.map(({ caught, changed }) => observedShare(caught, changed)),
    allCells: ofStudy(allCells.flagged, allCells),
    processRuns: mean(nothing.processRuns),
  };
  const peers = nothing.peers.map(
    ({ rule: { name, rule }, falselyFlagged }, which): RuleRecord => ({
      name,
      rule,
      falselyFlagged: ofStudy(falselyFlagged, nothing),
      caught: slowed.map((study) => observedShare(study.peers[which]?.caught ?? 0, study.changed)),
      allCells: ofStudy(allCells.peers[which]?.flagged ?? 0, allCells),
      processRuns: nothing.plan.cells * scenario.processes,
    }),
  );
  return { name: scenario.name, means: scenario.means, ours, peers };
}

function chosenScenarios(names: readonly string[] | undefined): readonly Scenario[] {
  if (names === undefined || names.length === 0) return scenarios;
  const unknown = names.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown === undefined) return scenarios.filter(({ name }) => names.includes(name));
  throw new UserError(`There is no machine "${unknown}" to simulate.`, `Choose from ${scenarios.map(({ name }) => name).join(', ')}.`);
}

function refuseTooFew({ pullRequests, cells }: { readonly pullRequests: number; readonly cells: number }): void {
  refuseBelow(fewestPullRequests, pullRequests, 'pull requests');
  refuseBelow(1, cells, 'cells');
}

function refuseBelow(least: number, count: number, what: string): void {
  if (Number.isInteger(count) && count >= least) return;
  throw new UserError(`${count} ${what} cannot be simulated.`, `Give a whole number from ${least} up.`);
}
