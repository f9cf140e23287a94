import { scaleLinear } from 'd3-scale';
import type { PageChange } from '../render/html/page-data.ts';
import { shape } from './element.ts';

const [width, height] = [170, 16];

/** The interval of a change against equality, margin and target, as small as a word; the words beside it say the same. */
export function intervalStrip({ ratio, interval, margin, target }: PageChange): SVGElement {
  const [low, high] = interval ?? [ratio, ratio];
  // The same for cells of one target, so that rows can be compared; what lies outside ends at the edge.
  const reach = Math.log1p(target) * 2.2;
  const x = scaleLinear([-reach, reach], [5, width - 5]).clamp(true);
  const at = (value: number) => x(Math.log(value));
  const middle = height / 2;
  const state = interval === null ? 'unsure' : low > 1 || high < 1 ? 'sure' : 'unsure';
  return shape(
    'svg',
    { class: `strip ${state}`, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false' },
    shape('rect', { class: 'margin', x: at(1 / (1 + margin)), y: 0, width: at(1 + margin) - at(1 / (1 + margin)), height }),
    ...[1 / (1 + target), 1 + target].map((value) => shape('line', { class: 'target', x1: at(value), x2: at(value), y1: 0, y2: height })),
    shape('line', { class: 'zero', x1: at(1), x2: at(1), y1: 0, y2: height }),
    shape('line', { class: 'interval', x1: at(low), x2: at(high), y1: middle, y2: middle }),
    shape('circle', { class: 'estimate', cx: at(ratio), cy: middle, r: 3.5 }),
  );
}
