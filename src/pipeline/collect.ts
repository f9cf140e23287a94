// As a namespace: names that an old Node lacks would stop the bundle before it can say that the Node is too old.
import * as files from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { readResultsFile } from '../baseline/results-file.ts';
import type { PartFile } from '../judge/check-parts.ts';
import { figuredRun } from '../judge/figured-run.ts';
import { UserError } from '../model/user-error.ts';

/** Most results files of one report: more than a workflow has jobs. */
const mostFiles = 1000;

/**
 * Reads the results files that patterns name, sorted by path; a file that several patterns name is read once.
 *
 * @param patterns paths and globs, relative to `folder`
 * @throws UserError for a pattern that matches nothing, too many files, or a file that cannot be read
 */
export async function collectResults(patterns: readonly string[], folder: string): Promise<readonly PartFile[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const paths = await filesOf(pattern, folder);
    if (paths.length === 0) throw new UserError(`No results file matches ${pattern} in ${folder}.`, noneRemedy);
    for (const path of paths) found.add(path);
    if (found.size > mostFiles)
      throw new UserError(`More than ${mostFiles} files match "results".`, 'Name the results of one run only; nothing was written.');
  }
  const sorted = [...found].toSorted();
  const parts: PartFile[] = [];
  // One after the other: all their values at once would fill the memory.
  for (const file of sorted) parts.push({ file, results: figuredRun(await readResultsFile(resolve(folder, file))) });
  return parts;
}

const noneRemedy =
  'If every measuring job failed there is nothing to report: see their logs. Else check "results" and the folder that the artifacts were downloaded to.';

/** A path without any pattern is taken as it is, so that the message of a missing file names it. */
async function filesOf(pattern: string, folder: string): Promise<readonly string[]> {
  if (!/[*?[{]/.test(pattern)) return [pattern];
  if (isAbsolute(pattern)) return Array.fromAsync(files.glob(pattern));
  return Array.fromAsync(files.glob(pattern, { cwd: folder }));
}
