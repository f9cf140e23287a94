import type { Metric } from '../../src/model/metric.ts';
import type { CellValues } from './cell-values.ts';

/**
 * One side in the Go benchmark text format (golang.org/design/14313-benchmark-format), one line a process. Cells of a
 * runtime stand under a `runtime:` line, by which benchstat makes its tables, and each metric is a unit of its own.
 */
export function goBenchmarks(cells: readonly CellValues[], side: 'base' | 'head'): string {
  const groups = [...Map.groupBy(cells, ({ runtime }) => runtime)];
  return groups
    .map(([runtime, group]) => {
      const lines = group.flatMap((cell) =>
        cell[side].processes.map((value) => `Benchmark${cell.name} 1 ${value} ${goUnit(cell.ours.metric)}`),
      );
      return `${[`runtime: ${runtime}`, ...lines].join('\n')}\n`;
    })
    .join('\n');
}

/** The metric as a unit: benchstat scales no unit that it does not know, so that figures stay what they are. */
export function goUnit({ id, unit }: Pick<Metric, 'id' | 'unit'>): string {
  const name = { s: 'sec', B: 'B', count: 'count', ratio: 'ratio' }[unit];
  return `${id.replaceAll(/\W+/g, '_')}-${name}`;
}
