import { readFile } from 'node:fs/promises';
import type { Results } from '../model/results.ts';
import { UserError } from '../model/user-error.ts';
import { writeAtomically } from './atomic-file.ts';
import { decodeResults, encodeResults } from './codec.ts';

/** Writes a results document atomically. */
export async function writeResultsFile(path: string, results: Results): Promise<void> {
  await writeAtomically(path, `${encodeResults(results)}\n`);
}

/** Reads a results document; a file that is missing, damaged or of a newer version is a `UserError` that names it. */
export async function readResultsFile(path: string): Promise<Results> {
  const source = await readText(path);
  const decoded = decodeResults(source);
  if (decoded.ok) return decoded.results;
  throw new UserError(`${path} cannot be read. ${decoded.reason}`, 'Name a results file that this program wrote; nothing was changed.');
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`${path} cannot be opened: ${why}.`, 'Check the path of the results file.');
  }
}
