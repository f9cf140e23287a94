import { z } from 'zod';

const changeSchema = z.object({
  cell: z.string(),
  verdict: z.enum(['regression', 'improvement']),
  change: z.string(),
  interval: z.string(),
  pairs: z.number(),
});

/** One live comparison. */
export const comparisonSchema = z.object({
  line: z.literal('comparison'),
  at: z.string(),
  /** The program's own command, as a user types it. */
  command: z.string(),
  machine: z.string(),
  python: z.string(),
  kind: z.enum(['null', 'planted']),
  /** The change of a null comparison in words, or the function that was slowed. */
  what: z.string(),
  /** Cells that the slowed function is exercised by, with the slowdown that was aimed at, as a share. */
  aimed: z.record(z.string(), z.number()),
  exitCode: z.number(),
  seconds: z.number(),
  load: z.number(),
  conclusion: z.string(),
  changes: z.array(changeSchema),
  pairProcesses: z.number(),
});

/** One live comparison and what came of it. */
export type LiveComparison = z.output<typeof comparisonSchema>;

/** The comparisons in a text of JSON lines; a last line without an end is left out. */
export function parseComparisons(text: string): readonly LiveComparison[] {
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  return lines.map((line) => comparisonSchema.parse(JSON.parse(line)));
}

/** Whether a comparison came out as it should: nothing flagged where nothing changed, else the slowed cells' regression and no other. */
export function isRight({ kind, exitCode, changes, aimed }: LiveComparison): boolean {
  if (kind === 'null') return exitCode === 0 && changes.length === 0;
  const regressions = changes.filter(({ verdict }) => verdict === 'regression').map(({ cell }) => cell);
  return exitCode === 1 && regressions.length > 0 && changes.length === regressions.length && regressions.every((cell) => cell in aimed);
}
