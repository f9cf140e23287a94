import type { Bounds, Ratio } from '../model/change.ts';
import type { Metric, Unit } from '../model/metric.ts';

/** Significant digits of every figure: more would be noise. */
const digits = 3;

/** A unit's name and how many base units it holds, smallest first. */
type Scale = readonly (readonly [string, number])[];

const timeScale: Scale = [
  ['ns', 1e-9],
  ['µs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
];

const memoryScale: Scale = [
  ['B', 1],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
];

/** A figure with its unit: "12.2 KiB", "6.11 µs", "301". */
export function figureText(value: number, unit: Unit): string {
  switch (unit) {
    case 's':
      return value === 0 ? '0 s' : scaled(value, timeScale);
    case 'B':
      return scaled(value, memoryScale);
    case 'count':
    case 'ratio':
      return plainNumber(value);
  }
}

/** A quotient: "×2.4"; one that is not 1 never reads "×1", as long as six decimals tell them apart. */
export function ratioText(ratio: number): string {
  const rounded = Number(ratio.toPrecision(digits));
  return `×${ratio < 10 && ratio >= 0.1 ? nearOne(ratio) : String(rounded)}`;
}

function nearOne(ratio: number): string {
  const decimals = [2, 3, 4, 5, 6].find((count) => Number(ratio.toFixed(count)) !== 1) ?? 2;
  return String(Number(ratio.toFixed(decimals)));
}

/** A share as percent, "10 %", "12.4 %": one decimal, more only for what is below one percent. */
export function shareText(share: number): string {
  const percent = share * 100;
  const rounded = Math.abs(percent) < 1 ? percent.toPrecision(2) : percent.toFixed(1);
  return `${String(Number(rounded)).replace('-', '−')} %`;
}

/** A quotient as signed percent, "+12.4 %"; a doubling and more is a factor, because "+140 %" is misread. */
export function percentText(ratio: number): string {
  if (ratio >= 2) return ratioText(ratio);
  const percent = Math.abs((ratio - 1) * 100).toFixed(1);
  if (Number(percent) === 0) return '0.0 %';
  return `${ratio > 1 ? '+' : '−'}${percent} %`;
}

/** An end of an interval in percent; a digit more where it would read zero and lies beside it, because the side is what counts. */
function boundPercentText(ratio: number): string {
  const text = percentText(ratio);
  const percent = Math.abs((ratio - 1) * 100);
  const decimals = [2, 3, 4].find((count) => Number(percent.toFixed(count)) !== 0);
  if (text !== '0.0 %' || decimals === undefined) return text;
  return `${ratio > 1 ? '+' : '−'}${percent.toFixed(decimals)} %`;
}

/** The change in words: "slower by 12.4 %", "less by 3.0 %", "slower, ×2.4". */
export function changeText(ratio: number, metric: Metric): string {
  const [more, less] = directionWords(metric);
  if (ratio >= 2) return `${more}, ${ratioText(ratio)}`;
  const percent = Math.abs((ratio - 1) * 100).toFixed(1);
  if (Number(percent) === 0) return 'the same';
  return `${ratio > 1 ? more : less} by ${percent} %`;
}

/** The interval of a change, "+9.8 % to +15.1 %", or null when there is none. */
export function changeIntervalText(bounds: Bounds): string | null {
  if (bounds.kind === 'none') return null;
  const end = bounds.high >= 2 ? ratioText : boundPercentText;
  return `${end(bounds.low)} to ${end(bounds.high)}`;
}

/** A quotient with its interval, "×18.6 (17.9 to 19.3)"; an interval that is a point is not repeated. */
export function ratioWithInterval({ value, bounds }: Ratio): string {
  if (bounds.kind === 'none') return ratioText(value);
  const [low, high] = [ratioText(bounds.low), ratioText(bounds.high)];
  return low === high ? low : `${ratioText(value)} (${low.slice(1)} to ${high.slice(1)})`;
}

/** A signed difference: "+7.91 MiB". */
export function differenceText(value: number, unit: Unit): string {
  const size = figureText(Math.abs(value), unit);
  if (value === 0) return size;
  return `${value > 0 ? '+' : '−'}${size}`;
}

function directionWords({ family, unit }: Metric): readonly [string, string] {
  switch (family) {
    case 'time':
    case 'latency':
    case 'event loop':
      return ['slower', 'faster'];
    case 'memory':
    case 'scheduling':
      return ['more', 'less'];
    case 'concurrency':
    case 'custom':
      return unit === 's' ? ['longer', 'shorter'] : ['higher', 'lower'];
  }
}

/** In the smallest unit in which the rounded number stays below 1,000, else in the largest unit there is. */
function scaled(value: number, scale: Scale): string {
  const fitting = scale.find(([, factor]) => isBelowThousand(value / factor)) ?? scale.at(-1);
  if (fitting === undefined) throw new RangeError('a scale needs a unit');
  const [name, factor] = fitting;
  const number = name === 'B' ? plainNumber(value) : threeDigits(value / factor);
  return `${number} ${name}`;
}

/** Whether a number reads below 1,000 once it is rounded; what is clearly below needs no rounding. */
function isBelowThousand(value: number): boolean {
  return Math.abs(value) < 999 || Math.abs(Number(value.toPrecision(digits))) < 1000;
}

/** Whole numbers below 1,000 as they are: a count of 5 is not 5.00. */
function plainNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1000 ? String(value).replace('-', '−') : threeDigits(value);
}

/** Three significant digits, without an exponent unless the number is tiny. */
function threeDigits(value: number): string {
  const short = value.toPrecision(digits);
  const readable = Math.abs(value) >= 1e-6 && short.includes('e') ? String(Number(short)) : short;
  return readable.replace(/^-/, '−');
}
