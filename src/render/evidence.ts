import type { Ratio } from '../model/change.ts';
import type { Metric } from '../model/metric.ts';
import type { BothSides } from '../model/sample-pair.ts';
import { type Inline, type Line, stacked, strong, text } from './document.ts';
import { changeIntervalText, changeText, figureText, ratioText, shareText } from './number.ts';

/** What stands where there is no figure. */
export const noFigure = '–';

/** What a figure is judged by, and whether the code that gives it is another one on the base side. */
export interface Judged {
  readonly metric: Metric;
  readonly sourceDiffers: boolean;
}

/** Base and head over the name of the metric; the name alone where there are no figures. */
export function figuresLine({ metric, sourceDiffers }: Judged, figures: BothSides<number> | null): Line {
  const label: Line = [text(sourceDiffers ? `${metric.label}; the workload file differs` : metric.label)];
  if (figures === null) return label;
  return stacked([text(`${figureText(figures.base, metric.unit)} → ${figureText(figures.head, metric.unit)}`)], label);
}

/** The change over its interval: "slower by 12.4 %", "+9.8 % to +15.1 %". What is not certain is not emphasised. */
export function ratioLine(metric: Metric, { value, bounds }: Ratio, emphasis: (words: string) => Inline = strong): Line {
  const interval = changeIntervalText(bounds);
  return stacked([emphasis(changeText(value, metric))], interval === null ? [] : [text(interval)]);
}

/** The change and its interval as words: "slower by 12.4 % (+9.8 % to +15.1 %)". */
export function ratioWords(metric: Metric, { value, bounds }: Ratio): string {
  const interval = changeIntervalText(bounds);
  const words = changeText(value, metric);
  return interval === null ? words : `${words} (${interval})`;
}

/** An adjusted p-value: "0.0004", "< 0.000001"; no test is needed where a figure does not vary. */
export function pText(p: number | null): string {
  if (p === null) return 'all apart';
  return p < 1e-6 ? '< 0.000001' : String(Number(p.toPrecision(2)));
}

/** "a slowdown of 10 %" for times, other metrics get worse; a doubling and more is a factor, because "+140 %" is misread. */
export function worseningText(metric: Metric | null, share: number): string {
  const time = metric === null || isTime(metric);
  if (share >= 1) return time ? `a slowdown to ${ratioText(1 + share)}` : `${ratioText(1 + share)} of before`;
  return time ? `a slowdown of ${shareText(share)}` : `a worsening by ${shareText(share)}`;
}

/** What "no change" means: "a slowdown of 10 % or more is excluded". */
export function excludedText(metric: Metric | null, share: number): string {
  return `${worseningText(metric, share)} or more is excluded`;
}

function isTime({ family }: Metric): boolean {
  return family === 'time' || family === 'latency' || family === 'event loop';
}
