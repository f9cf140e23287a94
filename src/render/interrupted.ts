/** A command that was interrupted. */
export interface Interrupted {
  /** "run", "measure", … */
  readonly command: string;
  /** Where what was measured is kept; null where nothing is. */
  readonly resultsPath: string | null;
}

const program = 'concurrency-regressions';

/** What was said at once when a signal came. */
export const stoppingText = 'Stopping: what was measured is kept. Once more ends at once.';

/** What is said when a second signal came. */
export const endedAtOnceText =
  'Ended at once. What run or measure had measured is in the journal beside the results file: the same command goes on with it.';

/** How to go on after an interruption, a line each. */
export function interruptedLines({ command, resultsPath }: Interrupted): readonly string[] {
  if (resultsPath === null) return [`Interrupted. ${program} ${command} keeps nothing in a file: start it again to measure anew.`];
  const file = quoted(resultsPath);
  return [
    `Interrupted. What was measured is in ${resultsPath}`,
    `  report on it:             ${program} report --results ${file}`,
    `  compare it with another:  ${program} compare ${file} OTHER.json`,
    `  measure anew:             ${program} ${command} with the same options; this file is then written over`,
  ];
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
