import type { Cell } from '../../model/cell.ts';
import type { Report } from '../../tables/report.ts';
import { environmentFold, leftOutBlocks } from '../background-section.ts';
import { brokenBlocks } from '../broken-section.ts';
import { cellBlocks } from '../cell-section.ts';
import { changeBlocks } from '../change-table.ts';
import { adviceBlocks, claimBlocks } from '../claim-section.ts';
import { type Block, paragraph, text } from '../document.ts';
import { findingBlocks } from '../finding-section.ts';
import { measurementFold } from '../measurement-section.ts';
import { nextStepBlocks } from '../next-steps.ts';
import type { NoteBook } from '../notes.ts';
import { openBlocks } from '../open-section.ts';
import { scalingBlocks } from '../scaling-section.ts';
import { shiftBlocks } from '../shifts.ts';
import { storedRunBlocks } from '../stored-runs.ts';
import { uncomparedFold } from '../uncompared-section.ts';
import { useCaseBlocks } from '../use-case-section.ts';
import { blocksHtml } from './html-blocks.ts';

/** A part of the page with a heading that can be linked to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** The most bytes of one table, list or fold of the page: what a run of 300 cells needs, several times. */
const blockLimit = 250_000;

/** The most rows of the table of every cell: each becomes a few hundred bytes, and pages of more rows are slow to open. */
const mostRows = 1000;

/** What comes before the cells: what to do, what changed, and what else needs a look. */
export function answerSections(report: Report, notes: NoteBook): readonly Section[] {
  const { changed } = report.verdicts;
  return [
    section('next', 'What to do next', nextStepBlocks(report)),
    section(
      'changes',
      'Changes',
      changeBlocks(report, notes),
      changed.map(({ cell }) => cell),
    ),
    section('inconclusive', 'Inconclusive', openBlocks(report)),
    section('broken', 'Broken', brokenBlocks(report)),
    section('beside', 'Seen beside the verdicts', findingBlocks(report, notes)),
  ].flat();
}

/** Every cell as a plain table, for who has no script, who prints, and who searches the page. */
export function cellTableHtml({ cells, verdicts }: Report, notes: NoteBook): string {
  const [gates] = cellBlocks({ ...cells, gates: cells.gates.slice(0, mostRows), others: [] }, verdicts, notes);
  const rest = cells.gates.length - mostRows;
  const more =
    rest > 0
      ? [paragraph(text(`And ${rest} more rows, which are left out to keep this page small; the results file holds everything.`))]
      : [];
  return blocksHtml([...(gates === undefined ? [] : [gates]), ...more], { caption: 'All cells', limit: blockLimit });
}

/** The tables of the write-up with today's figures; what the best option is stands apart. */
export function writeUpSections(report: Report, notes: NoteBook): readonly Section[] {
  return [
    section('overview', 'Overview', claimBlocks('Overview', report.overview, notes)),
    section('scheduling', 'Scheduling & memory', claimBlocks('Scheduling & memory', report.schedulingAndMemory, notes)),
    section('advice', 'Advice of the write-up', adviceBlocks(report.advice, notes)),
  ].flat();
}

/** The best option of every use case. */
export function useCaseHtml({ useCases }: Report, notes: NoteBook): string {
  return htmlOf('Use cases: the best option', useCaseBlocks(useCases, notes));
}

/** What was varied. */
export function scalingHtml({ scaling }: Report, notes: NoteBook): string {
  return htmlOf('Scaling', scalingBlocks(scaling, notes));
}

/** How all of it came about. */
export function backgroundSections(report: Report): readonly Section[] {
  return [
    section('history', 'Stored runs', [...shiftBlocks(report), ...storedRunBlocks(report)]),
    section('background', 'Background', [
      ...uncomparedFold(report),
      ...leftOutBlocks(report.leftOut),
      measurementFold(report),
      environmentFold(report),
    ]),
  ].flat();
}

/** The numbered notes; last, because everything before may refer to one. */
export function noteSections(notes: NoteBook): readonly Section[] {
  const blocks = notes.blocks();
  return section('notes', 'Notes', blocks.length === 0 ? [] : [{ kind: 'fold', summary: 'All notes', blocks }]);
}

function section(id: string, title: string, blocks: readonly Block[], evidenceOf?: readonly Cell[]): readonly Section[] {
  return blocks.length === 0 ? [] : [{ id, title, html: htmlOf(title, blocks, evidenceOf) }];
}

/** Without a heading of its own at the beginning: the section has one. */
function htmlOf(caption: string, blocks: readonly Block[], evidenceOf?: readonly Cell[]): string {
  const [first, ...others] = blocks;
  const body = first?.kind === 'heading' ? others : blocks;
  return blocksHtml(body, { caption, limit: blockLimit, ...(evidenceOf === undefined ? {} : { evidenceOf }) });
}
