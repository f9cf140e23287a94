import { describe, expect, test } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntime, fixtureRuntimes } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { runtimeColumns } from './columns.ts';
import { compareResults } from './comparison.ts';
import { leftOutGroups } from './left-out.ts';
import { buildReport } from './report.ts';

const spawn = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };

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
    const report = buildReport({
      results: fixtureResults({ run: 9, workloads: spawn, runtimes: [fixtureRuntime('3.12.1')] }),
      baselineRuns: [],
      failOn: [],
    });
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
    const row = buildReport({ results, baselineRuns: [], failOn: [] }).useCases.rows.at(-1);
    expect(row).toMatchObject({ useCase: 'My queue.', says: null, cells: [{ claim: null, ranking: { status: 'ranked' } }, {}] });
  });

  test('a run is never compared with itself or with a partial one', () => {
    const results = fixtureResults({ run: 9 });
    expect(buildReport({ results, baselineRuns: [results], failOn: [] }).counts.compared).toBe(0);
    expect(buildReport({ results, baselineRuns: [{ ...stored[0], partial: true } as typeof results], failOn: [] }).counts.compared).toBe(0);
    expect(buildReport({ results, baselineRuns: stored, failOn: [] }).counts).toMatchObject({
      compared: 104,
      measured: 104,
      broken: 0,
      new: 0,
      missing: 0,
      fewestProcesses: 5,
      mostProcesses: 5,
    });
  });

  test('warnings: no baseline by label, few processes, an interval within runs, a moved calibration', () => {
    const codes = (results: ReturnType<typeof fixtureResults>, baselineRuns: typeof stored) =>
      buildReport({ results, baselineRuns, failOn: [] }).warnings;
    expect(codes(fixtureResults({ run: 9 }), [])).toEqual([
      { code: 'no baseline', runtime: '3.9.18' },
      { code: 'no baseline', runtime: '3.13.0' },
    ]);
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

  test('changes are sorted worse first, then by size', () => {
    const factors: Readonly<Record<string, number>> = { spawn: 1.5, fan_out: 2, context_switch: 0.3 };
    const results = fixtureResults({ run: 9, noise: 0.01, factor: ({ workload }) => factors[workload] ?? 1 });
    const { changed } = buildReport({ results, baselineRuns: stored.slice(0, 1), failOn: [] }).changes;
    expect(changed[0]?.cell.workload).toBe('fan_out');
    const firstBetter = changed.findIndex(({ ratio }) => ratio.value < 1);
    expect(changed[firstBetter]?.cell.workload).toBe('context_switch');
    expect(changed.slice(firstBetter).every(({ ratio }) => ratio.value < 1)).toBe(true);
  });
});

describe('two results', () => {
  const results = (run: number, versions: readonly string[]) =>
    fixtureResults({ run, workloads: spawn, runtimes: versions.map((version) => fixtureRuntime(version)) });

  test('pair runtimes by identity, then by version, then the last ones left', () => {
    const comparison = compareResults(results(1, ['3.12.1', '3.9.18']), results(2, ['3.9.18', '3.13.0']));
    expect(comparison.pairs.map(({ base, head }) => [base.label, head.label])).toEqual([
      ['3.9.18', '3.9.18'],
      ['3.12.1', '3.13.0'],
    ]);
    expect(comparison.pairs[1]?.differences).toEqual(['Python 3.12.1 → 3.13.0']);
    expect(comparison.changes.every(({ status }) => status === 'compared')).toBe(true);
    const upgraded = { ...results(3, []), runtimes: [fixtureRuntime('3.9.18', { uvloop: '0.23.0' })] };
    expect(compareResults(results(1, ['3.9.18']), upgraded).pairs[0]?.differences).toEqual([
      'aiohttp 3.14.3 → none',
      'uvloop 0.22.1 → 0.23.0',
    ]);
  });

  test('what cannot be paired is named, another machine is a warning, a file with itself is no change', () => {
    const lone = compareResults(results(1, ['3.9.18', '3.10.13', '3.11.7']), results(2, ['3.9.18']));
    expect(lone.onlyBase).toEqual(['3.10.13', '3.11.7']);
    const elsewhere = { ...results(2, ['3.9.18']), machine: { ...fixtureMachine, cpus: 4 } };
    expect(compareResults(results(1, ['3.9.18']), elsewhere).warnings).toContainEqual({ code: 'other machine', difference: 'CPUs 2 → 4' });
    const same = compareResults(results(1, ['3.9.18']), results(1, ['3.9.18']));
    expect(same.table).toMatchObject({ compared: 5, changed: [] });
  });
});
