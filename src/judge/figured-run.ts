import type { Results } from '../model/results.ts';
import { contextOf, type FiguredRun } from '../model/run.ts';
import type { MeasuredSample } from '../model/sample.ts';
import { FiguredProcesses, ReportedMetrics } from './figured-processes.ts';
import { groupedCells } from './run-cells.ts';

/**
 * A run without the values of its processes, of which their figures are made: whatever is judged, tabulated or stored, it
 * says exactly the same. A report on fifty machines holds the values of one of them at a time.
 */
export function figuredRun(results: Results): FiguredRun {
  let last = new ReportedMetrics([]);
  const cells = groupedCells(results.samples, (samples) => {
    if (!samples.every((sample) => reportsJust(sample, last.ids))) last = new ReportedMetrics(metricsOf(samples));
    return new FiguredProcesses(samples, last);
  });
  return { ...contextOf(results), cells };
}

/** Nearly all cells of a run report the same metrics in the same order. */
function reportsJust({ values }: MeasuredSample, ids: readonly string[]): boolean {
  let place = 0;
  for (const id in values) {
    if (ids[place] !== id) return false;
    place += 1;
  }
  return place === ids.length;
}

function metricsOf(samples: readonly MeasuredSample[]): readonly string[] {
  return [...new Set(samples.flatMap(({ values }) => Object.keys(values)))];
}
