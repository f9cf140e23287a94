import { describe, expect, it } from 'vitest';
import { historyRun } from '../../test/fixtures/baseline-history.ts';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { cellId } from '../model/cell.ts';
import { type Results, resultsOfRuntime } from '../model/results.ts';
import { screenBaseline } from './baseline-screen.ts';
import { type CellState, indexCells } from './cell-index.ts';
import { compareWithBaseline } from './comparison.ts';
import { condensedRun } from './condensed-run.ts';
import { processValues } from './process-value.ts';

const runtime = fixtureRuntime('3.13.0');
const runOf = (run: number, factor = 1) =>
  resultsOfRuntime(fixtureResults({ run, runtimes: [runtime], factor: (cell) => (cell.model === 'threads' ? factor : 1) }), runtime);

const gateFigures = (state: CellState | undefined) => (state?.status === 'measured' ? processValues(state.processes, state.gate) : []);

describe('a condensed run', () => {
  const whole = historyRun({ cells: 24, run: 3 });
  const condensed = condensedRun(whole);

  it('has the figure of every process by which its cell is judged, to five digits', () => {
    const [before, after] = [indexCells(whole), indexCells(condensed)];
    expect(after.states.size).toBe(24);
    for (const [id, state] of before.states) {
      const figures = gateFigures(state);
      expect(gateFigures(after.states.get(id))).toEqual(figures.map((figure) => Number(figure.toPrecision(5))));
    }
  });

  it('has what only informs in one process, so that no spread is read from it', () => {
    for (const samples of Map.groupBy(condensed.samples, ({ cell }) => cellId(cell)).values()) {
      const metrics = samples.map((sample) => (sample.status === 'measured' ? Object.keys(sample.values).length : 0));
      expect(metrics[0]).toBeGreaterThan(5);
      expect(metrics.slice(1)).toEqual([1, 1, 1, 1]);
    }
  });

  it('is the same when it is condensed again', () => {
    expect(condensedRun(condensed)).toEqual(condensed);
  });

  it('keeps a figure that is the same in every process with all its digits', () => {
    const samples = whole.samples.map((sample) =>
      sample.status === 'measured' ? { ...sample, values: { wall_per_unit: [2 / 3] } } : sample,
    );
    const workloads = whole.workloads.map((workload) => ({ ...workload, gates: {} }));
    const [first] = condensedRun({ ...whole, samples, workloads }).samples;
    expect(first?.status === 'measured' && first.values).toEqual({ wall_per_unit: Array.from({ length: 5 }, () => 2 / 3) });
  });

  it('keeps of a broken cell how often and why', () => {
    const fault = { kind: 'timeout', message: `No end. ${'x'.repeat(500)}`, output: '| tail' } as const;
    const results = fixtureResults({ run: 1, breaks: (cell, round) => (cell.model === 'threads' && round < 2 ? fault : null) });
    const broken = condensedRun(results).samples.filter(({ status }) => status === 'broken');
    const cells = new Set(results.samples.filter(({ status }) => status === 'broken').map(({ cell }) => JSON.stringify(cell)));
    expect(broken).toHaveLength(2 * cells.size);
    expect(broken[0]).toMatchObject({ kind: 'timeout', message: fault.message.slice(0, 200), output: '' });
  });
});

describe('a baseline of condensed runs', () => {
  const earlier = Array.from({ length: 8 }, (_, run) => runOf(run));
  const stored = earlier.map(condensedRun);
  const head = indexCells(runOf(20, 1.3));

  it('says the same of every cell as the whole runs', () => {
    const statuses = (runs: readonly Results[]) => compareWithBaseline(head, runs).map(({ status, cell }) => [status, cell]);
    expect(statuses(stored)).toEqual(statuses(earlier));
  });

  it('clears and suspects the same cells', () => {
    const rules = { thresholds: { rules: [], fallback: { target: 0.1, margin: 0.05 } }, seed: 1, maxSuspects: null, sentinels: true };
    const outcomes = (baselineRuns: readonly Results[]) =>
      screenBaseline({ index: head, baselineRuns, ...rules }).map(({ id, outcome }) => [id, outcome]);
    const found = outcomes(stored);
    expect(found).toEqual(outcomes(earlier));
    expect(new Set(found.map(([, outcome]) => (typeof outcome === 'object' ? outcome.kind : '')))).toContain('suspect');
  });
});
