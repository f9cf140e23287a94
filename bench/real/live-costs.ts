import { indexCells } from '../../src/judge/cell-index.ts';
import { processValues } from '../../src/judge/process-value.ts';
import { SampleProcesses } from '../../src/judge/sample-processes.ts';
import type { Cell } from '../../src/model/cell.ts';
import { modelLabel } from '../../src/model/concurrency-model.ts';
import type { Metric } from '../../src/model/metric.ts';
import type { Results } from '../../src/model/results.ts';
import type { MeasuredSample } from '../../src/model/sample.ts';
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
    cost: costOf(processesOf(runs, benchmark.name, model)),
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

/** The processes of a cell over several runs, and the metric it is judged by. */
interface MeasuredProcesses {
  readonly gate: Metric;
  readonly samples: readonly MeasuredSample[];
}

function processesOf(runs: readonly Results[], workload: string, model: string): MeasuredProcesses {
  const isOurs = ({ cell }: { readonly cell: Cell }) => cell.workload === workload && cell.model === model;
  const states = runs.flatMap((run) => [...indexCells(run).states.values()]).filter((state) => state.status === 'measured');
  const gate = states.find(isOurs)?.gate;
  if (gate === undefined) throw new Error('the base commit was measured without a cell of the slowed function');
  return { gate, samples: runs.flatMap(({ samples }) => samples.filter((sample) => sample.status === 'measured').filter(isOurs)) };
}

function costOf({ gate, samples }: MeasuredProcesses): Cost {
  const loops = samples.map((sample) => ({ ...sample, values: { [gate.id]: sample.calibration } }));
  const figure = (of: readonly MeasuredSample[]) => median(processValues(new SampleProcesses(of), gate));
  return { secondsPerUnit: figure(samples), loopSeconds: figure(loops) };
}
