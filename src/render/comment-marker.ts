/** What a comment of ours says of itself, unseen, on its first line. */
export interface CommentMarker {
  /** The option `name`: there is one comment for each. */
  readonly name: string;
  /** The run of the workflow that was reported, and which attempt at it; whole, at least 1. */
  readonly runId: number;
  readonly attempt: number;
  /** The commit that was reported, in hex digits. */
  readonly commit: string;
}

const pattern =
  /^<!-- concurrency-regressions name=([\w.%]*) run=(\d{1,15}) attempt=(\d{1,15}) commit=([0-9a-f]{40}|[0-9a-f]{64}) -->(?:\r?\n|$)/;

/**
 * The marker as an HTML comment. Nothing in the name can end it: all but letters, digits, dots and underscores is
 * written as its code unit.
 *
 * @throws RangeError for a run, an attempt or a commit that could not be read back
 */
export function markerLine({ name, runId, attempt, commit }: CommentMarker): string {
  const line = `<!-- concurrency-regressions name=${encoded(name)} run=${runId} attempt=${attempt} commit=${commit} -->`;
  if (!pattern.test(line)) throw new RangeError(`run ${runId}, attempt ${attempt} and commit “${commit}” make no marker of a comment`);
  return line;
}

/** The marker at the very beginning of a comment's body; null where there is none, or one that we did not write like this. */
export function readMarker(body: string): CommentMarker | null {
  const [, name, runId, attempt, commit] = pattern.exec(body) ?? [];
  if (name === undefined || commit === undefined || !isEncoded(name)) return null;
  return { name: decoded(name), runId: Number(runId), attempt: Number(attempt), commit };
}

/** Whether the one report is of a later run than the other, or of a later attempt at the same run. */
export function isLater(one: CommentMarker, other: CommentMarker): boolean {
  return one.runId === other.runId ? one.attempt > other.attempt : one.runId > other.runId;
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
