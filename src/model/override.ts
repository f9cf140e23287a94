/** Cells that one report listed as slower and no report on the same commit had listed before. */
export interface ListedCells {
  /** When they were listed, ISO 8601, UTC, by GitHub's clock. */
  readonly at: string;
  /** Cell ids, at least one. */
  readonly cells: readonly string[];
  /** Whether the latest report was the first with them: they are seen from when the comment is written, some time after `at`. */
  readonly fresh: boolean;
}

/** What the comment on a pull request has told its readers about one commit. */
export interface OverrideRecord {
  /** Head of the pull request, 40 hex digits. */
  readonly commit: string;
  /** When it was first reported on, ISO 8601, UTC, by GitHub's clock. */
  readonly reportedAt: string;
  /** Oldest first; every cell once. */
  readonly listed: readonly ListedCells[];
}

/** A label that was put on or taken off. */
export interface LabelEvent {
  readonly action: 'labeled' | 'unlabeled';
  readonly label: string;
  /** Login. */
  readonly by: string;
  /** Whether that is a person and no app. */
  readonly byPerson: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Slower cells that somebody accepted. */
export interface Acceptance {
  readonly label: string;
  /** Login. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Cell ids, at least one. */
  readonly cells: readonly string[];
}
