/** What a comment of ours says of itself, unseen, on its first line. */
export interface CommentMarker {
  /** The option `name`: there is one comment for each. */
  readonly name: string;
  /** The run of the workflow that was reported, and which attempt at it; whole, at least 1. */
  readonly runId: number;
  readonly attempt: number;
  /** The commit that was reported, in hex digits. */
  readonly commit: string;
  /** Who reported; left out where that is not known. */
  readonly job?: ReportingJob;
}

/** A job that reports, as far as another one must know it. */
export interface ReportingJob {
  /** 12 hex digits: six that all steps of one attempt at the reporting run share, and six of this step alone. */
  readonly token: string;
  /** Whether its report is one that must not be merged on. */
  readonly failed: boolean;
}

/** How much of a job's token is that of the attempt. */
const sharedDigits = 6;

const pattern =
  /^<!-- concurrency-regressions name=([\w.%]*) run=(\d{1,15}) attempt=(\d{1,15}) commit=([0-9a-f]{40}|[0-9a-f]{64})(?: job=([0-9a-f]{12}) gate=(passed|failed))? -->(?:\r?\n|$)/;

/**
 * The marker as an HTML comment. Nothing in the name can end it: all but letters, digits, dots and underscores is
 * written as its code unit.
 *
 * @throws RangeError for a run, an attempt, a commit or a job that could not be read back
 */
export function markerLine({ name, runId, attempt, commit, job }: CommentMarker): string {
  const by = job === undefined ? '' : ` job=${job.token} gate=${job.failed ? 'failed' : 'passed'}`;
  const line = `<!-- concurrency-regressions name=${encoded(name)} run=${runId} attempt=${attempt} commit=${commit}${by} -->`;
  if (!pattern.test(line))
    throw new RangeError(`run ${runId}, attempt ${attempt}, commit “${commit}” and job “${job?.token ?? ''}” make no marker of a comment`);
  return line;
}

/** The marker at the very beginning of a comment's body; null where there is none, or one that we did not write like this. */
export function readMarker(body: string): CommentMarker | null {
  const [, name, runId, attempt, commit, token, gate] = pattern.exec(body) ?? [];
  if (name === undefined || commit === undefined || !isEncoded(name)) return null;
  const job = token === undefined ? {} : { job: { token, failed: gate === 'failed' } };
  return { name: decoded(name), runId: Number(runId), attempt: Number(attempt), commit, ...job };
}

/** Whether the one report is of a later run than the other, or of a later attempt at the same run. */
export function isLater(one: CommentMarker, other: CommentMarker): boolean {
  return one.runId === other.runId ? one.attempt > other.attempt : one.runId > other.runId;
}

/**
 * Whether two reports are of the same run and were made by two jobs, or steps, of one attempt. A run that another one
 * reports on may be reported on again: that is another attempt at the reporting run.
 */
export function areOfTwoJobs(one: CommentMarker, other: CommentMarker): boolean {
  if (one.runId !== other.runId || one.attempt !== other.attempt || one.job === undefined || other.job === undefined) return false;
  const [ours, theirs] = [one.job.token, other.job.token];
  return ours !== theirs && ours.slice(0, sharedDigits) === theirs.slice(0, sharedDigits);
}

function encoded(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_.]/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isEncoded(name: string): boolean {
  return /^(?:[A-Za-z0-9_.]|%[0-9a-f]{4})*$/.test(name);
}

function decoded(name: string): string {
  return name.replaceAll(/%([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)));
}
