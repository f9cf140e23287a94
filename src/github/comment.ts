import type { Publication, Published } from '../model/publication.ts';
import type { ApiRepository } from './client.ts';
import { type AnsweredComment, answeredComment, type OwnComment, readOwnComments } from './comment-list.ts';
import { isFailedRequest, isUnanswered, rateLimitOf } from './failed-request.ts';
import { jobPatience, type Patience } from './request-retry.ts';
import { attempt, unavailable } from './unavailable.ts';

/** The comment that is to stand on a pull request, once. */
export interface CommentRequest {
  /** Number of the pull request. */
  readonly pullRequest: number;
  /** Whether a body says that it is this comment, of any run. */
  readonly marked: (body: string) => boolean;
  /** Whether such a body is of a later run. */
  readonly isNewer: (body: string) => boolean;
  /**
   * The body, at most 65,536 characters; null when the comment is not wanted.
   *
   * @param previous bodies that it replaces, the oldest comment first; @param at the moment by GitHub's clock, ISO 8601
   */
  readonly bodyFor: (previous: readonly string[], at: string) => string | null;
}

/** What has happened so far. */
interface Course {
  readonly repository: ApiRepository;
  readonly request: CommentRequest;
  readonly patience: Pick<Patience, 'sleep' | 'random'>;
  /** What this run has created; GitHub's list may not show it yet. */
  created: AnsweredComment | null;
  /** How often GitHub did not say whether it created one. */
  unanswered: number;
  readonly notes: string[];
}

/** How often the comments are looked at again: after a write without an answer, or one that another run undid. */
const mostPasses = 6;

/** How often a comment may be created without an answer. */
const mostUnanswered = 3;

/**
 * Creates or updates the one comment of a `name`. What a later run wrote stays as it is. Of several of ours, as two runs
 * at the same time make them, the oldest is kept and the others are removed. A comment that somebody deletes meanwhile is
 * created again. API faults come back as values.
 */
export async function publishComment(
  repository: ApiRepository,
  request: CommentRequest,
  patience: Pick<Patience, 'sleep' | 'random'> = jobPatience,
): Promise<Publication> {
  const course: Course = { repository, request, patience, created: null, unanswered: 0, notes: [] };
  const asked = { wanted: `write the comment on #${request.pullRequest}`, permission: 'pull-requests: write' } as const;
  try {
    for (let pass = 1; pass <= mostPasses; pass += 1) {
      const outcome = await settle(course);
      if (outcome !== null) return outcome;
    }
  } catch (error) {
    return course.created === null ? unavailable(error, asked, repository) : unverified(course, course.created, error);
  }
  return { kind: 'unavailable', reason: `The comment on #${request.pullRequest} was deleted as often as it was written.`, missing: null };
}

/** Brings the comments from whatever they are to one; null when they must be looked at again. */
async function settle(course: Course): Promise<Publication | null> {
  const { request, created } = course;
  const { own, at } = await ownOf(course);
  const newer = own.find(({ body }) => request.isNewer(body));
  if (newer !== undefined) return leaveTo(course, newer, own);
  const body = request.bodyFor(
    own.map((comment) => comment.body),
    at,
  );
  if (body === null) return { kind: 'off', reason: 'The report has nothing that the option "comment" asks for.' };
  const [keep, ...others] = own;
  if (keep === undefined) return create(course, body);
  const isCreated = keep.id === created?.id || (course.unanswered > 0 && keep.body === body);
  const stands = isCreated || keep.body === body || (await update(course, keep, body));
  if (!stands) return null;
  await remove(course, others);
  return published(course, isCreated ? 'posted' : keep.body === body ? 'unchanged' : 'updated', keep);
}

/** Ours as GitHub lists them, and what we created although it lists it not yet. */
async function ownOf({ repository, request, created }: Course): Promise<{ readonly own: readonly OwnComment[]; readonly at: string }> {
  const { comments, at } = await readOwnComments(repository, request.pullRequest, request.marked, created?.login);
  const isListed = created === null || comments.some(({ id }) => id === created.id);
  return { own: isListed ? comments : [...comments, created], at };
}

/** Creates it and has the comments looked at again, whether or not GitHub answered: another run may have done the same. */
async function create(course: Course, body: string): Promise<null> {
  const { client, owner, repo, signal } = course.repository;
  try {
    const place = { owner, repo, issue_number: course.request.pullRequest };
    const { data } = await client().rest.issues.createComment({ ...place, body, request: { signal } });
    course.created = answeredComment(data);
  } catch (error) {
    course.unanswered += 1;
    const isOpen = isFailedRequest(error) && rateLimitOf(error) === null && isUnanswered(error);
    if (!isOpen || signal.aborted || course.unanswered === mostUnanswered) throw error;
    await course.patience.sleep(2 ** course.unanswered * (0.5 + course.patience.random() / 2), signal);
  }
  return null;
}

/** Whether it was there to be updated. */
async function update(course: Course, { id }: OwnComment, body: string): Promise<boolean> {
  const { client, owner, repo, signal } = course.repository;
  try {
    await client().rest.issues.updateComment({ owner, repo, comment_id: id, body, request: { signal, repeatable: true } });
    return true;
  } catch (error) {
    if (!isGone(error)) throw error;
    if (course.created?.id === id) course.created = null;
    return false;
  }
}

/** What cannot be removed costs a note: the next run tries again. */
async function remove(course: Course, comments: readonly OwnComment[]): Promise<void> {
  const { client, owner, repo, signal } = course.repository;
  const asked = { wanted: 'delete a second comment', permission: 'pull-requests: write' } as const;
  for (const { id } of comments) {
    const removal = await attempt(asked, course.repository, async () => {
      try {
        await client().rest.issues.deleteComment({ owner, repo, comment_id: id, request: { signal, repeatable: true } });
      } catch (error) {
        if (!isGone(error)) throw error;
      }
      return {};
    });
    if ('reason' in removal) course.notes.push(removal.reason);
  }
}

/** Ours must not stand beside it; but where ours is the oldest, it is what the later run is about to keep. */
async function leaveTo(course: Course, newer: OwnComment, own: readonly OwnComment[]): Promise<Published> {
  const [, ...others] = own;
  await remove(
    course,
    others.filter(({ id }) => id === course.created?.id),
  );
  return published(course, 'left to newer', newer);
}

/** It was written, and nobody can say whether another run did the same. */
function unverified(course: Course, comment: AnsweredComment, error: unknown): Published {
  const asked = { wanted: 'list the comments again', permission: 'pull-requests: write' } as const;
  course.notes.push(unavailable(error, asked, course.repository).reason);
  return published(course, 'posted', comment);
}

function published({ notes }: Course, kind: Published['kind'], { id, url }: OwnComment): Published {
  return { kind, id, url, notes };
}

function isGone(error: unknown): boolean {
  return isFailedRequest(error) && error.response !== undefined && (error.status === 404 || error.status === 410);
}
