import { scaleLinear } from 'd3-scale';
import type { PageChange, PageMetric } from '../render/html/page-data.ts';
import { percentText, shareText } from '../render/number.ts';
import { bottomAxis, extent, label, roomy } from './axes.ts';
import type { Chart } from './chart.ts';
import { shape } from './element.ts';
import { intervalText } from './interval-text.ts';

const [side, top, bottom] = [14, 26, 66];

/** The change with its interval, against equality, the margin and the target. */
export function intervalChart(change: PageChange, { better, label: name }: PageMetric): Chart {
  const { ratio, target, restsOn } = change;
  const interval = intervalText(change);
  const range = interval === null ? 'there is no interval' : `95 % interval ${interval}`;
  const margin = `±${shareText(change.margin)}`;
  const worse = better === 'lower' ? 1 + target : 1 / (1 + target);
  return {
    title: 'Interval',
    description: `Change of ${name}: ${percentText(ratio)}, ${range}, from ${restsOn}. Shaded: the margin of ${margin}. Dashed: the target, ${percentText(worse)}.`,
    height: bottom + 26,
    draw: (width) => drawn(change, worse, width),
    table: () => ({
      columns: ['What', 'Change'],
      rows: [
        ['change', percentText(ratio)],
        ...(interval === null ? [] : [['95 % interval', interval]]),
        ['margin', margin],
        ['target', percentText(worse)],
      ],
    }),
  };
}

function drawn({ ratio, interval, margin }: PageChange, worse: number, width: number): readonly SVGElement[] {
  const ends = interval ?? [ratio, ratio];
  const x = scaleLinear(roomy(extent([...ends, ratio, worse, 1 / worse, 1 + margin, 1 / (1 + margin)]), 0.1), [side, width - side]);
  const y = (top + bottom) / 2;
  const target = x(worse);
  return [
    shape('rect', { class: 'margin', x: x(1 / (1 + margin)), width: x(1 + margin) - x(1 / (1 + margin)), y: top, height: bottom - top }),
    ...bottomAxis({ scale: x, ticks: x.ticks(Math.max(3, Math.floor(width / 90))), words: percentText }, bottom),
    shape('line', { class: 'zero', x1: x(1), x2: x(1), y1: top, y2: bottom }),
    shape('line', { class: 'target', x1: target, x2: target, y1: top, y2: bottom }),
    label('target', { x: target, y: top - 8, anchor: 'middle' }),
    label('equal', { x: x(1), y: top - 8, anchor: 'middle' }),
    shape('line', { class: 'interval', x1: x(ends[0] ?? ratio), x2: x(ends[1] ?? ratio), y1: y, y2: y }),
    shape('circle', { class: 'estimate', cx: x(ratio), cy: y, r: 6 }),
  ];
}
