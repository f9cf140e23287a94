import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { PageData, PageEvidence, PageMetric } from '../render/html/page-data.ts';
import { figureText } from '../render/number.ts';
import { bottomAxis, extent, label, leftAxis, letterWidth, middle, opening, roomy } from './axes.ts';
import type { Chart } from './chart.ts';
import { shape } from './element.ts';

const [right, top, bottom] = [14, 22, 26];
const height = 230;

/** One run: its median and the range of its processes. */
interface Point {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly kind: 'base' | 'other' | 'head';
  /** Whether a lasting new level begins with it. */
  readonly begins: boolean;
}

/** A cell over the stored runs up to this one, with the places where its level changed for good; null without stored runs. */
export function trendChart({ trend, shifts, processes }: PageEvidence, metric: PageMetric, data: PageData): Chart | null {
  if (trend.length === 0) return null;
  const stored = trend.map(([run, median, least, most, otherCpu]): Point => {
    const { commit = null, created = '' } = data.runs[run] ?? {};
    const kind = otherCpu === 1 ? 'other' : 'base';
    return { name: commit?.slice(0, 7) ?? created.slice(0, 10), median, least, most, kind, begins: shifts.includes(run) };
  });
  const [least, most] = extent(processes);
  const now: readonly Point[] =
    processes.length === 0 ? [] : [{ name: 'this run', median: middle(processes), least, most, kind: 'head', begins: false }];
  const points = [...stored, ...now];
  const text = (value: number) => figureText(value, metric.unit);
  const levels = shifts.length === 0 ? '' : ' A dashed line stands where the level changed for good.';
  const others = stored.some(({ kind }) => kind === 'other') ? ' Hollow, and not joined: another CPU model.' : '';
  return {
    title: 'Trend',
    description: `${opening(metric.label)} over ${stored.length} stored runs of the base branch${now.length === 0 ? '' : ' and in this run'}: the median with the range of its processes.${levels}${others}`,
    height,
    draw: (width) => drawn(points, width, text),
    table: () => ({
      columns: ['Run', 'Median', 'Smallest', 'Largest', 'Level'],
      rows: points.map((point) => [
        point.name,
        text(point.median),
        text(point.least),
        text(point.most),
        point.begins ? 'new from here' : 'as before',
      ]),
    }),
  };
}

function drawn(points: readonly Point[], width: number, text: (value: number) => string): readonly SVGElement[] {
  const y = scaleLinear(roomy(extent(points.flatMap(({ least, most }) => [least, most])), 0.12), [height - bottom, top]);
  const ticks = y.ticks(5);
  const left = Math.max(...ticks.map((tick) => text(tick).length)) * letterWidth + 12;
  const x = scaleLinear([0, Math.max(1, points.length - 1)], [left + 8, width - right]);
  const joined = points.flatMap(({ kind, median }, index): [number, number][] => (kind === 'base' ? [[x(index), y(median)]] : []));
  return [
    ...leftAxis({ scale: y, ticks, words: text }, left, width - right),
    ...bottomAxis({ scale: x, ticks: points.map((_, index) => index), words: (index) => points[index]?.name ?? '' }, height - bottom),
    ...points.flatMap(({ begins }, index) => (begins ? shiftMark(x(index - 0.5)) : [])),
    shape('path', { class: 'line base', d: line()(joined) ?? '' }),
    ...points.flatMap(({ kind, most }) =>
      kind === 'head' ? [label('this run', { x: width - right + 6, y: y(most) - 8, anchor: 'end', kind: 'best' })] : [],
    ),
    ...points.flatMap(({ kind, median, least, most }, index) => [
      shape('line', { class: `spread ${kind}`, x1: x(index), x2: x(index), y1: y(least), y2: y(most) }),
      shape('circle', { class: `dot ${kind}`, cx: x(index), cy: y(median), r: kind === 'head' ? 5 : 3.5 }),
    ]),
  ];
}

function shiftMark(x: number): readonly SVGElement[] {
  return [
    shape('line', { class: 'shift', x1: x, x2: x, y1: top, y2: height - bottom }),
    label('new level', { x, y: top - 8, anchor: 'middle', kind: 'shift' }),
  ];
}
