/** A run of a tree against itself: every flag in it is a false alarm. */
export interface NullRun {
  /** ISO 8601, UTC. */
  readonly created: string;
  /** 40 hex digits, or null outside a checkout. */
  readonly commit: string | null;
  /** Cells with a verdict by pairs. */
  readonly cells: number;
  /** Cells that were called a regression or an improvement. */
  readonly flagged: number;
}
