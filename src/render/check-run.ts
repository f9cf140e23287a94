import type { Report } from '../tables/report.ts';
import { answerRungs, noteRungs, tableRungs } from './comment-sections.ts';
import { conclusion } from './headline.ts';
import { type NoteBook, noteBook } from './notes.ts';
import { shortenedTo, singleLine } from './plain-text.ts';
import { ladderMarkdown, type Rung } from './size-ladder.ts';

/** What GitHub takes of a check run's title, in UTF-16 code units. */
const longestTitle = 255;

/** GitHub refuses a summary or a text of more than 65,535 characters. */
const longestMarkdown = 60_000;

/** The texts of a check run. */
export interface CheckRunText {
  /** Plain text. */
  readonly title: string;
  /** Markdown: the answer, what to do and what changed. */
  readonly summary: string;
  /** Markdown: the refreshed tables, and what is folded. */
  readonly text: string;
}

/** The report as the texts of a check run, within GitHub's limits. */
export function renderCheckRun(report: Report): CheckRunText {
  return {
    title: shortenedTo(singleLine(conclusion(report)), longestTitle),
    summary: markdownOf((notes) => answerRungs(report, notes)),
    text: markdownOf((notes) => tableRungs(report, notes)),
  };
}

function markdownOf(rungsOf: (notes: NoteBook) => readonly Rung[]): string {
  const notes = noteBook();
  const rungs = rungsOf(notes);
  return ladderMarkdown([...rungs, ...noteRungs(notes)], [], { limit: longestMarkdown, whole: 'the job summary of the run' });
}
