import { describe, expect, test } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { cellId } from '../model/cell.ts';
import type { Results } from '../model/results.ts';
import { resultsOfRuntime } from '../model/results.ts';
import { indexCells } from './cell-index.ts';
import { type Findings, findingsOf } from './findings.ts';
import { rankingFlips } from './ranking-flip.ts';

const runtime = fixtureRuntime('3.13.0');
const earlier = (count: number, recipe: Partial<ResultsRecipe> = {}) =>
  Array.from({ length: count }, (_, run) => fixtureResults({ run: run + 1, runtimes: [runtime], ...recipe }));

function findings(recipe: Partial<ResultsRecipe>, stored: readonly Results[] = earlier(3)): Findings {
  const head = indexCells(fixtureResults({ run: 9, runtimes: [runtime], ...recipe }));
  return findingsOf(head, stored);
}

/** uvloop's pages become so much dearer. */
const slowUvloop = (factor: number): Partial<ResultsRecipe> => ({
  factor: ({ workload, model }) => (workload === 'web_scraping' && model === 'uvloop' ? factor : 1),
});

describe('a ranking flip', () => {
  test.each([1, 2, 3, 6])('is found against %i stored runs, both ratios clear of 1', (runs) => {
    const { flips } = findings(slowUvloop(2.5), earlier(runs, { noise: 0.01 }));
    expect(flips.map(({ useCase, overtaken, overtaking }) => [useCase, overtaken, overtaking])).toEqual([
      ['Web scraping', 'uvloop', 'asyncio'],
      ['Web scraping, CPU time', 'uvloop', 'asyncio'],
    ]);
    for (const { before, now, runs: rests } of flips) {
      expect(rests).toBe(runs);
      for (const { bounds } of [before, now]) expect(bounds.kind === 'interval' && bounds.low).toBeGreaterThan(1);
    }
  });

  test('is not made of a tie, of a mere change, or of a workload that changed', () => {
    expect(findings({}).flips).toEqual([]);
    expect(findings(slowUvloop(0.5)).flips).toEqual([]);
    expect(findings({ ...slowUvloop(2.5), processes: 2 }).flips).toEqual([]);
    const edited = earlier(3).map((run) => ({
      ...run,
      workloads: run.workloads.map((workload) => ({ ...workload, source: 'another' })),
    }));
    expect(findings(slowUvloop(2.5), edited).flips).toEqual([]);
    expect(findings(slowUvloop(2.5), []).flips).toEqual([]);
  });

  test('happens by chance less than once in a hundred runs of equal models', () => {
    const level: Partial<ResultsRecipe> = {
      noise: 0.05,
      factor: ({ workload, model }, metric) =>
        workload === 'chat_server' && model === 'uvloop' && metric === 'wall_per_unit' ? 6.8 / 6.7 : 1,
    };
    const runs = Array.from({ length: 60 }, (_, seed) => {
      const head = indexCells(fixtureResults({ run: 100 + seed, runtimes: [runtime], ...level }));
      const stored = [1, 2, 3].map((run) => fixtureResults({ run: 1000 + 10 * seed + run, runtimes: [runtime], ...level }));
      return rankingFlips(head, stored).filter(({ workload }) => workload === 'chat_server').length;
    });
    expect(runs.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(2);
  });

  test('is found once where two runtimes share the cells, and across runs that are stored by runtime', () => {
    const second = fixtureRuntime('3.13.0', { uvloop: '0.21.0' });
    const shared: Partial<ResultsRecipe> = {
      runtimes: [runtime, second],
      skips: (cell) => cell.runtime === second.id && cell.model !== 'uvloop',
    };
    const stored = earlier(3, shared).flatMap((run) => run.runtimes.map((each) => resultsOfRuntime(run, each)));
    const slow: Partial<ResultsRecipe> = {
      factor: ({ workload, model }) => (workload === 'file_reading' && model === 'sequential' ? 3 : 1),
    };
    const { flips } = findings({ ...shared, ...slow }, stored);
    expect(flips.map(({ overtaken, overtaking, runtime: id }) => [overtaken, overtaking, id])).toEqual([
      ['sequential', 'asyncio', runtime.id],
    ]);
    expect(findings({ ...shared, ...slowUvloop(2.5) }, stored).flips).toHaveLength(4);
  });
});

describe('hints', () => {
  const moved = (workload: string, model: string, factors: Readonly<Record<string, number>>): Partial<ResultsRecipe> => ({
    factor: (cell, metric) => (cell.workload === workload && cell.model === model ? (factors[metric] ?? 1) : 1),
  });
  const id = (workload: string, model: 'executor' | 'threads' | 'asyncio') => cellId({ workload, model, runtime: runtime.id, params: '' });

  test('stand beside a cell that got worse', () => {
    const blocked = findings(moved('blocking_calls', 'executor', { wall_per_unit: 2, loop_lag_p99: 12 }));
    expect(blocked.hints.get(id('blocking_calls', 'executor'))).toBe('blocking call');
    const waiting = findings(moved('data_crunching', 'threads', { wall_per_unit: 1.5 }));
    expect(waiting.hints.get(id('data_crunching', 'threads'))).toBe('waiting');
    const faster = findings(moved('data_crunching', 'threads', { wall_per_unit: 0.5, cpu_per_unit: 0.5 }));
    expect(faster.hints.size).toBe(0);
  });

  test('what moved without being judged is told with its hint', () => {
    const { unjudged, hints } = findings(moved('web_scraping', 'asyncio', { latency_p99: 5 }));
    expect(unjudged).toMatchObject([{ cell: { workload: 'web_scraping', model: 'asyncio' }, metric: { id: 'latency_p99' }, hint: 'tail' }]);
    expect(hints.size).toBe(0);
  });

  test('threads that pile up are told though the gate metric did not move', () => {
    const results = fixtureResults({ run: 9, runtimes: [runtime] });
    const samples = results.samples.map((sample) =>
      sample.status === 'measured' && sample.cell.workload === 'fan_out' && sample.cell.model === 'asyncio'
        ? { ...sample, values: { ...sample.values, peak_threads: [4, 5, 6] } }
        : sample,
    );
    const head = indexCells({ ...results, samples });
    const stored = earlier(3);
    expect(findingsOf(head, stored).unjudged).toMatchObject([
      { metric: { id: 'peak_threads' }, base: expect.closeTo(1, 9), head: expect.closeTo(6, 9), hint: 'thread leak' },
    ]);
  });

  test('nothing is told when nothing changed but noise and the machine', () => {
    for (let run = 20; run < 30; run += 1) {
      const { unjudged, hints, flips } = findings(
        { run, noise: 0.08, also: { machine: { ...fixtureMachine, kernel: 'other' } } },
        earlier(3, { noise: 0.08 }),
      );
      expect([...unjudged, ...flips]).toEqual([]);
      expect(hints.size).toBeLessThanOrEqual(4);
    }
  });
});
