import type { PageData } from '../render/html/page-data.ts';
import { chartFigure } from './chart.ts';
import { curveChart } from './curve-chart.ts';
import { element } from './element.ts';
import { startRuntimeList } from './runtime-list.ts';

/** Every workload over the sizes that it was run at. */
export function startCurves(place: HTMLElement, { curves, metrics }: PageData): void {
  startRuntimeList(place, curves, (each) => {
    const metric = metrics[each.metric];
    return metric === undefined ? element('div') : chartFigure(curveChart(each, metric));
  });
}
