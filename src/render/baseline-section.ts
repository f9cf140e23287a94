import { fewestForInterval } from '../model/change.ts';
import { warningText } from '../model/warning.ts';
import type { Report } from '../tables/report.ts';
import { type Block, paragraph, strong, text } from './document.ts';
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
      : 'This run is not stored as one; a run of the default branch that ends by itself makes one.';
    return [paragraph(strong(subject), text(` there is no stored run to compare with, so nothing could be ${cleared}. ${next}`))];
  }
  if (screen.withoutBaseline === 0) return [];
  const subject = `Too few stored runs for ${counted(screen.withoutBaseline, 'cell')}:`;
  const next = `${fewestForInterval} are needed before a cell can be ${cleared}; each run of the default branch that ends by itself adds one.`;
  return [paragraph(strong(subject), text(` ${next}`))];
}

/** Packages that have another version than in the newest stored run. */
export function packageBlocks({ warnings }: Pick<Report, 'warnings'>, notes: NoteBook): readonly Block[] {
  const changed = warnings.filter((warning) => warning.code === 'packages changed');
  if (changed.length === 0) return [];
  const words = changed.map(({ runtime, changes }) => `on ${runtime} ${changes}`).join('; ');
  const marks = changed.map((warning) => notes.mark(warningText(warning)));
  return [paragraph(strong('Packages changed:'), text(` ${words}.`), ...marks)];
}
