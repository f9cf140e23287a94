import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { type ConcurrencyModel, concurrencyModels, modelLabel } from '../model/concurrency-model.ts';
import type { Unit } from '../model/metric.ts';
import type { PageCrossover, PageCurves, PageMetric } from '../render/html/page-data.ts';
import { figureText } from '../render/number.ts';
import { bottomAxis, extent, label, leftAxis, logTicks, opening } from './axes.ts';
import type { Chart } from './chart.ts';
import { shape } from './element.ts';

const [left, right, top, bottom] = [70, 118, 10, 26];
const height = 280;

type Curve = PageCurves['models'][number];

interface Scales {
  readonly x: (size: number) => number;
  readonly y: (figure: number) => number;
}

/** A workload over the sizes of one parameter, a line for each model, and a ring where one overtakes another. */
export function curveChart({ workload, axis, runtime, models, crossovers }: PageCurves, metric: PageMetric): Chart {
  const positive = models.map((curve) => ({ ...curve, points: curve.points.filter(([, figure]) => figure > 0) }));
  const sizes = [...new Set(models.flatMap(({ points }) => points.map(([size]) => size)))].toSorted((one, other) => one - other);
  const text = (value: number) => figureText(value, metric.unit);
  return {
    title: `${workload} over ${axis}`,
    description: `${opening(metric.label)} on Python ${runtime}, both axes logarithmic. ${crossoverWords(crossovers, axis)}`,
    height,
    draw: (width) => drawn({ curves: positive.filter(({ points }) => points.length > 1), sizes, crossovers }, width, metric.unit),
    table: () => ({
      columns: ['Model', ...sizes.map((size) => `${axis} = ${size}`)],
      rows: models.map(({ model, points }) => [modelLabel(model), ...sizes.map((size) => figureAt(points, size, text))]),
    }),
  };
}

function figureAt(points: Curve['points'], size: number, text: (value: number) => string): string {
  const found = points.find(([at]) => at === size);
  return found === undefined ? '–' : text(found[1]);
}

function crossoverWords(crossovers: readonly PageCrossover[], axis: string): string {
  if (crossovers.length === 0) return 'No model clearly overtakes another.';
  const [first] = crossovers;
  const words =
    first === undefined
      ? ''
      : `${modelLabel(first.overtaking)} overtakes ${modelLabel(first.overtaken)} at ${axis} = ${Math.round(first.size)}`;
  return crossovers.length === 1 ? `${words}.` : `Rings: ${words}, and ${crossovers.length - 1} more.`;
}

interface Drawing {
  readonly curves: readonly Curve[];
  readonly sizes: readonly number[];
  readonly crossovers: readonly PageCrossover[];
}

function drawn({ curves, sizes, crossovers }: Drawing, width: number, unit: Unit): readonly SVGElement[] {
  const text = (value: number) => figureText(value, unit);
  const figures = extent(curves.flatMap(({ points }) => points.map(([, figure]) => figure)));
  const [x, y] = [
    scaleLog([sizes[0] ?? 1, sizes.at(-1) ?? 10], [left, width - right]),
    scaleLog([figures[0] / 1.15, figures[1] * 1.15], [height - bottom, top]),
  ];
  const ends = endPlaces(curves, y);
  return [
    ...leftAxis({ scale: y, ticks: logTicks(figures, unit, 6), words: text }, left, width - right),
    ...bottomAxis({ scale: x, ticks: sizes, words: (size) => figureText(size, 'count') }, height - bottom),
    ...curves.flatMap((curve) => curveShapes(curve, { x, y }, ends.get(curve.model) ?? 0, width - right)),
    ...crossovers.flatMap((crossover) => ring(crossover, curves, { x, y })),
  ];
}

function curveShapes({ model, points }: Curve, { x, y }: Scales, end: number, edge: number): readonly SVGElement[] {
  const kind = `model-${concurrencyModels.indexOf(model) + 1}`;
  const path = line(
    ([size]: readonly [number, number]) => x(size),
    ([, figure]) => y(figure),
  )([...points]);
  const [lastSize = 0, lastFigure = 0] = points.at(-1) ?? [];
  return [
    shape('path', { class: `line ${kind}`, d: path ?? '' }),
    ...points.map(([size, figure]) => shape('circle', { class: `dot ${kind}`, cx: x(size), cy: y(figure), r: 3 })),
    shape('path', { class: `leader ${kind}`, d: `M${x(lastSize) + 4},${y(lastFigure)}L${edge + 14},${end}` }),
    label(modelLabel(model), { x: edge + 18, y: end + 4, kind }),
  ];
}

/** Where the name of each model stands at the end of its line, none on another. */
function endPlaces(curves: readonly Curve[], y: Scales['y']): ReadonlyMap<ConcurrencyModel, number> {
  const ends = curves.map(({ model, points }) => ({ model, at: y(points.at(-1)?.[1] ?? 1) })).toSorted((one, other) => one.at - other.at);
  let free = top + 4;
  const down = ends.map(({ model, at }) => {
    const place = Math.max(at, free);
    free = place + 15;
    return { model, place };
  });
  // Names that were pushed out below move up together.
  const over = Math.max(0, (down.at(-1)?.place ?? 0) - (height - bottom));
  return new Map(down.map(({ model, place }) => [model, place - over]));
}

/** Straight between the sizes on logarithmic scales, as crossovers are found. */
function ring({ overtaking, size }: PageCrossover, curves: readonly Curve[], { x, y }: Scales): readonly SVGElement[] {
  const points = curves.find(({ model }) => model === overtaking)?.points ?? [];
  const after = points.findIndex(([at]) => at >= size);
  const [from, to] = [points[after - 1], points[after]];
  if (from === undefined || to === undefined) return [];
  const share = (x(size) - x(from[0])) / (x(to[0]) - x(from[0]));
  return [shape('circle', { class: 'crossover', cx: x(size), cy: y(from[1]) + share * (y(to[1]) - y(from[1])), r: 7 })];
}
