import { fewestForInterval } from '../model/change.ts';
import { warningText } from '../model/warning.ts';
import type { Report } from '../tables/report.ts';
import { type Block, type Line, paragraph, strong, text } from './document.ts';
import { counted, listed } from './names.ts';
import type { NoteBook } from './notes.ts';

/** What there is too little of to compare with. Loud: a comparison that did not take place must not look like one that found nothing. */
export function baselineBlocks({ warnings, screen, nullRun, usesBaseline, confirmation }: Report): readonly Block[] {
  if (nullRun || !usesBaseline) return [];
  const absent = warnings.filter((warning) => warning.code === 'no baseline');
  const cleared = confirmation.kind === 'pairs' ? 'cleared without pairs' : 'cleared';
  const [first] = absent;
  if (first !== undefined) {
    const subject = `No baseline for Python ${listed(absent.map(({ runtime }) => runtime))}:`;
    const next = first.stored
      ? 'This run is stored; with three stored runs, cells can be cleared.'
      : 'This run is not stored: only complete runs of the default branch are.';
    return [paragraph(strong(subject), text(` there is no stored run to compare with, so nothing could be ${cleared}. ${next}`))];
  }
  if (screen.withoutBaseline === 0) return [];
  const subject = `Too few stored runs for ${counted(screen.withoutBaseline, 'cell')}:`;
  const next = `${fewestForInterval} are needed before a cell can be ${cleared}; each complete run of the default branch adds one.`;
  return [paragraph(strong(subject), text(` ${next}`))];
}

/** That a missing baseline comes by itself; nothing where there is one, or this run is stored as the first of it. */
export function baselineSteps({ warnings, nullRun, usesBaseline, confirmation }: Report): readonly Line[] {
  const absent = warnings.some((warning) => warning.code === 'no baseline' && !warning.stored);
  if (nullRun || !usesBaseline || !absent) return [];
  const then = confirmation.kind === 'pairs' ? 'need no pairs' : 'can be cleared';
  return [
    [
      text(
        `Nothing to do about the missing baseline: each complete run of the default branch is stored, the one after the merge too; from ${fewestForInterval} stored runs on, unchanged cells ${then}.`,
      ),
    ],
  ];
}

/** Packages that have another version than in the newest stored run. */
export function packageBlocks({ warnings }: Pick<Report, 'warnings'>, notes: NoteBook): readonly Block[] {
  const changed = warnings.filter((warning) => warning.code === 'packages changed');
  if (changed.length === 0) return [];
  const words = changed.map(({ runtime, changes }) => `on ${runtime} ${changes}`).join('; ');
  const marks = changed.map((warning) => notes.mark(warningText(warning)));
  return [paragraph(strong('Packages changed:'), text(` ${words}.`), ...marks)];
}
