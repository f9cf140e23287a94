import { median } from '../../stats/quantiles.ts';
import type { Report } from '../../tables/report.ts';
import type { SizeTable } from '../../tables/scaling.ts';
import type { UseCaseRow } from '../../tables/use-cases.ts';
import { shortened, singleLine } from '../plain-text.ts';
import { type MetricList, shortFigure, spreadOf } from './metric-list.ts';
import type { PageCurves, PageRanking } from './page-data.ts';

/** The longest name of a use case: a workload of the user's is named by its first sentence. */
const longestName = 80;

/** The models of every use case on every runtime where they were ranked. */
export function rankingData({ useCases: { rows, columns } }: Report, list: MetricList): readonly PageRanking[] {
  return rows.flatMap((row) => columns.flatMap(({ label }, column) => rankingOf(row, column, label, list)));
}

function rankingOf({ useCase, workload, cells }: UseCaseRow, column: number, label: string, list: MetricList): readonly PageRanking[] {
  const ranking = cells[column]?.ranking;
  if (ranking?.status !== 'ranked') return [];
  return [
    {
      useCase: shortened(singleLine(useCase), longestName),
      workload: singleLine(workload),
      runtime: singleLine(label),
      metric: list.placeOf(ranking.metric),
      standings: ranking.standings.map(({ model, values }) => [model, ...spreadOf(values, median(values))] as const),
    },
  ];
}

/** Every curve over sizes, one entry for each parameter and runtime. */
export function curveData({ scaling: { axes, columns } }: Report, list: MetricList): readonly PageCurves[] {
  const sizes = axes.filter((axis): axis is SizeTable => axis.kind === 'sizes');
  return sizes.flatMap((table) => columns.flatMap(({ label }, column) => curvesOf(table, column, label, list)));
}

function curvesOf({ axis, metric, rows, crossovers }: SizeTable, column: number, label: string, list: MetricList): readonly PageCurves[] {
  const models = rows.flatMap(({ model, cells }) => {
    const points = cells[column]?.points ?? [];
    return points.length === 0 ? [] : [{ model, points: points.map(({ size, figure }) => [size, shortFigure(figure)] as const) }];
  });
  if (models.length === 0) return [];
  return [
    {
      ...{ workload: singleLine(axis.workload), axis: singleLine(axis.axis), metric: list.placeOf(metric) },
      ...{ runtime: singleLine(label), models },
      crossovers: (crossovers[column] ?? []).map(({ overtaken, overtaking, size, low, high }) => ({
        ...{ overtaken, overtaking },
        ...{ size: shortFigure(size), low: shortFigure(low), high: shortFigure(high) },
      })),
    },
  ];
}
