import type { CommentRequest, Standing } from '../github/comment.ts';
import type { OwnComment } from '../github/comment-list.ts';
import { readRecord, withRecord } from '../github/comment-record.ts';
import { nextRecord, seenRecord } from '../judge/override.ts';
import type { OverrideRecord } from '../model/override.ts';
import { areOfTwoJobs, type CommentMarker, isLater, readMarker } from '../render/comment-marker.ts';

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
    standing: (comment) => standingOf(comment, marker),
    bodyFor: (previous, at) => {
      if (!wanted(previous.length > 0)) return null;
      const records = previous.flatMap((comment) => recordIn(comment) ?? []);
      return recordedBody(body, nextRecord(records, { commit, at, flagged }));
    },
  };
}

/** What a comment of ours records, as its readers could know it; null where it records nothing. */
export function recordIn({ body, updatedAt }: Pick<OwnComment, 'body' | 'updatedAt'>): OverrideRecord | null {
  const record = readRecord(body);
  return record === null ? null : seenRecord(record, updatedAt);
}

/**
 * A later run is left alone. Of two jobs of one attempt the first is, unless it passed and this one failed: whichever
 * stands, nobody is shown a pass beside a failure.
 */
function standingOf({ body, url }: OwnComment, ours: CommentMarker): Standing {
  const theirs = readMarker(body);
  if (theirs === null || theirs.name !== ours.name) return overwritten;
  if (isLater(theirs, ours)) return { leftTo: 'newer', note: newerNote(theirs, url) };
  if (!areOfTwoJobs(theirs, ours)) return overwritten;
  const isWorse = ours.job?.failed === true && theirs.job?.failed === false;
  return { leftTo: isWorse ? null : 'another job', note: twoJobsNote(ours, isWorse) };
}

const overwritten: Standing = { leftTo: null, note: null };

/** Whoever can have a comment begin like ours can have us believe this; so it can be looked up. */
function newerNote({ runId, attempt }: CommentMarker, commentUrl: string): string {
  const run = new URL(`../actions/runs/${runId}/attempts/${attempt}`, commentUrl);
  return `The comment is left as it is: it says that it is of a later run, ${run}. If there is none, delete ${commentUrl}.`;
}

function twoJobsNote({ name, runId }: CommentMarker, isWorse: boolean): string {
  const outcome = isWorse ? 'the other one passed, and this one took its place in the comment' : 'the comment is left to the other one';
  return `Two jobs or steps of run ${runId} report as "${name}": ${outcome}. Give each a "name" of its own.`;
}

function recordedBody(body: string, record: OverrideRecord): string {
  const whole = withRecord(body, record, longestBody);
  if (whole.omitted === 0) return whole.body;
  const cut = withRecord(body, record, longestBody - omissionRoom);
  return `${cut.body}\n\nThere was no room to record ${cut.omitted} of the slower cells here: the label does not accept those.\n`;
}
