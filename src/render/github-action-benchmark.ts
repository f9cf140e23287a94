import { type ListedFigure, listFigures } from '../tables/figure-list.ts';
import type { Report } from '../tables/report.ts';
import type { Exported } from './exported.ts';
import { counted } from './names.ts';
import { singleLine } from './plain-text.ts';

/** One entry of its lists "customSmallerIsBetter" and "customBiggerIsBetter". */
interface Entry {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range: string;
  readonly extra: string;
}

/**
 * The list that github-action-benchmark reads as `customSmallerIsBetter`: each cell by the metric that it is judged by, the
 * median over processes in base units. It would read a metric of which more is better the wrong way round, so that such
 * cells are left out.
 */
export function renderGithubActionBenchmark(report: Report): Exported {
  const { figures, without } = listFigures(report);
  const entries = new Map<string, Entry>();
  const omitted = without.map(({ name, message }) => `${singleLine(name)} has no figure: ${singleLine(message)}`);
  for (const figure of figures.filter(({ isGate }) => isGate)) {
    const entry = entryOf(figure);
    const reason = whyOmitted(figure, entries.has(entry.name));
    if (reason === null) entries.set(entry.name, entry);
    else omitted.push(`${singleLine(figure.name)}: ${reason}`);
  }
  return { text: `${JSON.stringify([...entries.values()], null, 2)}\n`, omitted };
}

function entryOf({ name, metric, median, smallest, largest, processes }: ListedFigure): Entry {
  return {
    name: `${singleLine(name)} (${singleLine(metric.label)})`,
    unit: metric.unit,
    value: median,
    range: `${smallest} to ${largest}`,
    extra: `median of ${counted(processes, 'process', 'processes')}`,
  };
}

function whyOmitted({ metric }: ListedFigure, isTaken: boolean): string | null {
  if (metric.better === 'higher') return `more ${singleLine(metric.label)} is better, and the format reads less as better.`;
  return isTaken ? 'another cell has the same name once characters that cannot be shown are replaced.' : null;
}
