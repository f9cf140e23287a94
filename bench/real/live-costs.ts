import { indexCells, type MeasuredCell } from '../../src/judge/cell-index.ts';
import { processValues } from '../../src/judge/process-value.ts';
import { modelLabel } from '../../src/model/concurrency-model.ts';
import type { Results } from '../../src/model/results.ts';
import { median } from '../../src/stats/quantiles.ts';
import { liveBenchmarks } from './live-benchmarks.ts';
import type { LibraryFunction } from './live-library.ts';
import { amountFor, loopTurns } from './planting.ts';

/** Extra work of a function of the library. */
export interface PlannedSlowdown {
  /** Turns of the calibration loop in each call. */
  readonly turns: number;
  /** The share by which it slows each cell that exercises the function, by the cell's words in a report. */
  readonly aimed: Readonly<Record<string, number>>;
}

/** How much extra work slows the benchmark of a function by 10 %, from runs of the base commit. */
export function plannedSlowdown(name: LibraryFunction, runs: readonly Results[]): PlannedSlowdown {
  const benchmark = liveBenchmarks.find(({ exercises }) => exercises === name);
  if (benchmark === undefined) throw new Error(`no benchmark exercises ${name}`);
  const costs = benchmark.models.map((model) => ({
    cell: `${benchmark.name} ${modelLabel(model)}`,
    cost: costOf(runs.flatMap((run) => measuredCells(run, benchmark.name, model))),
  }));
  const amounts = costs.map(({ cost }) => amountFor({ ...cost, lanes: 1 }) / 1000 / benchmark.callsPerUnit);
  const turns = Math.round(median(amounts));
  const share = ({ secondsPerUnit, loopSeconds }: Cost) =>
    Number(((turns * benchmark.callsPerUnit * loopSeconds) / loopTurns / secondsPerUnit).toFixed(4));
  return { turns, aimed: Object.fromEntries(costs.map(({ cell, cost }) => [cell, share(cost)])) };
}

interface Cost {
  readonly secondsPerUnit: number;
  readonly loopSeconds: number;
}

function measuredCells(run: Results, workload: string, model: string): readonly MeasuredCell[] {
  const states = [...indexCells(run).states.values()];
  return states.flatMap((state) =>
    state.status === 'measured' && state.cell.workload === workload && state.cell.model === model ? [state] : [],
  );
}

function costOf(cells: readonly MeasuredCell[]): Cost {
  const samples = cells.flatMap((cell) => cell.samples);
  const [first] = cells;
  if (first === undefined) throw new Error('the base commit was measured without a cell of the slowed function');
  const loops = samples.map((sample) => ({ ...sample, values: { [first.gate.id]: sample.calibration } }));
  return { secondsPerUnit: median(processValues(samples, first.gate)), loopSeconds: median(processValues(loops, first.gate)) };
}
