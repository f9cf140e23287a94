import { processStatistic } from '../model/metric.ts';
import type { MeasuredCell } from './cell-index.ts';

/**
 * Why the figures of the same cell in two runs cannot be compared, or null when they can. Statistics other than the
 * median depend on how many values a process took.
 */
export function whyNotComparable(head: MeasuredCell, stored: MeasuredCell): string | null {
  if (head.workload.source !== stored.workload.source) return "the workload, or the worker that runs it, differs from the stored run's";
  if (head.gate.id !== stored.gate.id) return `it is judged by ${head.gate.label} now, the stored run by ${stored.gate.label}`;
  if (head.gate.unit !== stored.gate.unit || head.gate.better !== stored.gate.better) {
    return `the unit or direction of ${head.gate.label} was declared otherwise in the stored run`;
  }
  return whySizesDiffer(head, stored);
}

function whySizesDiffer(head: MeasuredCell, stored: MeasuredCell): string | null {
  const [now, then] = [head.processes, stored.processes];
  const [unitsNow, unitsThen] = [now.units(0), then.units(0)];
  if (unitsNow !== unitsThen) return `a value is ${unitsNow} units of work now and was ${unitsThen} in the stored run`;
  if (processStatistic(head.gate, head.cell.model) === 'median') return null;
  const [valuesNow, valuesThen] = [now.taken(0), then.taken(0)];
  if (valuesNow === valuesThen) return null;
  return `a process takes ${valuesNow} values now and took ${valuesThen} in the stored run, which shifts its figure`;
}
