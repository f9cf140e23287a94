import { type ListedFigure, listFigures } from '../tables/figure-list.ts';
import type { Report } from '../tables/report.ts';
import type { Exported } from './exported.ts';
import { shortenedTo, singleLine, utf8Bytes } from './plain-text.ts';

/** Bytes of the longest name of a benchmark and of a measure that Bencher takes. */
const longest = { benchmark: 1024, measure: 64 } as const;

interface Metric {
  readonly value: number;
  readonly lower_value: number;
  readonly upper_value: number;
}

/**
 * Bencher Metric Format: a benchmark for each cell, a measure for each metric, in base units. The value is the median over
 * processes, the bounds are the smallest and the largest of them. Verdicts are Bencher's own to make.
 */
export function renderBencher(report: Report): Exported {
  const { figures, without } = listFigures(report);
  const benchmarks = new Map<string, ReadonlyMap<string, Metric>>();
  const omitted = without.map(({ name, message }) => `${singleLine(name)} has no figure: ${singleLine(message)}`);
  for (const [name, ofCell] of Map.groupBy(figures, (figure) => figure.name)) {
    const benchmark = bounded(name, longest.benchmark);
    if (benchmarks.has(benchmark)) omitted.push(`${singleLine(name)}: ${sameName}`);
    else benchmarks.set(benchmark, measuresOf(ofCell, omitted));
  }
  const document = Object.fromEntries([...benchmarks].map(([name, measures]) => [name, Object.fromEntries(measures)]));
  return { text: `${JSON.stringify(document, null, 2)}\n`, omitted };
}

const sameName = 'another cell has the same name once it is cut, and what cannot be shown is replaced.';

/** The measures of one cell; what would be one twice is told in `omitted`. */
function measuresOf(figures: readonly ListedFigure[], omitted: string[]): ReadonlyMap<string, Metric> {
  const measures = new Map<string, Metric>();
  for (const figure of figures) {
    const measure = measureOf(figure);
    if (measures.has(measure))
      omitted.push(`${singleLine(figure.name)}: two metrics would both be the measure ${measure}, so one is left out.`);
    else measures.set(measure, { value: figure.median, lower_value: figure.smallest, upper_value: figure.largest });
  }
  return measures;
}

/** "wall-per-unit": Bencher makes a measure of a slug that it does not know yet. */
function measureOf({ metric: { id } }: ListedFigure): string {
  return bounded(/^[a-z0-9_]+$/.test(id) ? id.replaceAll('_', '-') : id, longest.measure);
}

function bounded(name: string, most: number): string {
  const line = singleLine(name).trim();
  let short = shortenedTo(line, most);
  while (utf8Bytes(short) > most) short = shortenedTo(short, short.length - 1);
  return short;
}
