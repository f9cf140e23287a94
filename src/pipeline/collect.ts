// As a namespace: names that an old Node lacks would stop the bundle before it can say that the Node is too old.
import * as files from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { asideEnding, journalEnding } from '../baseline/journal-file.ts';
import { readResultsFile } from '../baseline/results-file.ts';
import type { PartFile } from '../judge/check-parts.ts';
import { figuredRun } from '../judge/figured-run.ts';
import { UserError } from '../model/user-error.ts';
import { readRun, resultsPathFor } from './killed-run.ts';

/** Most results files of one report: more than a workflow has jobs. */
const mostFiles = 1000;

/** What is taken for results. */
export interface Collecting {
  /** Whether the journal of a run that was killed stands for its results. */
  readonly journals: boolean;
}

/**
 * Reads the results files that patterns name, sorted by path; a file that several patterns name is read once. A journal
 * without its results file is what a run left that was killed.
 *
 * @param patterns paths and globs, relative to `folder`
 * @throws UserError for a pattern that matches nothing, too many files, or a file that cannot be read
 */
export async function collectResults(
  patterns: readonly string[],
  folder: string,
  { journals }: Collecting = { journals: true },
): Promise<readonly PartFile[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const paths = await filesOf(pattern, folder, journals);
    if (paths.length === 0) throw new UserError(`No results file matches ${pattern} in ${folder}.`, noneRemedy);
    for (const path of paths) found.add(journals ? resultsPathFor(path) : path);
    if (found.size > mostFiles)
      throw new UserError(`More than ${mostFiles} files match "results".`, 'Name the results of one run only; nothing was written.');
  }
  const sorted = [...found].toSorted();
  const parts: PartFile[] = [];
  const read = journals ? readRun : readResultsFile;
  // One after the other: all their values at once would fill the memory.
  for (const file of sorted) parts.push({ file, results: figuredRun(await read(resolve(folder, file))) });
  return parts;
}

const noneRemedy =
  'If every measuring job failed there is nothing to report: see their logs. Else check "results" and the folder that the artifacts were downloaded to.';

/** A path without any pattern is taken as it is, so that the message of a missing file names it. */
async function filesOf(pattern: string, folder: string, journals: boolean): Promise<readonly string[]> {
  if (!/[*?[{]/.test(pattern)) return [pattern];
  const patterns = [pattern, `${pattern}${journalEnding}`];
  const paths = await Array.fromAsync(isAbsolute(pattern) ? files.glob(patterns) : files.glob(patterns, { cwd: folder }));
  return journals ? paths : paths.filter((path) => !path.endsWith(journalEnding) && !path.endsWith(asideEnding));
}
