import { describe, expect, test } from 'vitest';
import { fixtureJudgement } from '../../test/fixtures/judgement/factory.ts';
import { flagged } from '../../test/fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime, fixtureRuntimes } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import type { Results } from '../model/results.ts';
import type { Runtime } from '../model/runtime.ts';
import { warningText } from '../model/warning.ts';
import { runtimeColumns } from './columns.ts';
import { leftOutGroups } from './left-out.ts';
import { buildReport, type Report } from './report.ts';

const spawn = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };

/** A report of a run that its stored runs clear. */
function built(results: Results, baselineRuns: readonly Results[] = [], storesBaseline = true): Report {
  return buildReport({ results, baselineRuns, storesBaseline, judgement: fixtureJudgement({ results }) });
}

describe('columns', () => {
  test('are named by version, and by what tells equal versions apart', () => {
    const plain = fixtureRuntime('3.13.0');
    expect(runtimeColumns([plain, fixtureRuntime('3.13.0t')]).map(({ label }) => label)).toEqual(['3.13.0', '3.13.0t']);
    const older = fixtureRuntime('3.13.0', { uvloop: '0.21.0' });
    const bare = fixtureRuntime('3.13.0', {});
    expect(runtimeColumns([plain, older, bare]).map(({ label }) => label)).toEqual([
      '3.13.0, uvloop 0.22.1',
      '3.13.0, uvloop 0.21.0',
      '3.13.0, no uvloop',
    ]);
    const rebuilt = { ...plain, build: 'ffff', id: 'other' };
    expect(runtimeColumns([plain, rebuilt]).map(({ label }) => label)).toEqual(['3.13.0, build 1a2b3c4d', '3.13.0, build ffff']);
  });
});

describe('left out', () => {
  test('is grouped by reason, and names the runtimes when it is not all of them', () => {
    const columns = runtimeColumns(fixtureRuntimes);
    const [one = '', other = ''] = fixtureRuntimes.map(({ id }) => id);
    const entry = (workload: string, model: 'processes' | 'interpreters', runtime: string, reason: string) => ({
      workload,
      model,
      runtime,
      reason,
    });
    const leftOut = [
      entry('w', 'processes', one, 'a'),
      entry('w', 'processes', other, 'a'),
      entry('w', 'interpreters', one, 'b'),
      entry('v', 'processes', one, 'a'),
      entry('v', 'processes', other, 'a'),
      entry('v', 'interpreters', one, 'a'),
    ];
    expect(leftOutGroups(leftOut.slice(0, 5), columns)).toEqual([
      {
        reason: 'a',
        entries: [
          { workload: 'w', models: ['processes'] },
          { workload: 'v', models: ['processes'] },
        ],
        cells: 4,
        runtimes: null,
      },
      { reason: 'b', entries: [{ workload: 'w', models: ['interpreters'] }], cells: 1, runtimes: ['3.9.18'] },
    ]);
    expect(leftOutGroups(leftOut, columns).map(({ reason, cells }) => [reason, cells])).toEqual([
      ['a', 2],
      ['b', 1],
      ['a', 3],
    ]);
  });
});

describe('report', () => {
  const stored = [1, 2, 3].map((run) => fixtureResults({ run }));

  test('every row of the write-up is there on every runtime, whatever was measured', () => {
    const report = built(fixtureResults({ run: 9, workloads: spawn, runtimes: [fixtureRuntime('3.12.1')] }));
    const rows = [...report.overview.rows, ...report.schedulingAndMemory.rows];
    expect(rows.map(({ feature }) => feature)).toEqual(
      expect.arrayContaining([
        'Concurrency model',
        'Suitable for',
        'Threading model',
        'Memory overhead',
        'CPU-bound task handling',
        'Syntax complexity',
      ]),
    );
    expect(rows.map(({ feature }) => feature)).toEqual(
      expect.arrayContaining(['Scheduling', 'Context switch', 'Memory footprint', 'Blocking call handling']),
    );
    for (const { parts, unmeasurable } of rows) {
      expect(parts.length === 0).toBe(unmeasurable !== null);
      for (const part of parts) expect(part.cells).toHaveLength(1);
    }
    expect(report.useCases.rows.map(({ workload }) => workload)).not.toContain('spawn');
  });

  test('a workload of the user’s becomes a use case without a claim', () => {
    const results = fixtureResults({ run: 9, workloads: { mine: { ...(bundledFigures['spawn'] ?? spawn.spawn), title: 'My queue.' } } });
    const row = built(results).useCases.rows[0];
    expect(row).toMatchObject({ useCase: 'My queue.', says: null, cells: [{ claim: null, ranking: { status: 'ranked' } }, {}] });
  });

  test('a run is never compared with itself or with a partial one', () => {
    const results = fixtureResults({ run: 9 });
    const isBare = ({ warnings }: Report) => warnings.some(({ code }) => code === 'no baseline');
    expect(isBare(built(results, [results]))).toBe(true);
    expect(isBare(built(results, [{ ...fixtureResults({ run: 1 }), partial: true }]))).toBe(true);
    expect(isBare(built(results, stored))).toBe(false);
  });

  test('counts every cell once, by its verdict', () => {
    const results = fixtureResults({
      run: 9,
      breaks: ({ model }) => (model === 'processes' ? { kind: 'crash', message: 'signal 9', output: '' } : null),
    });
    const judgement = fixtureJudgement({
      results,
      verdict: (cell) => (cell.cell.workload === 'spawn' ? flagged(cell, { ratio: cell.cell.model === 'threads' ? 1.2 : 0.8 }) : null),
      missing: [{ cell: { workload: 'gone', model: 'threads', runtime: 'r', params: '' }, reason: 'gone' }],
      confirmation: {},
    });
    const { counts } = buildReport({ results, baselineRuns: stored, storesBaseline: true, judgement });
    expect(counts).toEqual({
      ...{ cells: 105, measured: 100, workloads: 14, refused: 0, fewestProcesses: 5, mostProcesses: 5, flips: 0 },
      ...{ regressions: 2, improvements: 8, noChange: 90, inconclusive: 0, notComparable: 0, new: 0, missing: 1, broken: 4 },
      ...{ planned: 104, notReached: 0 },
    });
  });

  test('refuses a judgement that leaves a measured cell out', () => {
    const results = fixtureResults({ run: 9, workloads: spawn });
    const judgement = fixtureJudgement({ results });
    const report = () =>
      buildReport({ results, baselineRuns: [], storesBaseline: true, judgement: { ...judgement, cells: judgement.cells.slice(1) } });
    expect(report).toThrow(/was measured and has no verdict/);
  });

  test('what else moved in a regression is its pattern, and no finding of its own', () => {
    const results = fixtureResults({
      run: 9,
      factor: ({ workload, model }, metric) => (`${workload} ${model} ${metric}` === 'chat_server asyncio latency_p99' ? 4 : 1),
    });
    const isChat = ({ workload, model }: { readonly workload: string; readonly model: string }) =>
      workload === 'chat_server' && model === 'asyncio';
    const found = (regressed: boolean) => {
      const judgement = fixtureJudgement({
        results,
        verdict: (cell) => (regressed && isChat(cell.cell) ? flagged(cell, { ratio: 1.2 }) : null),
      });
      return buildReport({ results, baselineRuns: stored, storesBaseline: true, judgement }).findings.unjudged.filter(({ cell }) =>
        isChat(cell),
      );
    };
    expect(found(false)).toHaveLength(2);
    expect(found(true)).toEqual([]);
  });

  test('warnings: no baseline by label, few processes, an interval within runs, a moved calibration', () => {
    const codes = (results: Results, baselineRuns: readonly Results[]) => built(results, baselineRuns).warnings;
    expect(codes(fixtureResults({ run: 9 }), [])).toEqual([
      { code: 'no baseline', runtime: '3.9.18', stored: true },
      { code: 'no baseline', runtime: '3.13.0', stored: true },
    ]);
    const kept = (storesBaseline: boolean) => built(fixtureResults({ run: 9 }), [], storesBaseline).warnings;
    expect(kept(false)).toContainEqual({ code: 'no baseline', runtime: '3.9.18', stored: false });
    expect(kept(true).map(warningText)[0]).toContain('This run is stored; with three stored runs, cells can be cleared.');
    expect(kept(false).map(warningText)[0]).toContain('not stored: only complete runs of the default branch are');
    expect(codes(fixtureResults({ run: 9, processes: 2 }), stored)).toEqual([
      { code: 'few processes', subject: '104 cells', needed: 3, actual: 2 },
    ]);
    expect(codes(fixtureResults({ run: 9 }), stored.slice(0, 1))).toEqual([{ code: 'same-run interval', runs: 1 }]);
    const slow = fixtureResults({ run: 9 });
    const slowed = {
      ...slow,
      samples: slow.samples.map((each) =>
        each.status === 'measured' ? { ...each, calibration: each.calibration.map((v) => v * 1.5) } : each,
      ),
    };
    expect(codes(slowed, stored).map(({ code }) => code)).toEqual(['calibration moved', 'calibration moved']);
  });

  test('a package that changed since the newest stored run is told once for each runtime', () => {
    const runtimes = (aiohttp: string, uvloop = '0.22.1') => [fixtureRuntime('3.9.18'), fixtureRuntime('3.13.0', { uvloop, aiohttp })];
    const run = (seed: number, each: readonly Runtime[]) => fixtureResults({ run: seed, runtimes: each, workloads: spawn });
    const changed = (now: readonly Runtime[], earlier: readonly (readonly Runtime[])[]) =>
      built(
        run(9, now),
        earlier.map((each, seed) => run(seed, each)),
      ).warnings.filter(({ code }) => code === 'packages changed');
    expect(changed(runtimes('3.14.3'), [runtimes('3.13.2')])).toEqual([
      { code: 'packages changed', runtime: '3.13.0', changes: 'aiohttp 3.13.2 → 3.14.3' },
    ]);
    expect(changed(runtimes('3.14.3'), [runtimes('3.13.2'), runtimes('3.14.3')])).toEqual([]);
    expect(changed(runtimes('3.14.3'), [runtimes('3.14.3'), runtimes('3.13.2')])).toHaveLength(1);
    const bare = [fixtureRuntime('3.9.18'), fixtureRuntime('3.13.0', { uvloop: '0.22.1' })];
    expect(changed(runtimes('3.14.3'), [bare]), 'a workload brought the package').toEqual([]);
    expect(changed(runtimes('3.14.3'), [runtimes('3.13.2', '0.21.0')]), 'another uvloop is another runtime').toEqual([]);
  });

  test('what was not measured is folded: whole tables of the write-up, and use cases behind the user’s own', () => {
    const mine = { ...spawn.spawn, title: 'My queue.' };
    const own = built(fixtureResults({ run: 9, workloads: { mine } }));
    for (const each of [own.overview, own.schedulingAndMemory, own.advice])
      expect(each.unmeasured).toBe('none of its workloads is in this run');
    expect(own.useCases.rows.map(({ workload }) => workload)).toEqual(['mine']);
    expect(own.useCases.unmeasured.map(({ workload }) => workload)).toContain('chat_server');
    expect(own.useCases.unmeasured.every(({ reason }) => reason === null)).toBe(true);
    const fault = { kind: 'crash', message: 'signal 9', output: '' } as const;
    const chat = { mine, chat_server: bundledFigures['chat_server'] ?? mine, data_crunching: bundledFigures['data_crunching'] ?? mine };
    const broken = built(
      fixtureResults({
        run: 9,
        workloads: chat,
        breaks: ({ workload }) => (workload === 'chat_server' ? fault : null),
        skips: ({ workload }) => workload === 'data_crunching',
        also: { partial: true },
      }),
    );
    expect(broken.useCases.rows.map(({ workload }) => workload)).toEqual(['mine', 'chat_server', 'chat_server']);
    expect(broken.useCases.unmeasured).toContainEqual({
      workload: 'data_crunching',
      reason: 'the run was interrupted before data_crunching under sequential',
    });
    expect(broken.overview.unmeasured).toContain('the run was interrupted before data_crunching');
  });
});
