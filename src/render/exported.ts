/** A run in the format of another program. */
export interface Exported {
  /** The whole file, with its last line end. */
  readonly text: string;
  /** What the format has no place for, a sentence each: which cells or figures, and why. Empty when all is in it. */
  readonly omitted: readonly string[];
}
