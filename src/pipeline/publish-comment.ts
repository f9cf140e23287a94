import type { CommentRequest } from '../github/comment.ts';
import { readRecord, withRecord } from '../github/comment-record.ts';
import { nextRecord } from '../judge/override.ts';
import { isLater, readMarker } from '../render/comment-marker.ts';

/** A report as the comment on a pull request. */
export interface CommentText {
  /** Markdown with the marker on its first line, at most 60,000 characters. */
  readonly body: string;
  /** Whether it is wanted, where there is one already and where there is none. */
  readonly wanted: (exists: boolean) => boolean;
  /** Ids of the cells that got slower, accepted or not: the label accepts these. */
  readonly flagged: readonly string[];
}

/** GitHub takes 65,536 characters. */
const longestBody = 65_000;

/** Room for the sentence about cells that the record has no room for. */
const omissionRoom = 400;

/**
 * The comment as it is to stand there.
 *
 * @param pullRequest its number
 * @throws RangeError for a text without a marker
 */
export function commentRequest(pullRequest: number, { body, wanted, flagged }: CommentText): CommentRequest {
  const marker = readMarker(body);
  if (marker === null) throw new RangeError('the text of a comment begins with its marker');
  const { name, commit } = marker;
  return {
    pullRequest,
    marked: (other) => readMarker(other)?.name === name,
    isNewer: (other) => {
      const theirs = readMarker(other);
      return theirs !== null && theirs.name === name && isLater(theirs, marker);
    },
    bodyFor: (previous, at) => {
      if (!wanted(previous.length > 0)) return null;
      const records = previous.flatMap((each) => readRecord(each) ?? []);
      return recordedBody(body, nextRecord(records, { commit, at, flagged }));
    },
  };
}

function recordedBody(body: string, record: ReturnType<typeof nextRecord>): string {
  const whole = withRecord(body, record, longestBody);
  if (whole.omitted === 0) return whole.body;
  const cut = withRecord(body, record, longestBody - omissionRoom);
  return `${cut.body}\n\nThere was no room to record ${cut.omitted} of the slower cells here: the label does not accept those.\n`;
}
