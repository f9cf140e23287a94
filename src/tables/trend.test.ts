import { describe, expect, test } from 'vitest';
import { trendAccepted, trendHistory, trendOf } from '../../test/fixtures/trend-history.ts';
import type { Results } from '../model/results.ts';
import { cellTrends } from './cell-trends.ts';
import { trendTable } from './trend.ts';
import { chooseTrend } from './trend-choice.ts';

const limits = { workloads: 40, panels: 6 };
const [month = [], week = []] = trendHistory;
const tableOf = (files: readonly (readonly Results[])[], most = limits) => trendTable(chooseTrend(files, most), []);
const lineIn = (files: readonly (readonly Results[])[], model: string) =>
  tableOf(files)
    .workloads.find(({ workload }) => workload === 'spawn')
    ?.panels[0]?.lines.find((line) => line.model === model);

describe('the trend table', () => {
  const table = trendOf(trendHistory);
  const spawn = table.workloads.find(({ workload }) => workload === 'spawn');

  test('has a panel for each runtime, the newest Python first, and a line for each model', () => {
    expect(spawn?.panels.map(({ runtime, runs }) => [runtime.python, runs.length])).toEqual([
      ['3.13.0', 30],
      ['3.12.1', 7],
    ]);
    expect(spawn?.panels[0]?.lines.map(({ model }) => model)).toEqual(['threads', 'thread_pool', 'asyncio', 'uvloop', 'executor']);
    expect(table).toMatchObject({ runs: 30, newest: { created: '2026-10-30T03:12:00.000Z' }, leftOutWorkloads: 0 });
  });

  test('joins runs of the usual CPU model, and marks lasting steps where the new level begins', () => {
    const panel = spawn?.panels[0];
    expect(panel?.cpuModel).toBe('AMD EPYC 7763');
    expect(panel?.runs.filter(({ cpuModel }) => cpuModel !== 'AMD EPYC 7763')).toHaveLength(2);
    const steps = panel?.lines.flatMap(({ model, shifts }) =>
      shifts.map(({ at, direction, accepted }) => [model, at, direction, accepted]),
    );
    expect(steps).toEqual([
      ['threads', 10, 'better', trendAccepted[0]],
      ['asyncio', 14, 'worse', null],
    ]);
  });

  test('shows the newest panels and the first workloads, and counts the others', () => {
    const few = tableOf(trendHistory, { workloads: 1, panels: 1 });
    expect(few.leftOutWorkloads).toBe(1);
    expect(few.workloads).toMatchObject([{ leftOutPanels: 1, panels: [{ runtime: { python: '3.13.0' } }] }]);
  });

  test('is empty where nothing is stored', () => {
    expect(tableOf([])).toEqual({ workloads: [], leftOutWorkloads: 0, newest: null, runs: 0 });
    expect(tableOf([[]]).workloads).toEqual([]);
  });

  test('leaves a gap where a run measured no such cell or another version of the workload, and marks one that broke', () => {
    const changed = week.map((run, at): Results => {
      if (at === 0) return { ...run, workloads: run.workloads.map((workload) => ({ ...workload, source: 'f'.repeat(64) })) };
      if (at === 1) return { ...run, samples: run.samples.filter(({ cell }) => cell.model !== 'uvloop') };
      if (at !== 2) return run;
      return {
        ...run,
        samples: run.samples.map(({ cell, round }) => ({
          ...{ status: 'broken', kind: 'crash', message: 'Killed.', output: '', cell, round },
        })),
      };
    });
    const levels = lineIn([changed], 'uvloop')?.levels ?? [];
    expect(levels.slice(0, 3)).toEqual([null, null, 'broken']);
    expect(levels.slice(3).every((level) => typeof level === 'number')).toBe(true);
    expect(lineIn([changed], 'asyncio')?.levels[1]).toBeTypeOf('number');
  });

  test('counts the parts of one run as one', () => {
    const parts = week.flatMap((run): readonly Results[] => [
      { ...run, samples: run.samples.filter(({ cell }) => cell.model === 'asyncio') },
      { ...run, samples: run.samples.filter(({ cell }) => cell.model !== 'asyncio') },
    ]);
    expect(tableOf([parts])).toEqual(tableOf([week]));
  });
});

describe('the trend of a cell', () => {
  const now = month.at(-1);
  if (now === undefined) throw new Error('the fixture has runs');
  const id = `spawn/asyncio/${now.runtimes[0]?.id}`;

  test('is of runs on the CPU model of this run, and ends with this run', () => {
    const trend = cellTrends([{ results: now, baselineRuns: month.slice(0, -1) }]).get(id);
    expect(trend?.levels).toHaveLength(28);
    expect(trend?.mixed).toBe(false);
    expect((trend?.levels.at(-1) ?? 0) / (trend?.levels[0] ?? 1)).toBeCloseTo(1.12, 1);
  });

  test('takes runs on others where there are too few, and says so', () => {
    const elsewhere = { ...now, machine: { ...now.machine, cpuModel: 'Ampere Altra' } };
    expect(cellTrends([{ results: elsewhere, baselineRuns: month.slice(0, 5) }]).get(id)).toMatchObject({ mixed: true });
  });

  test('is none without a stored run that it can be compared with', () => {
    expect(cellTrends([{ results: now, baselineRuns: [] }]).size).toBe(0);
    const other = month
      .slice(0, 5)
      .map((run) => ({ ...run, workloads: run.workloads.map((each) => ({ ...each, source: 'a'.repeat(64) })) }));
    expect(cellTrends([{ results: now, baselineRuns: other }]).size).toBe(0);
  });
});
