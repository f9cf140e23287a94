import type { Report } from '../tables/report.ts';
import { commentBlock } from './comment-layout.ts';
import { type CommentMarker, markerLine } from './comment-marker.ts';
import { answerRungs, noteRungs, tableRungs } from './comment-sections.ts';
import { type Block, code, heading, link, paragraph, text } from './document.ts';
import { noteBook } from './notes.ts';
import { utf8Bytes } from './plain-text.ts';
import { ladderMarkdown, type Rung } from './size-ladder.ts';

/** GitHub refuses a comment of more than 65,536 characters. */
const defaultLimit = 60_000;

/** What a comment says besides the report. */
export interface CommentOptions {
  /** The option `name`: there is one comment for each. */
  readonly name: string;
  /** Most bytes of UTF-8, and so of UTF-16 code units too. */
  readonly limit?: number;
  /** What was measured, as GitHub numbers it. */
  readonly head: Omit<CommentMarker, 'name'>;
  readonly links: CommentLinks;
}

/** Where the reader finds more. */
export interface CommentLinks {
  /** The page of the workflow run, with the job summary. */
  readonly run: string;
}

/**
 * The report as the comment of a pull request: a hidden marker, the answer, what to do, what changed, the refreshed
 * tables, and folded away everything else, as far as there is room.
 *
 * @throws RangeError for a run, attempt or commit that is none, and for a limit without room for the answer
 */
export function renderComment(report: Report, { name, limit = defaultLimit, head, links }: CommentOptions): string {
  const marker = `${markerLine({ name, ...head })}\n`;
  const notes = noteBook();
  const title: Rung = { title: name, blocks: [heading(2, titleOf(name))], worth: Number.POSITIVE_INFINITY, floor: 0 };
  const rungs = [...answerRungs(report, notes), ...tableRungs(report, notes), ...noteRungs(notes)].map(laidOut);
  const shortened = { limit: limit - utf8Bytes(marker), whole: 'the job summary', url: links.run };
  return marker + ladderMarkdown([title, ...rungs], [footer({ head, links })], shortened);
}

/** The title of the comment of a `name`. A name that is the title's own word would only say it twice. */
export function titleOf(name: string): string {
  return name === 'concurrency' ? 'Concurrency report' : `Concurrency report: ${name}`;
}

function laidOut(rung: Rung): Rung {
  return { ...rung, blocks: rung.blocks.map(commentBlock) };
}

function footer({ head: { commit, attempt }, links }: Pick<CommentOptions, 'head' | 'links'>): Block {
  const again = attempt === 1 ? '' : `, attempt ${attempt}`;
  return paragraph(
    text('For commit '),
    code(commit.slice(0, 12)),
    text(`${again}. `),
    link('Job summary and log', links.run),
    text('. The next run updates this comment.'),
  );
}
