/** What a threshold can be set for. Each is matched by a pattern with `*` and `?`. */
export const thresholdSubjects = ['workload', 'model', 'metric', 'runtime'] as const;

/** A threshold for some cells. Shares: 0.1 is 10 %. A pattern left out matches everything, a share left out says nothing. */
export interface ThresholdRule {
  readonly workload?: string;
  readonly model?: string;
  readonly metric?: string;
  readonly runtime?: string;
  /** The slowdown that must not be missed. */
  readonly target?: number;
  /** The smallest change that may be called a regression or an improvement. */
  readonly margin?: number;
}
