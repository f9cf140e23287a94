import { describe, expect, it } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntimes } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { screenBaseline } from '../judge/baseline-screen.ts';
import { indexCells } from '../judge/cell-index.ts';
import { type RuntimeHistory, runtimeHistories } from '../judge/history-use.ts';
import type { BaselineChoice } from '../model/baseline-choice.ts';
import { type Results, resultsOfRuntime } from '../model/results.ts';
import { everyRun, storedRunTable } from './stored-runs.ts';

const workloads = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };
const run = (number: number, change: Partial<Results> = {}) => fixtureResults({ run: number, workloads, also: change });
const other = { machine: { ...fixtureMachine, cpuModel: 'another' } };
const head = run(40);

/** Stored as a baseline is: one record for each runtime. */
const records = (runs: readonly Results[], keep: (runtime: string, run: Results) => boolean = () => true) =>
  runs.flatMap((each) => each.runtimes.filter(({ id }) => keep(id, each)).map((runtime) => resultsOfRuntime(each, runtime)));

function historiesOf(baselineRuns: readonly Results[]): readonly RuntimeHistory[] {
  const options = { thresholds: { rules: [] }, seed: 1, maxSuspects: null, sentinels: false };
  return runtimeHistories(screenBaseline({ index: indexCells(head), baselineRuns, ...options }), baselineRuns);
}

function made(baselineRuns: readonly Results[], choice: BaselineChoice = everyRun(baselineRuns)) {
  return storedRunTable({ results: head, choice, baselineRuns, histories: historiesOf(baselineRuns) });
}

const ids = (runs: readonly { readonly runId: string }[]) => runs.map(({ runId }) => runId);

describe('the table of stored runs', () => {
  it('has each run once, the newest first, with its age, its machine and the runtimes it served', () => {
    const { used, leftOut } = made(records([run(1), run(2), run(3)]));
    expect(ids(used)).toEqual(['run-3', 'run-2', 'run-1']);
    expect(used[0]).toMatchObject({
      ...{ ageSeconds: 37 * 86_400, cpuModel: 'AMD EPYC 7763', runnerClasses: ['github-hosted ubuntu24'], runtimes: ['3.9.18', '3.13.0'] },
    });
    expect(leftOut).toEqual([]);
  });

  it('says how many runs on this CPU model sufficed, and how far back it looks', () => {
    const runs = [run(1, other), ...Array.from({ length: 12 }, (_, index) => run(index + 2))];
    const { used, leftOut } = made(records(runs));
    expect(used).toHaveLength(10);
    expect(leftOut.map(({ reason, runtimes, runs: named }) => [reason, runtimes, ids(named)])).toEqual([
      ['ran on another CPU model (another); 10 on this one suffice', null, ['run-1']],
      ['is older than the 10 runs that are looked back on', null, ['run-3', 'run-2']],
    ]);
  });

  it('tells runtimes apart', () => {
    const [older] = fixtureRuntimes;
    const runs = [run(1, other), run(2), run(3), run(4)];
    const { used, leftOut } = made(records(runs, (runtime, each) => runtime === older?.id || each.runId === 'run-1'));
    expect(used.map(({ runId, runtimes }) => [runId, runtimes])).toEqual([
      ['run-4', ['3.9.18']],
      ['run-3', ['3.9.18']],
      ['run-2', ['3.9.18']],
      ['run-1', ['3.13.0']],
    ]);
    expect(leftOut).toMatchObject([{ reason: 'ran on another CPU model (another); 3 on this one suffice', runtimes: ['3.9.18'] }]);
  });

  it('has every reason of the choice, and runs of which nothing can be compared', () => {
    const incomparable = run(1, { workloads: run(1).workloads.map((workload) => ({ ...workload, source: 'older' })) });
    const named = { runId: 'gone', commit: null, created: '2026-01-01T00:00:00.000Z', cpuModel: 'x' };
    const choice = { used: everyRun([incomparable, run(2)]).used, leftOut: [{ ...named, reason: 'is partial' }], accepted: [] };
    const { used, leftOut } = made(records([incomparable, run(2)]), choice);
    expect(ids(used)).toEqual(['run-2']);
    expect(leftOut.map(({ reason, runs }) => [reason, ids(runs)])).toEqual([
      ['is partial', ['gone']],
      ['has no cell that can be compared with this run', ['run-1']],
    ]);
  });

  it('counts a chosen run as used where it is not known what it served for', () => {
    const table = storedRunTable({ results: head, choice: everyRun([run(1)]), baselineRuns: [run(1)], histories: [] });
    expect(table).toMatchObject({ used: [{ runId: 'run-1', runtimes: [] }], leftOut: [] });
  });
});
