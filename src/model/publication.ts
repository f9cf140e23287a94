/** A permission of a job's token, as `permissions:` in a workflow spells it. */
export type Permission = `${'actions' | 'checks' | 'contents' | 'pull-requests'}: ${'read' | 'write'}`;

/** Something that GitHub did not do for us. Never a verdict: the report and the gate stand without it. */
export interface Unavailable {
  readonly kind: 'unavailable';
  /** What was wanted and what GitHub said, one sentence. */
  readonly reason: string;
  /** The permission that the token lacks; null where it was something else. */
  readonly missing: Permission | null;
}

/** Something of ours that stands on GitHub. */
export interface Published {
  /** `left to newer`: a later run has written it, `left to another job`: another job of the same run has; it was not touched. */
  readonly kind: 'posted' | 'updated' | 'unchanged' | 'left to newer' | 'left to another job';
  readonly id: number;
  /** Its page. */
  readonly url: string;
  /** What is missing in it or could not be cleaned up, a sentence each. */
  readonly notes: readonly string[];
}

/** What became of a comment or a check run. `off`: it was not wanted, and `reason` says why, one sentence. */
export type Publication = Published | { readonly kind: 'off'; readonly reason: string } | Unavailable;
