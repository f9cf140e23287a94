import { describe, expect, it } from 'vitest';
import { fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { type Cell, cellId } from '../model/cell.ts';
import type { Results } from '../model/results.ts';
import { type ScreenedCell, screenBaseline } from './baseline-screen.ts';
import { indexCells } from './cell-index.ts';
import { compareWithBaseline } from './comparison.ts';
import { findingsOf } from './findings.ts';
import { type HistoryStarts, historyStarts } from './history-start.ts';

const runtimes = [fixtureRuntime('3.13.0')];
const isSpawn = ({ workload, model }: Pick<Cell, 'workload' | 'model'>) => workload === 'spawn' && model === 'asyncio';
const run = (number: number, recipe: Partial<ResultsRecipe> = {}) => fixtureResults({ run: number, runtimes, noise: 0.01, ...recipe });

/** Dearer by half in one cell, and there with far more memory, from the run on. */
const dearerFrom = (first: number, number: number): Partial<ResultsRecipe> => ({
  factor: (cell, metric) => (isSpawn(cell) && number >= first ? (metric === 'wall_per_unit' ? 3 : 1.5) : 1),
});
const history = (count: number, first: number) => Array.from({ length: count }, (_, index) => run(index + 1, dearerFrom(first, index + 1)));

function accepted(of: Results | undefined, change: Partial<AcceptedShift> = {}): AcceptedShift {
  return { cells: ['spawn/asyncio/*'], commit: of?.commit ?? '', by: 'someone', why: 'meant', created: of?.created ?? '', ...change };
}

function screened(head: Results, baselineRuns: readonly Results[], shifts: readonly AcceptedShift[]): readonly ScreenedCell[] {
  const thresholds = { rules: [] };
  return screenBaseline({
    ...{ index: indexCells(head), baselineRuns, accepted: shifts, thresholds, seed: 1 },
    ...{ maxSuspects: null, sentinels: false },
  });
}

function spawnOf(cells: readonly ScreenedCell[]): ScreenedCell {
  const found = cells.find(({ cell }) => isSpawn(cell));
  if (found === undefined) throw new Error('spawn was not screened');
  return found;
}

describe('an accepted change of level', () => {
  // Eight runs are too few to see a step in, so that nothing but the acceptance can cut them.
  const stored = history(8, 5);
  const head = run(40, dearerFrom(5, 40));

  it('leaves out the runs before it, for its cells only', () => {
    const cells = screened(head, stored, [accepted(stored[4])]);
    const spawn = spawnOf(cells);
    expect(spawn.history.map(({ run: id }) => id)).toEqual(['run-5', 'run-6', 'run-7', 'run-8']);
    expect(spawn).toMatchObject({ cutBy: 'accepted shift', firstRun: 'run-5' });
    expect(cells.filter(({ cutBy }) => cutBy !== 'nothing')).toHaveLength(1);
    expect(spawnOf(screened(head, stored, [])).history).toHaveLength(8);
  });

  it('compares with nothing where no run followed, so that the cell is measured in pairs', () => {
    const late = accepted(undefined, { commit: 'f'.repeat(40), created: '2026-12-01T00:00:00.000Z' });
    const spawn = spawnOf(screened(head, stored, [late]));
    expect(spawn).toMatchObject({ history: [], firstRun: null, outcome: { kind: 'suspect', why: 'no baseline' } });
  });

  it('begins with the first run after somebody accepted it, where its commit was not measured', () => {
    const since = stored[5]?.created ?? '';
    const spawn = spawnOf(screened(head, stored, [accepted(undefined, { commit: 'f'.repeat(40), created: since })]));
    expect(spawn.firstRun).toBe('run-7');
  });

  it('gives way to a later step, and wins over an earlier one', () => {
    const long = history(30, 15);
    const dear = run(40, dearerFrom(15, 40));
    expect(spawnOf(screened(dear, long, [accepted(long[4])]))).toMatchObject({ cutBy: 'step', firstRun: 'run-15' });
    expect(spawnOf(screened(dear, long, [accepted(long[25])]))).toMatchObject({ cutBy: 'accepted shift', firstRun: 'run-26' });
  });

  it('is heeded by what is found beside the verdicts, too', () => {
    const twice = run(40, { factor: (cell, metric) => (isSpawn(cell) ? (metric === 'wall_per_unit' ? 6 : 1.5) : 1) });
    const cells = screened(twice, stored, [accepted(stored[4])]);
    const index = indexCells(twice);
    const found = (starts: HistoryStarts) => {
      const changes = compareWithBaseline(index, stored, starts);
      const change = changes.find(({ cell }) => isSpawn(cell));
      const { unjudged } = findingsOf(index, stored, starts);
      return { change, moved: unjudged.filter(({ cell }) => isSpawn(cell)).map(({ metric }) => metric.id) };
    };
    // Beside both levels it might be chance; beside the accepted one it is twice as much.
    expect(found(new Map()).moved).toEqual([]);
    expect(found(historyStarts(cells)).moved).toEqual(['wall_per_unit']);
    expect(found(historyStarts(cells)).change).toMatchObject({ basis: { runs: spawnOf(cells).history.length } });
  });

  it('takes a start that no stored run has for one after all of them', () => {
    const index = indexCells(head);
    const starts = new Map([[cellId(spawnOf(screened(head, stored, [])).cell), null]]);
    const change = compareWithBaseline(index, stored, starts).find(({ cell }) => isSpawn(cell));
    expect(change).toMatchObject({ status: 'not comparable', reason: 'no stored run can be compared' });
  });
});
