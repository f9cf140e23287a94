import { median } from '../stats/quantiles.ts';

/** Fewest figures of a cell that a spread is told from. */
const fewestFigures = 3;

/** What turns the median of absolute deviations into the standard deviation of normal noise. */
const normalDeviations = 1.4826;

/** How noisy the cells are, while they are measured: for whoever watches, and no part of a verdict. */
export interface RunningNoise {
  /** Notes the figure of a process, base units; what is not above 0 has no relative spread and is passed over. */
  add(cell: string, figure: number | null): void;
  /** The median over cells of their relative spread, as a share; null until one cell has enough figures. */
  share(): number | null;
}

/** Begins to watch. */
export function runningNoise(): RunningNoise {
  const figures = new Map<string, number[]>();
  const spreads = new Map<string, number>();
  return {
    add: (cell, figure) => {
      if (figure === null || !(figure > 0) || !Number.isFinite(figure)) return;
      const known = figures.get(cell) ?? [];
      known.push(figure);
      figures.set(cell, known);
      if (known.length >= fewestFigures) spreads.set(cell, relativeSpread(known));
    },
    share: () => (spreads.size === 0 ? null : median([...spreads.values()])),
  };
}

function relativeSpread(figures: readonly number[]): number {
  const center = median(figures);
  return (normalDeviations * median(figures.map((figure) => Math.abs(figure - center)))) / center;
}
