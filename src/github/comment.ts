import type { Publication, Published } from '../model/publication.ts';
import type { ApiRepository } from './client.ts';
import { type AnsweredComment, answeredComment, type OwnComment, readOwnComments } from './comment-list.ts';
import { isFailedRequest } from './failed-request.ts';
import { grantedWait, jobPatience, type Patience, type RetryCourse } from './request-retry.ts';
import { attempt, unavailable } from './unavailable.ts';

/** The comment that is to stand on a pull request, once. */
export interface CommentRequest {
  /** Number of the pull request. */
  readonly pullRequest: number;
  /** Whether a body says that it is this comment, of any run. */
  readonly marked: (body: string) => boolean;
  /** What such a comment is to this run. */
  readonly standing: (comment: OwnComment) => Standing;
  /**
   * The body, at most 65,536 characters; null when the comment is not wanted.
   *
   * @param previous what it replaces, the oldest first; @param at the moment by GitHub's clock, ISO 8601
   */
  readonly bodyFor: (previous: readonly OwnComment[], at: string) => string | null;
}

/** What a comment that is there is to the run that wants to write. */
export interface Standing {
  /** Whom it is left to; null: it is overwritten. */
  readonly leftTo: 'newer' | 'another job' | null;
  /** What the log is to say of it, one sentence; null for nothing. */
  readonly note: string | null;
}

/** What has happened so far. */
interface Course {
  readonly repository: ApiRepository;
  readonly request: CommentRequest;
  readonly patience: Patience;
  /** Of all writes together. */
  readonly retry: RetryCourse;
  /** What this run has created; GitHub's list may not show it yet. */
  created: AnsweredComment | null;
  /** What this run has written last, whether or not GitHub answered. */
  written: { readonly kind: 'posted' | 'updated'; readonly body: string } | null;
  /** What GitHub said that it wrote last. */
  stored: OwnComment | null;
  readonly notes: Set<string>;
}

/** How often the comments are looked at: before every write, and after it. */
const mostPasses = 12;

/**
 * Creates or updates the one comment of a `name`. What a later run wrote stays as it is. Of several of ours, as two runs
 * at the same time make them, the oldest is kept and the others are removed. A comment that somebody deletes or
 * overwrites meanwhile is written again. API faults come back as values.
 *
 * Nothing is sent twice on the strength of one look: after every write, answered or not, and after every wait the
 * comments are listed again and what is to be done is decided anew.
 */
export async function publishComment(
  repository: ApiRepository,
  request: CommentRequest,
  patience: Pick<Patience, 'sleep' | 'random'> = jobPatience,
): Promise<Publication> {
  const retry = { repeatable: true, signal: repository.signal, failures: 0, waited: 0 };
  const known = { created: null, written: null, stored: null, notes: new Set<string>() };
  const course: Course = { repository, request, patience: { ...jobPatience, ...patience }, retry, ...known };
  const asked = { wanted: `write the comment on #${request.pullRequest}`, permission: 'pull-requests: write' } as const;
  try {
    for (let pass = 1; pass <= mostPasses; pass += 1) {
      const outcome = await settle(course);
      if (outcome !== null) return outcome;
    }
  } catch (error) {
    return course.stored === null ? unavailable(error, asked, repository) : unverified(course, course.stored, error);
  }
  return undone(course);
}

/** Brings the comments from whatever they are nearer to one; null when they must be looked at again. */
async function settle(course: Course): Promise<Publication | null> {
  const { request } = course;
  const { own, at } = await ownOf(course);
  const newer = own.find((comment) => request.standing(comment).leftTo === 'newer');
  if (newer !== undefined) return leave(course, newer, own);
  const body = request.bodyFor(own, at);
  if (body === null) return { kind: 'off', reason: 'The report has nothing that the option "comment" asks for.' };
  const [keep, ...others] = own;
  if (keep === undefined) return create(course, body);
  const { leftTo, note } = request.standing(keep);
  if (leftTo !== null) return leave(course, keep, own);
  if (note !== null) course.notes.add(note);
  const written = keep.body === course.written?.body ? course.written : null;
  if (written === null && keep.body !== body) return update(course, keep, body);
  await remove(course, others);
  return published(course, written?.kind ?? 'unchanged', keep);
}

/** Ours as GitHub lists them, and what we created although it lists it not yet. */
async function ownOf({ repository, request, created }: Course): Promise<{ readonly own: readonly OwnComment[]; readonly at: string }> {
  const { comments, at } = await readOwnComments(repository, request.pullRequest, request.marked, created?.login);
  const isListed = created === null || comments.some(({ id }) => id === created.id);
  return { own: isListed ? comments : [...comments, created], at };
}

/** Creates it, unless GitHub lost the request: the next look tells. */
async function create(course: Course, body: string): Promise<null> {
  const { client, owner, repo, signal } = course.repository;
  const place = { owner, repo, issue_number: course.request.pullRequest };
  course.created = await write(course, { kind: 'posted', body }, () =>
    client().rest.issues.createComment({ ...place, body, request: { signal, once: true } }),
  );
  return null;
}

/** Updates it, unless it is gone by now or GitHub lost the request: the next look tells, and whether another run wrote since. */
async function update(course: Course, { id }: OwnComment, body: string): Promise<null> {
  const { client, owner, repo, signal } = course.repository;
  try {
    await write(course, { kind: 'updated', body }, () =>
      client().rest.issues.updateComment({ owner, repo, comment_id: id, body, request: { signal, once: true } }),
    );
  } catch (error) {
    if (!isGone(error)) throw error;
    if (course.created?.id === id) course.created = null;
  }
  return null;
}

/** Sends once. Null after a wait where GitHub did not answer or had a limit; throws what no wait helps. */
async function write(
  course: Course,
  written: NonNullable<Course['written']>,
  send: () => Promise<{ readonly data: unknown }>,
): Promise<AnsweredComment | null> {
  const { patience, retry, repository } = course;
  course.written = written;
  try {
    const stored = answeredComment((await send()).data);
    course.written = { ...written, body: stored.body };
    course.stored = stored;
    return stored;
  } catch (error) {
    if (isGone(error)) throw error;
    await patience.sleep(grantedWait(error, retry, patience), repository.signal);
    return null;
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
    if ('reason' in removal) course.notes.add(removal.reason);
  }
}

/** Ours must not stand beside it; but where ours is the oldest, it is what the other is about to keep. */
async function leave(course: Course, other: OwnComment, own: readonly OwnComment[]): Promise<Published> {
  const [, ...others] = own;
  await remove(
    course,
    others.filter(({ id }) => id === course.created?.id),
  );
  const { leftTo, note } = course.request.standing(other);
  if (note !== null) course.notes.add(note);
  return published(course, leftTo === 'another job' ? 'left to another job' : 'left to newer', other);
}

/** It was written, and nobody can say whether another run did the same. */
function unverified(course: Course, stored: OwnComment, error: unknown): Published {
  const asked = { wanted: 'list the comments again', permission: 'pull-requests: write' } as const;
  course.notes.add(unavailable(error, asked, course.repository).reason);
  return published(course, course.written?.kind ?? 'posted', stored);
}

function undone(course: Course): Publication {
  const reason = `The comment on #${course.request.pullRequest} was deleted or overwritten as often as it was written.`;
  if (course.stored === null) return { kind: 'unavailable', reason, missing: null };
  course.notes.add(reason);
  return published(course, course.written?.kind ?? 'posted', course.stored);
}

function published({ notes }: Course, kind: Published['kind'], { id, url }: OwnComment): Published {
  return { kind, id, url, notes: [...notes] };
}

function isGone(error: unknown): boolean {
  return isFailedRequest(error) && error.response !== undefined && (error.status === 404 || error.status === 410);
}
