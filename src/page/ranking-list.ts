import type { PageData } from '../render/html/page-data.ts';
import { chartFigure } from './chart.ts';
import { element } from './element.ts';
import { rankingChart } from './ranking-chart.ts';
import { startRuntimeList } from './runtime-list.ts';

/** The models of every use case side by side. */
export function startRankings(place: HTMLElement, { rankings, metrics }: PageData): void {
  startRuntimeList(place, rankings, (ranking) => {
    const metric = metrics[ranking.metric];
    return metric === undefined ? element('div') : chartFigure(rankingChart(ranking, metric));
  });
}
