import type { Report } from '../tables/report.ts';
import { brokenBlocks } from './broken-section.ts';
import { headlineBlocks } from './headline.ts';
import { noteBook } from './notes.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** What a run that was only measured came to: the headline, what is not available, and what is broken. */
export function renderMeasuredTerminal(report: Report, layout: TerminalLayout): string {
  const notes = noteBook();
  return terminalOf([...headlineBlocks(report, notes), ...brokenBlocks(report), ...notes.blocks()], layout);
}
