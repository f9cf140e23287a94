import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { NullRun } from '../model/null-run.ts';
import { writeAtomically } from './atomic-file.ts';

const nullRun = z.strictObject({
  created: z.iso.datetime(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable(),
  cells: z.int().nonnegative(),
  flagged: z.int().nonnegative(),
});

/** Null runs that are remembered: a rate of one in a hundred needs some hundred of them. */
const keptNullRuns = 1000;

/**
 * Adds a null run to the ones before, and gives all of them back, oldest first. A line that cannot be read is kept as it
 * is and counts as no run. The file is JSON lines.
 */
export async function recordNullRun(path: string, run: NullRun): Promise<readonly NullRun[]> {
  const source = await readFile(path, 'utf8').catch(() => '');
  const lines = [...source.split('\n').filter((line) => line.trim() !== ''), JSON.stringify(run)].slice(-keptNullRuns);
  await writeAtomically(path, `${lines.join('\n')}\n`);
  return lines.flatMap(readLine);
}

/**
 * The null runs of a record, oldest first; a line that cannot be read counts as none.
 *
 * @throws when there is no such file
 */
export async function readNullRuns(path: string): Promise<readonly NullRun[]> {
  return (await readFile(path, 'utf8')).split('\n').flatMap(readLine);
}

function readLine(line: string): readonly NullRun[] {
  try {
    const read = nullRun.safeParse(JSON.parse(line));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}
