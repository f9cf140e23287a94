import { scaleLinear } from 'd3-scale';
import type { PageEvidence, PageMetric } from '../render/html/page-data.ts';
import { figureText } from '../render/number.ts';
import { bottomAxis, extent, label, middle, opening, roomy } from './axes.ts';
import type { Chart } from './chart.ts';
import { shape } from './element.ts';

const rowHeight = 46;
const left = 8;

/** Samples that belong together: one dot each. */
interface Group {
  readonly name: string;
  readonly kind: 'base' | 'head';
  readonly values: readonly number[];
}

/** The samples of base and head, one dot for each process; null where there is none. */
export function distributionChart({ pairs, processes, trend }: PageEvidence, metric: PageMetric): Chart | null {
  const groups: readonly Group[] = [
    { name: 'Base, in pairs', kind: 'base', values: pairs?.base ?? [] },
    { name: 'Head, in pairs', kind: 'head', values: pairs?.head ?? [] },
    { name: 'Stored runs, their medians', kind: 'base', values: pairs === null ? trend.map(([, level]) => level) : [] },
    { name: 'Head, this run', kind: 'head', values: processes },
  ];
  const shown = groups.filter(({ values }) => values.length > 0);
  if (shown.length === 0) return null;
  const text = (value: number) => figureText(value, metric.unit);
  return {
    title: 'Samples',
    description: `${opening(metric.label)} of each process; the bar is the median. ${metric.better === 'lower' ? 'Less' : 'More'} is better.`,
    height: shown.length * rowHeight + 30,
    draw: (width) => drawn(shown, width, text),
    table: () => ({
      columns: ['Samples', 'Count', 'Median', 'Smallest', 'Largest'],
      rows: shown.map(({ name, values }) => [name, String(values.length), text(middle(values)), ...extent(values).map(text)]),
    }),
  };
}

function drawn(groups: readonly Group[], width: number, text: (value: number) => string): readonly SVGElement[] {
  const scale = scaleLinear(roomy(extent(groups.flatMap(({ values }) => values))), [left, width - left]);
  const bottom = groups.length * rowHeight + 2;
  const ticks = scale.ticks(Math.max(2, Math.floor(width / 120)));
  return [
    ...bottomAxis({ scale, ticks, words: text }, bottom),
    ...groups.flatMap((group, row) => rowOf(group, row * rowHeight, scale, text)),
  ];
}

function rowOf(
  { name, kind, values }: Group,
  top: number,
  x: (value: number) => number,
  text: (value: number) => string,
): readonly SVGElement[] {
  const centre = top + 30;
  const median = middle(values);
  return [
    label(`${name}: ${text(median)}`, { x: left, y: top + 13 }),
    ...values.map((value, index) => shape('circle', { class: `dot ${kind}`, cx: x(value), cy: centre + spread(index), r: 3.5 })),
    shape('line', { class: 'median', x1: x(median), x2: x(median), y1: centre - 14, y2: centre + 14 }),
  ];
}

/** Equal values must not hide each other: dots stand at five heights in turn. */
function spread(index: number): number {
  return (((index * 2) % 5) - 2) * 3.5;
}
