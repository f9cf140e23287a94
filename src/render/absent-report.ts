import { type CommentLinks, type CommentOptions, titleOf } from './comment.ts';
import { markerLine } from './comment-marker.ts';
import { type Block, code, heading, link, paragraph, strong, text } from './document.ts';
import { markdownOf } from './markdown.ts';
import { shortenedTo } from './plain-text.ts';

/** Most of a reason that is shown, in UTF-16 code units: it may hold whatever a command printed. */
const longestReason = 2000;

/** A run that ended without a report. */
export interface AbsentReport extends Pick<CommentOptions, 'name' | 'head'> {
  readonly links: CommentLinks;
  /** Why, plain text. */
  readonly reason: string;
}

/**
 * What stands in the comment of a pull request where there is no report of the newest run: the older report is of a
 * commit that is no longer the one to be merged, or was not confirmed.
 *
 * @throws RangeError for a run, attempt or commit that is none
 */
export function renderAbsentReport({ name, head, links, reason }: AbsentReport): string {
  const blocks: readonly Block[] = [
    heading(2, titleOf(name)),
    paragraph(
      strong('There is no report of this run.'),
      text(' It ended before it could say anything of commit '),
      code(head.commit.slice(0, 12)),
      text(', and that is no pass.'),
    ),
    { kind: 'verbatim', text: shortenedTo(reason, longestReason) },
    paragraph(text('See '), link('the log', links.run), text(', and run the job again: its report comes here.')),
  ];
  return `${markerLine({ name, ...head })}\n${markdownOf(blocks)}`;
}
