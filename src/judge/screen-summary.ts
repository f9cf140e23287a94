import type { Run } from '../model/run.ts';
import type { ScreenedCell } from './baseline-screen.ts';
import { runtimeHistories } from './history-use.ts';
import type { ScreenSummary } from './run-judgement.ts';

/** The screen in numbers, and the stored runs it rested on. */
export function screenSummary(screened: readonly ScreenedCell[], baselineRuns: readonly Run[]): ScreenSummary {
  const suspects = screened.flatMap(({ outcome }) => (outcome.kind === 'suspect' ? [outcome] : []));
  const used = new Set(screened.flatMap(({ history }) => history.map(({ run }) => run)));
  const runs = [...new Map(baselineRuns.filter(({ runId }) => used.has(runId)).map((run) => [run.runId, run])).values()].toReversed();
  return {
    cleared: screened.filter(({ outcome }) => outcome.kind === 'cleared').length,
    suspects: suspects.length,
    sentinels: suspects.filter(({ sentinel }) => sentinel).length,
    withoutBaseline: suspects.filter(({ why }) => why === 'no baseline').length,
    leftOut: screened.filter(({ outcome }) => outcome.kind === 'left out').length,
    runs: runs.length,
    commits: [...new Set(runs.flatMap(({ commit }) => (commit === null ? [] : [commit])))],
    cpuModels: [...new Set(runs.map(({ machine }) => machine.cpuModel))],
    cutByStep: screened.filter(({ cutBy }) => cutBy === 'step').length,
    cutByAccepted: screened.filter(({ cutBy }) => cutBy === 'accepted shift').length,
    histories: runtimeHistories(screened, baselineRuns),
  };
}
