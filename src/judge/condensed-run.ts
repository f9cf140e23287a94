import { ofEachProcess } from '../model/processes.ts';
import type { Results } from '../model/results.ts';
import { type BrokenCell, contextOf, type Run } from '../model/run.ts';
import type { BrokenSample, MeasuredSample } from '../model/sample.ts';
import { median } from '../stats/quantiles.ts';
import { indexCells, type MeasuredCell, metricFor } from './cell-index.ts';
import { processValues } from './process-value.ts';

/** Significant digits of what a cell is judged by: far finer than the smallest margin. */
const judgedDigits = 5;

/** Significant digits of what only informs: a move is named from 10 % on. */
const informingDigits = 3;

/** Significant digits of the parts of a process's time, which nothing is planned by. */
const partDigits = 2;

/** Characters that are kept of what a broken process said. */
const keptMessage = 200;

/**
 * A run as a baseline keeps it: of each process the one figure that its cell is judged by and its fastest calibration
 * loop; of every other metric the median over the processes. It is a run like any other: each process has its figure as
 * many times as it took values, so that every process statistic of it is that figure, and what only informs stands in
 * the first process alone, so that no spread can be read from it. Condensed twice, it is the same.
 */
export function condensedRun(run: Run): Results {
  const cells = [...indexCells(run).states.values()];
  const measured = cells.flatMap((state) => (state.status === 'measured' ? condensedProcesses(state) : []));
  const broken = cells.flatMap((state) => (state.status === 'broken' ? brokenProcesses(state) : []));
  return { ...contextOf(run), samples: [...measured, ...broken], unavailable: [], warnings: [], comparison: null };
}

function brokenProcesses({ cell, kind, message, broken }: BrokenCell): readonly BrokenSample[] {
  const said = message.slice(0, keptMessage).toWellFormed();
  return Array.from({ length: broken }, (_, round) => ({ status: 'broken', cell, round, kind, message: said, output: '' }));
}

function condensedProcesses(state: MeasuredCell): readonly MeasuredSample[] {
  const { cell, gate, processes } = state;
  const figures = judgedFigures(ofEachProcess(processes, (process) => processes.figure(process, gate)));
  const repeated = (figure: number) => Array.from({ length: processes.taken(0) }, () => figure);
  const informing = informingFigures(state).map(([id, figure]) => [id, repeated(figure)] as const);
  const ideal = processes.ideal(0);
  const shared = {
    status: 'measured',
    cell,
    units: processes.units(0),
    ideal: ideal === null ? null : rounded(ideal, judgedDigits),
    phases: medianPhases(state),
  } as const;
  return figures.map((figure, round) => {
    const judged = figure === null ? [] : [[gate.id, repeated(figure)] as const];
    const values = Object.fromEntries(round === 0 ? [...judged, ...informing] : judged);
    return { ...shared, round, values, calibration: repeated(rounded(processes.loop(round), informingDigits)) };
  });
}

/** A figure that is the same in every process is held against others for equality, so it keeps all its digits. */
function judgedFigures(figures: readonly (number | null)[]): readonly (number | null)[] {
  if (figures.every((figure) => figure === figures[0])) return figures;
  return figures.map((figure) => (figure === null ? null : rounded(figure, judgedDigits)));
}

function informingFigures({ gate, workload, processes }: MeasuredCell): readonly (readonly [id: string, figure: number])[] {
  const ids = processes.metrics.filter((id) => id !== gate.id);
  return ids.map((id) => [id, rounded(median(processValues(processes, metricFor(workload, id))), informingDigits)]);
}

function medianPhases({ processes }: MeasuredCell): MeasuredSample['phases'] {
  const all = ofEachProcess(processes, (process) => processes.phases(process));
  const phase = (name: keyof MeasuredSample['phases'], digits: number) => rounded(median(all.map((phases) => phases[name])), digits);
  const parts = { startup: phase('startup', partDigits), peers: phase('peers', partDigits), measured: phase('measured', partDigits) };
  return { total: phase('total', informingDigits), ...parts };
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
