import type { Results } from '../model/results.ts';
import { UserError } from '../model/user-error.ts';
import { writeAtomically } from './atomic-file.ts';
import { readBounded } from './bounded-file.ts';
import { decodeResults, encodeResults } from './codec.ts';

/** Bytes of the largest results file that is read: that of some thousand cells. A larger one is refused before it is parsed. */
export const largestResultsFile = 128 * 2 ** 20;

/** Writes a results document atomically. */
export async function writeResultsFile(path: string, results: Results): Promise<void> {
  await writeAtomically(path, `${encodeResults(results)}\n`);
}

/** Reads a results document; a file that is missing, damaged, too large or of a newer version is a `UserError` that names it. */
export async function readResultsFile(path: string): Promise<Results> {
  return resultsFrom(path, (await readResultsBytes(path)).toString('utf8'));
}

/** The results in the text of a file; the `UserError` for one that holds none names its path. */
export function resultsFrom(path: string, source: string): Results {
  const decoded = decodeResults(source);
  if (decoded.ok) return decoded.results;
  throw new UserError(`${path} cannot be read. ${decoded.reason}`, 'Name a results file that this program wrote; nothing was changed.');
}

/** What a results file holds, before anything is checked but its size. Throws `UserError` for one that cannot be opened. */
export async function readResultsBytes(path: string): Promise<Buffer> {
  const bytes = await readBounded(path, largestResultsFile).catch((error: unknown) => {
    throw new UserError(`${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`, checkPath);
  });
  if (bytes === null) throw new UserError(`${path} cannot be opened: there is no such file.`, checkPath);
  return bytes;
}

const checkPath = 'Check the path of the results file.';
