import type { PageCell, PageData, PageEvidence } from '../render/html/page-data.ts';
import { figureText, percentText } from '../render/number.ts';
import { opening } from './axes.ts';
import { chartFigure, figureTable } from './chart.ts';
import { distributionChart } from './distribution-chart.ts';
import { element } from './element.ts';
import { intervalChart } from './interval-chart.ts';
import { intervalText } from './interval-text.ts';
import { pairChart } from './pair-chart.ts';
import { trendChart } from './trend-chart.ts';

/** What the verdict of a cell rests on. */
export function cellDetail(cell: PageCell, data: PageData): HTMLElement {
  const { evidence } = cell;
  const inside = element('div', { class: 'evidence' }, element('p', {}, opening(verdictSentence(cell))));
  if (evidence === null) {
    inside.append(
      element(
        'p',
        { class: 'left-out' },
        'Its samples, pairs and history are left out to keep this page small; the results file holds them.',
      ),
    );
    return inside;
  }
  inside.append(
    ...faultOf(evidence),
    element('div', { class: 'charts' }, ...chartsOf(cell, evidence, data)),
    ...otherMetrics(evidence, data),
  );
  return inside;
}

/** "regression: +12.4 % (+9.8 % to +15.1 %), from 40 pairs." */
function verdictSentence({ verdict, change, why }: PageCell): string {
  const interval = change === null ? null : intervalText(change);
  const range = interval === null ? '' : ` (${interval})`;
  const figures = change === null ? [] : [`${percentText(change.ratio)}${range}, from ${change.restsOn}`];
  const parts = [...figures, ...(why === '' ? [] : [why])];
  return `${verdict}${parts.length === 0 ? '' : `: ${parts.join('; ')}`}.`;
}

function chartsOf({ metric, change }: PageCell, evidence: PageEvidence, data: PageData): readonly HTMLElement[] {
  const judgedBy = metric === null ? undefined : data.metrics[metric];
  if (judgedBy === undefined) return [];
  const charts = [
    change === null ? null : intervalChart(change, judgedBy),
    distributionChart(evidence, judgedBy),
    pairChart(evidence, change, judgedBy),
    trendChart(evidence, judgedBy, data),
  ];
  return charts.flatMap((chart) => (chart === null ? [] : [chartFigure(chart)]));
}

function faultOf({ fault }: PageEvidence): readonly HTMLElement[] {
  if (fault === null) return [];
  const output =
    fault.output === ''
      ? [element('p', {}, 'It printed nothing.')]
      : [element('pre', { tabindex: 0, 'aria-label': 'What it printed' }, fault.output)];
  return [element('p', { class: 'fault' }, fault.message), ...output];
}

function otherMetrics({ others }: PageEvidence, { metrics }: PageData): readonly HTMLElement[] {
  const rows = others.flatMap(([place, ...figures]) => {
    const metric = metrics[place];
    return metric === undefined ? [] : [[metric.label, ...figures.map((figure) => figureText(figure, metric.unit))]];
  });
  if (rows.length === 0) return [];
  const table = figureTable('Further metrics of this run', { columns: ['Metric', 'Median', 'Smallest', 'Largest'], rows });
  return [element('details', {}, element('summary', {}, `Further metrics (${rows.length}), which inform and are not judged`), table)];
}
