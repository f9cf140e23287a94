import type { Metric } from '../../model/metric.ts';
import { changeIntervalText, percentText, ratioText } from '../number.ts';
import { singleLine } from '../plain-text.ts';
import type { PageMetric } from './page-data.ts';

/** The metrics that the data of a page speak of, each once. */
export interface MetricList {
  /** The place of a metric in the list; it is put there where it is not in it yet. */
  readonly placeOf: (metric: Metric) => number;
  readonly all: () => readonly PageMetric[];
}

/** A list with no metric in it. */
export function metricList(): MetricList {
  const places = new Map<string, number>();
  const listed: PageMetric[] = [];
  return {
    placeOf: ({ label, unit, better, family }) => {
      const key = JSON.stringify([label, unit, better, family]);
      const place = places.get(key) ?? listed.push({ label: singleLine(label), unit, better, family }) - 1;
      places.set(key, place);
      return place;
    },
    all: () => listed,
  };
}

/** A figure with five digits: more is below what any chart shows. */
export function shortFigure(value: number): number {
  return Number(value.toPrecision(5));
}

/** A quotient with five digits, or with as many more as it takes to read as the whole number does. */
export function shortRatio(value: number): number {
  const words = (ratio: number) => [
    percentText(ratio),
    ratioText(ratio),
    changeIntervalText({ kind: 'interval', low: ratio, high: ratio }),
  ];
  const whole = words(value).join();
  return [5, 6, 7, 8, 9, 12].map((digits) => Number(value.toPrecision(digits))).find((short) => words(short).join() === whole) ?? value;
}

/** The middle, the smallest and the largest of some figures; at least one. */
export function spreadOf(values: readonly number[], middle: number): readonly [number, number, number] {
  return [shortFigure(middle), shortFigure(Math.min(...values)), shortFigure(Math.max(...values))];
}
