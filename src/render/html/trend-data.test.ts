import { describe, expect, test } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntime } from '../../../test/fixtures/results/factory.ts';
import { metricFor } from '../../judge/cell-index.ts';
import { cellId } from '../../model/cell.ts';
import type { Results } from '../../model/results.ts';
import type { ComparedPart } from '../../tables/cell-trends.ts';
import { indexParts, partOfCell, runAxis, trendData } from './trend-data.ts';

const [old, young] = [fixtureRuntime('3.12.1'), fixtureRuntime('3.13.0')];
const otherCpu = { ...fixtureMachine, cpuModel: 'Intel Xeon 8370C' };
const runOf = (run: number, also: Partial<Results> = {}, runtime = young) => fixtureResults({ run, runtimes: [runtime], also });
const idOf = (runtime: string, model: 'threads' | 'asyncio' = 'threads') => cellId({ workload: 'spawn', params: '', model, runtime });

/** The places of the runs in the trend of a cell, with whether each ran on another CPU model. */
function trendIn(parts: readonly ComparedPart[], id: string): readonly (readonly [place: number, otherCpu: 0 | 1])[] {
  const part = partOfCell(id, indexParts(parts));
  if (part === undefined) return [];
  const gate = part.index.workloads.get('spawn')?.gates['threads'] ?? 'wall_per_unit';
  const metric = metricFor({ id: 'spawn', title: '', source: '', metrics: {}, gates: {} }, gate);
  return trendData(id, metric, part, runAxis(parts)).map(([place, , , , other]) => [place, other]);
}

const anotherVersion = (run: Results): Results => ({
  ...run,
  workloads: run.workloads.map((workload) => ({ ...workload, source: 'f'.repeat(64) })),
});

describe('the trend of a cell', () => {
  test('has only the runs of the same version of its workload', () => {
    const baselineRuns = [anotherVersion(runOf(1)), runOf(2), runOf(3)];
    expect(trendIn([{ results: runOf(9), baselineRuns }], idOf(young.id))).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  test('of a cell that is missing has the runs that can be compared with the newest of them', () => {
    const results = runOf(9);
    const without = { ...results, samples: results.samples.filter(({ cell }) => cell.workload !== 'spawn') };
    const baselineRuns = [runOf(1), anotherVersion(runOf(2)), anotherVersion(runOf(3))];
    expect(trendIn([{ results: without, baselineRuns }], idOf(young.id))).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  test('of a shard has its own stored runs, and its own CPU model', () => {
    const parts: readonly ComparedPart[] = [
      { results: runOf(9, {}, old), baselineRuns: [runOf(1, {}, old), runOf(3, { machine: otherCpu }, old)] },
      {
        results: runOf(9, { machine: otherCpu }),
        baselineRuns: [runOf(2, { machine: otherCpu }), runOf(3), runOf(4, { machine: otherCpu })],
      },
    ];
    expect(runAxis(parts).runs.map(({ created }) => created.slice(8, 10))).toEqual(['02', '03', '04', '05']);
    expect(trendIn(parts, idOf(old.id))).toEqual([
      [0, 0],
      [2, 1],
    ]);
    expect(trendIn(parts, idOf(young.id))).toEqual([
      [1, 0],
      [2, 1],
      [3, 0],
    ]);
  });

  test('does not take runs that another shard was compared with', () => {
    const both = fixtureResults({ run: 2, runtimes: [old, young] });
    const parts: readonly ComparedPart[] = [
      { results: runOf(9, {}, old), baselineRuns: [both] },
      { results: runOf(9), baselineRuns: [runOf(1)] },
    ];
    expect(trendIn(parts, idOf(young.id))).toEqual([[0, 0]]);
  });
});
