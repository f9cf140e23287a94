import { type CellValues, cellValues } from '../../bench/compare/cell-values.ts';
import type { Results } from '../../src/model/results.ts';
import { compareResults, type ResultsComparison } from '../../src/tables/comparison.ts';
import { fixtureResults, fixtureRuntime } from '../fixtures/results/factory.ts';

const workloads = { spawn: { title: 'Spawn.', gate: 'wall_per_unit', figures: { asyncio: { wall_per_unit: 1 } } } };

/** Values of each process of one side. */
type Processes = readonly (readonly number[])[];

/** Results of one cell, judged by its minimum, in which the processes have these values. */
function results(version: string, processes: Processes): Results {
  const plain = fixtureResults({ run: 1, workloads, runtimes: [fixtureRuntime(version)], processes: processes.length });
  const samples = plain.samples.map((sample) => {
    const values = processes[sample.round] ?? [];
    return sample.status === 'broken' ? sample : { ...sample, values: { wall_per_unit: values }, calibration: values };
  });
  return { ...plain, samples };
}

/** The comparison of two results of one cell, and what the tools of others are given of it. */
export function compared(base: Processes, head: Processes): { readonly comparison: ResultsComparison; readonly cell: CellValues } {
  const [before, now] = [results('3.12.1', base), results('3.13.0', head)];
  const comparison = compareResults(before, now);
  const [cell] = cellValues(comparison, before, now);
  if (cell === undefined) throw new Error('nothing was compared');
  return { comparison, cell };
}

/** That cell alone. */
export function cellOf(base: Processes, head: Processes): CellValues {
  return compared(base, head).cell;
}
