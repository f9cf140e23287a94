import { scaleLinear, scaleLog } from 'd3-scale';
import { modelLabel } from '../model/concurrency-model.ts';
import type { Unit } from '../model/metric.ts';
import type { PageMetric, PageRanking } from '../render/html/page-data.ts';
import { figureText } from '../render/number.ts';
import { bottomAxis, extent, label, logTicks, opening, roomy } from './axes.ts';
import type { Chart } from './chart.ts';
import { shape } from './element.ts';

const [left, right, rowHeight] = [122, 74, 24];

/** From this quotient of the largest and the smallest figure on, only a logarithmic scale shows both. */
const wide = 8;

/** The models of one use case from the best to the last. */
export function rankingChart({ useCase, runtime, standings }: PageRanking, metric: PageMetric): Chart {
  const text = (value: number) => figureText(value, metric.unit);
  const [best] = standings;
  const bestWords = best === undefined ? '' : ` Best: ${modelLabel(best[0])}.`;
  return {
    title: useCase,
    description: `${opening(metric.label)} of each model on Python ${runtime}, ${metric.better === 'lower' ? 'least' : 'most'} first: the median with the range of its processes.${bestWords}`,
    height: standings.length * rowHeight + 34,
    draw: (width) => drawn(standings, width, metric.unit),
    table: () => ({
      columns: ['Model', 'Median', 'Smallest', 'Largest'],
      rows: standings.map(([model, ...figures]) => [modelLabel(model), ...figures.map(text)]),
    }),
  };
}

function drawn(standings: PageRanking['standings'], width: number, unit: Unit): readonly SVGElement[] {
  const text = (value: number) => figureText(value, unit);
  const [low, high] = extent(standings.flatMap(([, , least, most]) => [least, most]));
  const range = [left, width - right];
  const isWide = low > 0 && high / low > wide;
  const scale = isWide ? scaleLog([low / 1.15, high * 1.15], range) : scaleLinear([Math.min(0, low), roomy([0, high])[1]], range);
  const bottom = standings.length * rowHeight + 6;
  const ticks = isWide
    ? logTicks([low, high], unit, Math.max(2, Math.floor((width - left - right) / 75)))
    : scale.ticks(Math.max(2, Math.floor((width - left - right) / 90)));
  return [
    ...ticks.map((tick) => shape('line', { class: 'grid', x1: scale(tick), x2: scale(tick), y1: 4, y2: bottom })),
    ...bottomAxis({ scale, ticks, words: text }, bottom),
    ...standings.flatMap(([model, median, least, most], row) => {
      const y = row * rowHeight + 16;
      const kind = row === 0 ? 'head' : 'base';
      return [
        label(modelLabel(model), { x: left - 10, y: y + 4, anchor: 'end', kind: row === 0 ? 'best' : '' }),
        shape('line', { class: `spread ${kind}`, x1: scale(least), x2: scale(most), y1: y, y2: y }),
        shape('circle', { class: `dot ${kind}`, cx: scale(median), cy: y, r: 5 }),
        label(text(median), { x: width - right + 10, y: y + 4, kind: row === 0 ? 'best' : '' }),
      ];
    }),
  ];
}
