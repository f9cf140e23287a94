import { processValues } from '../../src/judge/process-value.ts';
import { SampleProcesses } from '../../src/judge/sample-processes.ts';
import type { TwoSampleCell } from '../../src/judge/two-sample.ts';
import { type Cell, cellId } from '../../src/model/cell.ts';
import type { Results } from '../../src/model/results.ts';
import type { MeasuredSample } from '../../src/model/sample.ts';
import type { ResultsComparison } from '../../src/tables/comparison.ts';

/** The figures of one cell on both sides, base units. */
export interface CellValues {
  /** Unique, without blanks: both other programs take it for the benchmark's name. */
  readonly name: string;
  /** The runtime's label; benchstat makes a table for each, as we do. */
  readonly runtime: string;
  readonly ours: TwoSampleCell;
  readonly base: SideValues;
  readonly head: SideValues;
}

/** What the processes of one side measured. */
export interface SideValues {
  /** One figure a process, as our verdicts use them. */
  readonly processes: readonly number[];
  /** The values within each of those processes, in the same order. */
  readonly inner: readonly (readonly number[])[];
}

/** The values behind every row of a comparison of the same two results, in its order. */
export function cellValues(comparison: ResultsComparison, base: Results, head: Results): readonly CellValues[] {
  const baseRuntime = new Map(comparison.pairs.map((pair) => [pair.head.runtime.id, pair.base.runtime.id]));
  const cells = comparison.cells.groups.flatMap(({ column, rows }) =>
    rows.map((ours): CellValues => {
      const stored = { ...ours.cell, runtime: baseRuntime.get(ours.cell.runtime) ?? ours.cell.runtime };
      return {
        name: benchmarkName(ours.cell, column.label),
        runtime: column.label,
        ours,
        base: sideValues(samplesOf(base, stored), ours),
        head: sideValues(samplesOf(head, ours.cell), ours),
      };
    }),
  );
  const twice = cells.find(({ name }, index) => cells.findIndex((each) => each.name === name) !== index);
  if (twice !== undefined) throw new RangeError(`two cells would both be called ${twice.name}`);
  return cells;
}

function benchmarkName({ workload, params, model }: Cell, runtime: string): string {
  return [workload, ...(params === '' ? [] : [params]), model, runtime].map((part) => part.replaceAll(/[^\w.=]+/g, '_')).join('/');
}

function samplesOf({ samples }: Results, cell: Cell): readonly MeasuredSample[] {
  const found = samples.filter((sample) => sample.status === 'measured').filter((sample) => cellId(sample.cell) === cellId(cell));
  if (found.length === 0) throw new RangeError(`${cellId(cell)} was compared without having been measured`);
  return found;
}

function sideValues(samples: readonly MeasuredSample[], { metric }: TwoSampleCell): SideValues {
  return {
    processes: processValues(new SampleProcesses(samples), metric),
    inner: samples.flatMap(({ values }) => {
      const own = values[metric.id];
      return own === undefined ? [] : [own];
    }),
  };
}
