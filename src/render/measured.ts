import type { MeasuredRun } from '../tables/measured-run.ts';
import { brokenBlocks } from './broken-section.ts';
import { heading, paragraph, strong, text } from './document.ts';
import { counted, listed } from './names.ts';
import { noteBook } from './notes.ts';
import { measuredSentence, runWarningCodes, unavailableBlocks, warningMarks } from './run-words.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** What a run that was only measured came to: what is broken or not available, and what was measured. */
export function renderMeasuredTerminal(run: MeasuredRun, layout: TerminalLayout): string {
  const notes = noteBook();
  const headline = paragraph(
    strong(conclusion(run)),
    text(` ${measuredSentence(run)} Nothing is compared.`),
    ...warningMarks(run, notes, runWarningCodes),
  );
  return terminalOf([heading(1, 'Measured'), headline, ...unavailableBlocks(run), ...brokenBlocks(run), ...notes.blocks()], layout);
}

function conclusion({ partial, broken, counts: { refused } }: MeasuredRun): string {
  const faults = [
    ...(broken.length === 0 ? [] : [`${counted(broken.length, 'cell')} ${broken.length === 1 ? 'is' : 'are'} broken`]),
    ...(refused === 0 ? [] : [`${counted(refused, 'workload')} ${refused === 1 ? 'was' : 'were'} refused`]),
  ];
  const state = faults.length === 0 ? 'Nothing is broken.' : `${listed(faults)}.`;
  return partial ? `Interrupted: this is what was measured until then. ${state}` : state;
}
