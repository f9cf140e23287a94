import { describe, expect, it } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { shiftsOf } from '../judge/history-shifts.ts';
import { defaultThreshold } from '../judge/threshold.ts';
import type { Results } from '../model/results.ts';
import { shiftTable } from './shifts.ts';

const workloads = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };
const before = fixtureRuntime('3.13.0', { uvloop: '0.22.1', aiohttp: '3.13.2' });
const after = fixtureRuntime('3.13.0', { uvloop: '0.22.1', aiohttp: '3.14.3' });

/** A branch on which asyncio and uvloop got slower with another kernel and another aiohttp. */
const branch: readonly Results[] = Array.from({ length: 24 }, (_, run) => {
  const later = run >= 12;
  const recipe: ResultsRecipe = { run, workloads, noise: 0.01, runtimes: [later ? after : before] };
  return fixtureResults({
    ...recipe,
    factor: ({ model }) => (later && (model === 'asyncio' || model === 'uvloop') ? 1.2 : 1),
    also: { machine: { ...fixtureMachine, kernel: later ? '6.14.0' : '6.11.0' } },
  });
});
const shifts = shiftsOf(branch, { thresholdOf: () => defaultThreshold, seed: 1, accepted: [], history: null });

describe('the table of shifts', () => {
  it('says which cells shifted at the same place, and what else changed there', () => {
    const { rows, histories, expected } = shiftTable(shifts, branch);
    expect(rows.map(({ cell, together }) => [cell.model, together]).toSorted()).toEqual([
      ['asyncio', 2],
      ['uvloop', 2],
    ]);
    expect(rows[0]?.alongside).toEqual(['kernel 6.11.0 → 6.14.0', 'aiohttp 3.13.2 → 3.14.3']);
    expect(expected).toBeCloseTo(histories / 1000, 12);
  });

  it('looks at the part of a run that measured the cell', () => {
    const strangers = branch.map((run) => ({ ...run, workloads: [], machine: { ...run.machine, kernel: 'stranger' } }));
    expect(shiftTable(shifts, [...strangers, ...branch]).rows[0]?.alongside[0]).toBe('kernel 6.11.0 → 6.14.0');
    expect(shiftTable(shifts, []).rows[0]?.alongside).toEqual([]);
  });
});
