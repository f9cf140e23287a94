import { type Cell, cellId } from '../model/cell.ts';
import type { CellFigure, CellRow } from './cells.ts';
import type { Report } from './report.ts';

/** One metric of one cell, by itself. */
export interface ListedFigure extends Extract<CellFigure, { readonly status: 'measured' }> {
  /** The cell under the shortest name of its runtime; see `listedName`. Unique among the cells of a report. */
  readonly name: string;
  /** The label of the runtime. */
  readonly label: string;
  /** Whether the cell is judged by it. */
  readonly isGate: boolean;
}

/** A cell that gave no figure, and why. */
export interface CellWithoutFigure {
  readonly name: string;
  readonly cell: Cell;
  readonly label: string;
  readonly message: string;
}

/** What a report measured as a flat list, for formats that know no tables. */
export interface FigureList {
  /** Cell by cell, the metric that each is judged by first. */
  readonly figures: readonly ListedFigure[];
  /** Broken cells. */
  readonly without: readonly CellWithoutFigure[];
}

/** "fan_out[n=100]/asyncio/3.13.0": a cell as other programs know it from run to run, whatever build its runtime is. */
export function listedName(cell: Cell, label: string): string {
  return cellId({ ...cell, runtime: label });
}

/** Every figure of a report, each metric of a cell once. */
export function listFigures({ cells: { gates, others, columns } }: Pick<Report, 'cells'>): FigureList {
  const labels = columns.map(({ label }) => label);
  const figures = new Map<string, ListedFigure[]>();
  const seen = new Set<string>();
  for (const [rows, isGate] of [
    [gates, true],
    [others, false],
  ] as const) {
    for (const figure of rows.flatMap((row) => measuredOf(row, labels, isGate))) {
      const key = JSON.stringify([figure.name, figure.metric.id]);
      if (seen.has(key)) continue;
      seen.add(key);
      const ofCell = figures.get(figure.name);
      if (ofCell === undefined) figures.set(figure.name, [figure]);
      else ofCell.push(figure);
    }
  }
  return { figures: [...figures.values()].flat(), without: gates.flatMap((row) => brokenOf(row, labels)) };
}

function measuredOf({ figures }: CellRow, labels: readonly string[], isGate: boolean): readonly ListedFigure[] {
  return figures.flatMap((figure, column): readonly ListedFigure[] => {
    const label = labels[column] ?? figure.cell.runtime;
    return figure.status === 'measured' ? [{ ...figure, name: listedName(figure.cell, label), label, isGate }] : [];
  });
}

function brokenOf({ figures }: CellRow, labels: readonly string[]): readonly CellWithoutFigure[] {
  return figures.flatMap((figure, column): readonly CellWithoutFigure[] => {
    if (figure.status !== 'broken') return [];
    const label = labels[column] ?? figure.cell.runtime;
    const { cell, message, broken, processes } = figure;
    return [{ name: listedName(cell, label), cell, label, message: `${broken} of ${processes} processes broken: ${message}` }];
  });
}
