import type { Unit } from '../model/metric.ts';
import { shape } from './element.ts';

/** A scale, as far as an axis needs it. */
export interface AxisScale {
  (value: number): number;
  range(): number[];
}

/** An axis below a chart, or beside it with lines across. */
export interface Axis {
  readonly scale: AxisScale;
  readonly ticks: readonly number[];
  readonly words: (value: number) => string;
}

/** A line below the chart at `y`, with its ticks. Words that would touch the ones before are left out. */
export function bottomAxis({ scale, ticks, words }: Axis, y: number): readonly SVGElement[] {
  const [from = 0, to = 0] = scale.range();
  let end = Number.NEGATIVE_INFINITY;
  const marks = ticks.flatMap((tick) => {
    const [x, text] = [scale(tick), words(tick)];
    const half = (text.length * letterWidth) / 2;
    const centre = Math.min(Math.max(x, from + half - 8), to - half + 8);
    if (centre - half < end + 2 * letterWidth) return [];
    end = centre + half;
    return [shape('line', { class: 'tick', x1: x, x2: x, y1: y, y2: y + 4 }), label(text, { x: centre, y: y + 17, anchor: 'middle' })];
  });
  return [shape('line', { class: 'axis', x1: from, x2: to, y1: y, y2: y }), ...marks];
}

/** Lines across the chart from `x` to `end`, each with its words on the left. */
export function leftAxis({ scale, ticks, words }: Axis, x: number, end: number): readonly SVGElement[] {
  return ticks.flatMap((tick) => {
    const y = scale(tick);
    return [shape('line', { class: 'grid', x1: x, x2: end, y1: y, y2: y }), label(words(tick), { x: x - 8, y: y + 4, anchor: 'end' })];
  });
}

/** How wide a letter of a label is at most, in pixels. */
export const letterWidth = 6.6;

/** Where a label stands. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly kind?: string;
}

/** Words in a chart. */
export function label(text: string, { x, y, anchor = 'start', kind = '' }: LabelPlace): SVGElement {
  return shape('text', { x, y, 'text-anchor': anchor, class: kind === '' ? 'label' : `label ${kind}` }, text);
}

/** A range with some room at both ends; one that is a point gets some too. */
export function roomy([low, high]: readonly [number, number], share = 0.06): [number, number] {
  const room = high > low ? (high - low) * share : Math.abs(low) * 0.05 || 1;
  return [low - room, high + room];
}

/** The smallest and the largest of some numbers; at least one. */
export function extent(values: readonly number[]): readonly [number, number] {
  return [
    values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  ];
}

/** The middle of some numbers; NaN for none. */
export function middle(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return (low + high) / 2;
}

/** Ticks of a logarithmic axis, about `most` of them: round numbers, which for bytes are powers of two. */
export function logTicks([low, high]: readonly [number, number], unit: Unit, most: number): readonly number[] {
  const round = unit === 'B' ? powersOf(2, [low, high]) : powersOf(10, [low / 10, high]).flatMap((power) => [power, 2 * power, 5 * power]);
  const within = round.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  const tens = within.filter((tick) => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9);
  if (unit !== 'B' && tens.length > 1 && within.length > most) return everyNth(tens, most);
  return everyNth(within, most);
}

function powersOf(base: number, [low, high]: readonly [number, number]): readonly number[] {
  const exponent = (value: number) => Math.log(value) / Math.log(base);
  const first = Math.floor(exponent(low));
  return Array.from({ length: Math.max(0, Math.ceil(exponent(high)) - first + 1) }, (_, step) => base ** (first + step));
}

function everyNth(ticks: readonly number[], most: number): readonly number[] {
  const step = Math.ceil(ticks.length / Math.max(1, most));
  return ticks.filter((_, index) => index % step === 0);
}

/** A label as the beginning of a sentence. */
export function opening(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
