import type { Report } from '../tables/report.ts';
import { environmentFold, leftOutBlocks } from './background-section.ts';
import { brokenBlocks } from './broken-section.ts';
import { cellBlocks } from './cell-section.ts';
import { changeBlocks } from './change-table.ts';
import { adviceBlocks, claimBlocks } from './claim-section.ts';
import type { Document } from './document.ts';
import { findingBlocks } from './finding-section.ts';
import { headlineBlocks } from './headline.ts';
import { measurementFold } from './measurement-section.ts';
import { nextStepBlocks } from './next-steps.ts';
import { noteBook } from './notes.ts';
import { openBlocks } from './open-section.ts';
import { scalingBlocks } from './scaling-section.ts';
import { shiftBlocks } from './shifts.ts';
import { markdownWithin } from './size-limit.ts';
import { storedRunBlocks } from './stored-runs.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';
import { trendBlocks } from './trend-section.ts';
import { uncomparedFold } from './uncompared-section.ts';
import { useCaseBlocks } from './use-case-section.ts';

/** How a report becomes Markdown. */
export interface MarkdownLayout {
  /** The most bytes of UTF-8; left out: as long as it gets. */
  readonly limit?: number;
}

/** Documents by their report: a run shows the same one in a file, a job summary and a log. */
const known = new WeakMap<Report, Document>();

/** The whole report in the order in which it is read: the answer, what to do, what rests on it, the refreshed tables, then what is folded. */
export function reportDocument(report: Report): Document {
  const document = known.get(report) ?? documentOf(report);
  known.set(report, document);
  return document;
}

function documentOf(report: Report): Document {
  const notes = noteBook();
  return [
    ...headlineBlocks(report, notes),
    ...nextStepBlocks(report),
    ...changeBlocks(report, notes),
    ...openBlocks(report),
    ...brokenBlocks(report),
    ...findingBlocks(report, notes),
    ...claimBlocks('Overview', report.overview, notes),
    ...claimBlocks('Scheduling & memory', report.schedulingAndMemory, notes),
    ...useCaseBlocks(report.useCases, notes),
    ...scalingBlocks(report.scaling, notes),
    ...adviceBlocks(report.advice, notes),
    ...cellBlocks(report.cells, report.verdicts, notes),
    ...uncomparedFold(report),
    ...leftOutBlocks(report.leftOut),
    ...trendBlocks(report),
    ...storedRunBlocks(report),
    ...shiftBlocks(report),
    measurementFold(report),
    environmentFold(report),
    ...notes.blocks(),
  ];
}

/** The report as GitHub Flavored Markdown for a job summary or a file, within the limit. */
export function renderReportMarkdown(report: Report, { limit = Number.POSITIVE_INFINITY }: MarkdownLayout): string {
  return markdownWithin(reportDocument(report), limit);
}

/** The report as text for a terminal: everything but what is folded. */
export function renderReportTerminal(report: Report, layout: TerminalLayout): string {
  return terminalOf(reportDocument(report), layout);
}
