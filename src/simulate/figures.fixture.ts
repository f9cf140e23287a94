import { pooledMannWhitney } from './peers.ts';
import type { Change } from './pull-request.ts';
import { guest, type Scenario, scenarios } from './scenario.ts';
import { runStudy, type StudyResult } from './study.ts';
import { type ControlFigures, type ScenarioFigures, shipped, slowdowns } from './suite.ts';

/** Studies of few small projects, every one real, in the shape of the whole suite. */
export function smallFigures(scenario: Scenario): ScenarioFigures {
  const nothing = study(scenario, { kind: 'nothing' });
  const slowed = slowdowns.map((slowdown) => study(scenario, { kind: 'some cells', slowdown, cells: 2 }));
  const tenth = slowed[slowdowns.indexOf(0.1)] ?? nothing;
  return {
    scenario,
    nothing,
    slowed,
    allCells: study(scenario, { kind: 'all cells', slowdown: 0.1 }),
    controlled: { nothing, slowed: tenth },
    withoutBaseline: { nothing, slowed: tenth },
    secondsPerThousand: 12.5,
  };
}

/** The quietest machine's small figures. */
export function quietFigures(): ScenarioFigures {
  const [quiet] = scenarios;
  if (quiet === undefined) throw new Error('there is no scenario');
  return smallFigures(quiet);
}

/** The control variate off and on, on few small projects. */
export function smallGuest(): ControlFigures {
  const slow: Change = { kind: 'some cells', slowdown: 0.1, cells: 2 };
  const [nothing, slowed] = [study(guest, { kind: 'nothing' }), study(guest, slow)];
  return {
    scenario: guest,
    nothing,
    slowed,
    controlled: { nothing: study(guest, { kind: 'nothing' }, true), slowed: study(guest, slow, true) },
  };
}

function study(scenario: Scenario, change: Change, control = false): StudyResult {
  const size = { pullRequests: 10, cells: 20, storedRuns: 10 };
  return runStudy({ scenario, change, ...size, rule: { ...shipped, control }, peers: [pooledMannWhitney], seed: 'figures' });
}
