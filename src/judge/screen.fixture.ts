import { seededRandom } from '../stats/random.ts';
import type { ScreenCell } from './screen-cell.ts';
import { defaultThreshold } from './threshold.ts';

/** How fixture cells come to be. */
export interface CellsRecipe {
  readonly seed: string;
  readonly cells?: number;
  readonly runs?: number;
  readonly processes?: number;
  /** SD between processes, log scale. */
  readonly noise?: number;
  /** Factor on this run's figure of a cell, by index. */
  readonly slowdown?: (cell: number) => number;
  /** Speed of each run's machine, log scale; the last is this run's. */
  readonly machine?: (run: number) => number;
}

/** Cells of log-normal noise around 2 ms, in two families. */
export function fixtureCells(recipe: CellsRecipe): readonly ScreenCell[] {
  const { cells = 12, runs = 8, processes = 5, noise = 0.02, slowdown = () => 1, machine = () => 0 } = recipe;
  const random = seededRandom(recipe.seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const figures = (run: number) => Array.from({ length: processes }, () => 2e-3 * Math.exp(machine(run) + noise * normal()));
  return Array.from({ length: cells }, (_, index) => ({
    id: `cell ${index}`,
    family: index % 2 === 0 ? 'even' : 'odd',
    threshold: defaultThreshold,
    earlier: Array.from({ length: runs }, (_each, run) => ({ run: `run ${run}`, values: figures(run) })),
    next: figures(runs).map((value) => value * slowdown(index)),
  }));
}

/** A cell whose figure is the same in every process of every run. */
export function constantCell(value: number, cell: Partial<ScreenCell> = {}): ScreenCell {
  const same = [value, value, value, value, value];
  const earlier = Array.from({ length: 8 }, (_, run) => ({ run: `run ${run}`, values: same }));
  return { id: 'constant', family: 'even', threshold: defaultThreshold, next: same, earlier, ...cell };
}
