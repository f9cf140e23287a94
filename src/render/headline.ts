import { type Warning, warningText } from '../model/warning.ts';
import type { Report } from '../tables/report.ts';
import { directionCounts } from './direction-counts.ts';
import { type Block, heading, type Inline, paragraph, strong, text } from './document.ts';
import { aboutText, counted, listed } from './names.ts';
import type { NoteBook } from './notes.ts';

/** Warnings about the run itself; the others are about its comparison. */
const runWarnings: readonly Warning['code'][] = ['fewer rounds', 'interrupted', 'few processes'];

/** The conclusion, what was measured, and how it compares, in this order. */
export function headlineBlocks(report: Report, notes: NoteBook): readonly Block[] {
  return [
    heading(1, 'Concurrency report'),
    paragraph(
      strong(conclusion(report)),
      text(` ${measuredSentence(report)} ${comparedSentence(report)}`),
      ...warningMarks(report, notes, true),
    ),
    ...report.unavailable.map(({ requested, reason }) => paragraph(strong(`Not available: ${requested}.`), text(` ${reason}`))),
  ];
}

/** The marks of the warnings about the run itself, or of those about its comparison. */
export function warningMarks({ warnings }: Pick<Report, 'warnings'>, notes: NoteBook, aboutRun: boolean): readonly Inline[] {
  return warnings.filter(({ code }) => runWarnings.includes(code) === aboutRun).map((warning) => notes.mark(warningText(warning)));
}

function conclusion({ partial, counts }: Report): string {
  const broken = counts.broken === 0 ? [] : [`${counted(counts.broken, 'cell')} ${counts.broken === 1 ? 'is' : 'are'} broken`];
  const refused = counts.refused === 0 ? [] : [`${counted(counts.refused, 'workload')} ${counts.refused === 1 ? 'was' : 'were'} refused`];
  const faults = [...broken, ...refused];
  const state = faults.length === 0 ? 'Nothing is broken.' : `${listed(faults)}.`;
  return partial ? `Interrupted: this is what was measured until then. ${state}` : state;
}

function measuredSentence({ counts, columns }: Report): string {
  const { measured, workloads, fewestProcesses, mostProcesses } = counts;
  if (measured === 0) return 'No cell was measured.';
  const processes =
    fewestProcesses === mostProcesses ? counted(mostProcesses, 'process', 'processes') : `${fewestProcesses} to ${mostProcesses} processes`;
  const pythons = columns.length === 0 ? 'no Python' : `Python ${listed(columns.map(({ label }) => label))}`;
  return `${counted(measured, 'cell')} of ${counted(workloads, 'workload')} measured on ${pythons}, ${processes} each.`;
}

function comparedSentence({ counts: { compared, flips }, changes }: Report): string {
  if (compared === 0) return 'Nothing could be compared with a baseline.';
  const places = flips === 0 ? '' : ` ${counted(flips, 'ranking')} of models reversed.`;
  if (changes.changed.length === 0) return `${counted(compared, 'cell')} compared with the baseline: no clear difference.${places}`;
  const chance = `${aboutText(changes.byChance)} would differ by chance`;
  return `${directionCounts(changes.changed, 'cell')} than the baseline; ${chance}; none is confirmed.${places}`;
}
