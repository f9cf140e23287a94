import type { RuleOptions } from './our-rule.ts';
import { type PeerRule, peerRules, peerRuns, pooledMannWhitney } from './peers.ts';
import { guest, type Scenario, scenarios } from './scenario.ts';
import { runStudy, type StudyPlan, type StudyResult } from './study.ts';

/** Cells of a simulated project, stored runs that its screen looks at, and cells that a pull request slows. */
export const projectSize = { cells: 100, baselineRuns: 10, slowedCells: 4 } as const;

/** Slowdowns whose detection is counted, as shares. */
export const slowdowns = [0.05, 0.1, 0.2] as const;

/** The rule as it is shipped. */
export const shipped: RuleOptions = { alpha: 0.01, sentinels: true, control: false, baselineRuns: projectSize.baselineRuns };

/** All studies of one scenario. */
export interface ScenarioFigures {
  readonly scenario: Scenario;
  readonly nothing: StudyResult;
  /** One study for each of `slowdowns`. */
  readonly slowed: readonly StudyResult[];
  readonly allCells: StudyResult;
  /** The same draws with the control variate on. */
  readonly controlled: { readonly nothing: StudyResult; readonly slowed: StudyResult };
  /** Every cell measured in pairs, for want of stored runs. */
  readonly withoutBaseline: { readonly nothing: StudyResult; readonly slowed: StudyResult };
  /** Processor seconds that 1,000 simulated pull requests without a change took, the peers' rules included. */
  readonly secondsPerThousand: number;
}

/** The control variate off and on, on the same draws. */
export interface ControlFigures {
  readonly scenario: Scenario;
  readonly nothing: StudyResult;
  /** Cells slowed by 10 %. */
  readonly slowed: StudyResult;
  readonly controlled: { readonly nothing: StudyResult; readonly slowed: StudyResult };
}

/** How much to simulate. */
export interface SuiteOptions {
  /** Pull requests without a change, each scenario. */
  readonly pullRequests: number;
  readonly seed: string;
  /** Processor seconds since any fixed moment. */
  readonly clock: () => number;
  readonly progress: (line: string) => void;
}

/** The control variate on the machine that it is for. */
export function runGuest({ pullRequests, seed }: SuiteOptions): ControlFigures {
  const study = (control: boolean, change: StudyPlan['change']) =>
    runStudy({
      scenario: guest,
      change,
      pullRequests: change.kind === 'nothing' ? pullRequests : Math.ceil(pullRequests * 0.3),
      cells: projectSize.cells,
      storedRuns: projectSize.baselineRuns,
      rule: { ...shipped, control },
      peers: [],
      seed,
    });
  const slow = { kind: 'some cells', slowdown: 0.1, cells: projectSize.slowedCells } as const;
  const [nothing, slowed] = [study(false, { kind: 'nothing' }), study(false, slow)];
  return { scenario: guest, nothing, slowed, controlled: { nothing: study(true, { kind: 'nothing' }), slowed: study(true, slow) } };
}

/** Runs every study of every scenario. */
export function runSuite(options: SuiteOptions): readonly ScenarioFigures[] {
  return scenarios.map((scenario) => figuresOf(scenario, options));
}

function figuresOf(scenario: Scenario, { pullRequests, seed, clock, progress }: SuiteOptions): ScenarioFigures {
  const fewer = Math.ceil(pullRequests * 0.3);
  const study = (part: Partial<StudyPlan>): StudyResult =>
    runStudy({
      scenario,
      change: { kind: 'nothing' },
      pullRequests,
      cells: projectSize.cells,
      storedRuns: projectSize.baselineRuns,
      rule: shipped,
      peers: [],
      seed,
      ...part,
    });
  const slowed = (slowdown: number) => ({ kind: 'some cells', slowdown, cells: projectSize.slowedCells }) as const;
  const againstPeers: { readonly peers: readonly PeerRule[]; readonly storedRuns: number } = {
    peers: [pooledMannWhitney, ...peerRules],
    storedRuns: peerRuns,
  };
  const started = clock();
  const nothing = study(againstPeers);
  const secondsPerThousand = ((clock() - started) / pullRequests) * 1000;
  progress(
    `${scenario.name}: ${pullRequests} pull requests without a change, ${secondsPerThousand.toFixed(1)} processor seconds per 1,000`,
  );
  const pairEverything = { rule: { ...shipped, baselineRuns: 0 }, storedRuns: 0, pullRequests: fewer };
  const controlled = { rule: { ...shipped, control: true } };
  const figures: ScenarioFigures = {
    scenario,
    nothing,
    slowed: slowdowns.map((slowdown) => study({ ...againstPeers, change: slowed(slowdown), pullRequests: fewer })),
    allCells: study({ change: { kind: 'all cells', slowdown: 0.1 }, pullRequests: fewer }),
    controlled: { nothing: study(controlled), slowed: study({ ...controlled, change: slowed(0.1), pullRequests: fewer }) },
    withoutBaseline: { nothing: study(pairEverything), slowed: study({ ...pairEverything, change: slowed(0.1) }) },
    secondsPerThousand,
  };
  progress(`${scenario.name}: all studies after ${(clock() - started).toFixed(0)} processor seconds`);
  return figures;
}
