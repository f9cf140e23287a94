import { scaleLinear } from 'd3-scale';
import type { PageChange, PageEvidence, PageMetric } from '../render/html/page-data.ts';
import { percentText } from '../render/number.ts';
import { bottomAxis, extent, label, leftAxis, roomy } from './axes.ts';
import type { Chart } from './chart.ts';
import { shape } from './element.ts';

const [left, right, top, bottom] = [58, 66, 10, 26];
const height = 230;

/** The change of each pair in the order in which they were measured, and the interval that they give; null without pairs. */
export function pairChart({ pairs }: PageEvidence, change: PageChange | null, metric: PageMetric): Chart | null {
  if (pairs === null || change === null) return null;
  const ratios = pairs.base.flatMap((base, pair) => {
    const head = pairs.head[pair];
    return head === undefined ? [] : [head / base];
  });
  const control = change.controlled ? ' The interval is narrower than the pairs because the speed of the machine was taken out of it.' : '';
  return {
    title: 'Pairs',
    description: `Change from base to head of each of ${ratios.length} pairs of processes, in order of measurement; at the right the change with its 95 % interval. Shaded: the margin. Dashed: the target.${control}`,
    height,
    draw: (width) => drawn(ratios, change, metric, width),
    table: () => ({ columns: ['Pair', 'Change'], rows: ratios.map((ratio, pair) => [String(pair + 1), percentText(ratio)]) }),
  };
}

function drawn(ratios: readonly number[], change: PageChange, { better }: PageMetric, width: number): readonly SVGElement[] {
  const { ratio, interval, margin, target } = change;
  const limit = better === 'lower' ? 1 + target : 1 / (1 + target);
  const end = width - right;
  const y = scaleLinear(roomy(extent([...ratios, ...(interval ?? []), ratio, limit, 1 + margin, 1 / (1 + margin)])), [
    height - bottom,
    top,
  ]);
  const x = scaleLinear([0.5, ratios.length + 0.5], [left, end]);
  const place = width - right / 2;
  const pairTicks = x
    .ticks(Math.min(ratios.length, Math.max(2, Math.floor(width / 90))))
    .filter((tick) => Number.isInteger(tick) && tick > 0);
  return [
    shape('rect', { class: 'margin', x: left, width: end - left, y: y(1 + margin), height: y(1 / (1 + margin)) - y(1 + margin) }),
    ...leftAxis({ scale: y, ticks: y.ticks(5), words: percentText }, left, width),
    ...bottomAxis({ scale: x, ticks: pairTicks, words: String }, height - bottom),
    shape('line', { class: 'zero', x1: left, x2: width, y1: y(1), y2: y(1) }),
    shape('line', { class: 'target', x1: left, x2: width, y1: y(limit), y2: y(limit) }),
    ...ratios.map((each, pair) => shape('circle', { class: 'dot head', cx: x(pair + 1), cy: y(each), r: 3.5 })),
    ...(interval === null ? [] : [shape('line', { class: 'interval', x1: place, x2: place, y1: y(interval[0]), y2: y(interval[1]) })]),
    shape('circle', { class: 'estimate', cx: place, cy: y(ratio), r: 5 }),
    label('all', { x: place, y: height - bottom + 17, anchor: 'middle' }),
  ];
}
