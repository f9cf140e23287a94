import type { TwoSampleCell } from '../judge/two-sample.ts';
import { cellId } from '../model/cell.ts';
import type { Results } from '../model/results.ts';
import { median } from '../stats/quantiles.ts';

/**
 * Puts the medians over all values in the place of those over processes, on each side that another program measured which
 * gives such medians: a reader finds the figure that is known from there. Tests and intervals stay those of the processes,
 * because values of one process are no independent ones.
 *
 * @param sides with the same ids of runtimes as the cells
 */
export function withPooledMedians(
  cells: readonly TwoSampleCell[],
  { base, head }: { readonly base: Results; readonly head: Results },
): readonly TwoSampleCell[] {
  const [before, now] = [pooledValues(base), pooledValues(head)];
  if (before === null && now === null) return cells;
  return cells.map((cell) => {
    const key = keyOf(cellId(cell.cell), cell.metric.id);
    const sides = { base: pooled(cell.base, before?.get(key)), head: pooled(cell.head, now?.get(key)) };
    const ratio = sides.base.value > 0 && sides.head.value > 0 ? sides.head.value / sides.base.value : null;
    return { ...cell, ...sides, ratio };
  });
}

function pooled(side: TwoSampleCell['base'], values: readonly number[] | undefined): TwoSampleCell['base'] {
  return values === undefined ? side : { ...side, value: median(values) };
}

/** All values by cell and metric; null where medians are over processes. */
function pooledValues({ pooled: isPooled, samples }: Results): ReadonlyMap<string, readonly number[]> | null {
  if (isPooled !== true) return null;
  const all = new Map<string, number[]>();
  for (const sample of samples) {
    if (sample.status !== 'measured') continue;
    for (const [metric, values] of Object.entries(sample.values)) {
      const key = keyOf(cellId(sample.cell), metric);
      const known = all.get(key);
      if (known === undefined) all.set(key, [...values]);
      else known.push(...values);
    }
  }
  return all;
}

function keyOf(cell: string, metric: string): string {
  return JSON.stringify([cell, metric]);
}
