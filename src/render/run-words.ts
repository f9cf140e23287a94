import { machineWarningCodes } from '../model/machine-warning.ts';
import { type Warning, warningText } from '../model/warning.ts';
import type { MeasuredRun } from '../tables/measured-run.ts';
import type { ReportCounts } from '../tables/report-counts.ts';
import { type Block, type Inline, paragraph, strong, text } from './document.ts';
import { counted, listed } from './names.ts';
import type { NoteBook } from './notes.ts';

/** What was measured on what, in one sentence. */
export function measuredSentence({ counts, columns }: Pick<MeasuredRun, 'counts' | 'columns'>): string {
  const { measured, workloads, fewestProcesses, mostProcesses } = counts;
  if (measured === 0) return 'No cell was measured.';
  const processes =
    fewestProcesses === mostProcesses ? counted(mostProcesses, 'process', 'processes') : `${fewestProcesses} to ${mostProcesses} processes`;
  const pythons = columns.length === 0 ? 'no Python' : `Python ${listed(columns.map(({ label }) => label))}`;
  return `${counted(measured, 'cell')} of ${counted(workloads, 'workload')} measured on ${pythons}, ${processes} each.`;
}

/** "14 of 110 cells were not measured." of a run that ended before them. */
export function notReachedSentence({ planned, notReached }: Pick<ReportCounts, 'planned' | 'notReached'>): string {
  return `${notReached} of ${counted(planned, 'cell')} ${notReached === 1 ? 'was' : 'were'} not measured.`;
}

/** Marks of the warnings of these codes. */
export function warningMarks(
  { warnings }: Pick<MeasuredRun, 'warnings'>,
  notes: NoteBook,
  codes: readonly Warning['code'][],
): readonly Inline[] {
  return warnings.filter(({ code }) => codes.includes(code)).map((warning) => notes.mark(warningText(warning)));
}

/** Warnings about the run itself; the others are about its comparison. */
export const runWarningCodes: readonly Warning['code'][] = [
  ...(['fewer rounds', 'interrupted', 'resumed', 'pairs not used', 'two runs', 'few processes'] as const),
  ...machineWarningCodes,
];

/** Requested runtimes that could not be had, each with the reason. */
export function unavailableBlocks({ unavailable }: Pick<MeasuredRun, 'unavailable'>): readonly Block[] {
  return unavailable.map(({ requested, reason }) => paragraph(strong(`Not available: ${requested}.`), text(` ${reason}`)));
}
