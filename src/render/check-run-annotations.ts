import type { Cell } from '../model/cell.ts';
import type { BrokenRow } from '../tables/broken.ts';
import type { RefusedGroup } from '../tables/refused.ts';
import type { Report } from '../tables/report.ts';
import type { ChangedCell } from '../tables/verdicts.ts';
import { causeWords } from './cause.ts';
import { ratioWords } from './evidence.ts';
import { cellWords, counted, labelOf } from './names.ts';
import { shortened, shortenedTo, singleLine } from './plain-text.ts';

/** What GitHub takes of an annotation's title, in UTF-16 code units. */
const longestTitle = 255;

/** GitHub takes 64 KiB of a message; nobody reads that. */
const longestMessage = 4000;

/** The most cells that one annotation tells of, and the longest text of each. */
const namedCells = 20;
const longestCell = 300;

/** What is said at a file of the repository. */
export interface Annotation {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly line: number;
  readonly level: 'failure' | 'warning' | 'notice';
  /** Plain text on one line. */
  readonly title: string;
  /** Plain text, a line for each cell. */
  readonly message: string;
}

/** What is said of one cell, or of a workload that was refused. */
interface Remark {
  readonly workload: string;
  readonly kind: 'refused' | 'broken' | 'regression' | 'improvement';
  readonly words: string;
}

/**
 * One annotation for each workload that is refused, broken, slower or faster, at its file, the worst first.
 *
 * @param files the file of each workload that is one of the repository's, by workload; of others nothing is said here
 */
export function annotationsOf(report: Report, files: ReadonlyMap<string, string>): readonly Annotation[] {
  const groups = [...Map.groupBy(remarksOf(report), ({ workload }) => workload)];
  return groups.flatMap(([workload, remarks]) => {
    const path = files.get(workload);
    return path === undefined ? [] : [{ ...annotation(path, workload, remarks), level: levelOf(remarks, report) }];
  });
}

function remarksOf(report: Report): readonly Remark[] {
  const { refused, broken, verdicts } = report;
  return [
    ...refused.map(refusedRemark),
    ...broken.map((row) => brokenRemark(row, report)),
    ...verdicts.changed.map((row) => changeRemark(row, report)),
  ];
}

function refusedRemark({ workload, phase, reason, runtimes }: RefusedGroup): Remark {
  return { workload, kind: 'refused', words: `refused on ${runtimes.join(', ')} (${phase}): ${reason}` };
}

function brokenRemark(row: BrokenRow, report: Report): Remark {
  const side = row.where === 'pair' ? ` on ${row.side}` : '';
  return { workload: row.cell.workload, kind: 'broken', words: `${placeOf(row.cell, report)}: ${row.kind}${side}. ${row.message}` };
}

function changeRemark({ cell, metric, verdict, hint }: ChangedCell, report: Report): Remark {
  const change = metric === null ? verdict.verdict : `${metric.label} ${ratioWords(metric, verdict.pairs.ratio)}`;
  const cause = hint === null ? '' : ` ${causeWords(hint)}`;
  return { workload: cell.workload, kind: verdict.verdict, words: `${placeOf(cell, report)}: ${change}.${cause}` };
}

function placeOf(cell: Cell, { columns }: Report): string {
  return `${cellWords(cell)} on ${labelOf(cell, columns)}`;
}

function annotation(path: string, workload: string, remarks: readonly Remark[]): Omit<Annotation, 'level'> {
  const lines = remarks.slice(0, namedCells).map(({ words }) => shortened(singleLine(words), longestCell));
  const rest = remarks.length - lines.length;
  return {
    path,
    line: 1,
    title: shortenedTo(singleLine(`${workload}: ${tally(remarks)}`), longestTitle),
    message: shortenedTo([...lines, ...(rest === 0 ? [] : [`And ${rest} more.`])].join('\n'), longestMessage),
  };
}

/** "1 refused, 2 broken, 3 regressions". */
function tally(remarks: readonly Remark[]): string {
  const count = (kind: Remark['kind']) => remarks.filter((remark) => remark.kind === kind).length;
  const parts: readonly (readonly [number, string])[] = [
    [count('refused'), 'refused'],
    [count('broken'), `${count('broken')} broken`],
    [count('regression'), counted(count('regression'), 'regression')],
    [count('improvement'), counted(count('improvement'), 'improvement')],
  ];
  return parts.flatMap(([some, words]) => (some === 0 ? [] : [words])).join(', ');
}

/** What the gate lets through is no failure where it is told either. */
function levelOf(remarks: readonly Remark[], { gate }: Report): Annotation['level'] {
  if (remarks.every(({ kind }) => kind === 'improvement')) return 'notice';
  return gate.conclusion === 'failure' ? 'failure' : 'warning';
}
