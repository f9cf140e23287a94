import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Results } from '../model/results.ts';
import { UserError } from '../model/user-error.ts';
import { decodePyperf } from './pyperf-codec.ts';
import { pyperfResults } from './pyperf-results.ts';
import { largestResultsFile, readResultsBytes, resultsFrom } from './results-file.ts';

const unpack = promisify(gunzip);

/**
 * Reads one side of a comparison: results of this program, or a file of pyperf, packed by gzip or not. Which of them it is
 * tells its content, never its name.
 *
 * @throws UserError that names the file, for whatever is neither
 */
export async function readComparedFile(path: string): Promise<Results> {
  const source = await textOf(path, await readResultsBytes(path));
  const decoded = decodePyperf(source);
  if (decoded === null) return resultsFrom(path, source);
  if (!decoded.ok) throw unreadable(path, decoded.reason);
  const { mtime } = await stat(path);
  const read = pyperfResults(decoded.suite, { file: basename(path), written: mtime.toISOString() });
  if (read.ok) return read.results;
  throw unreadable(path, read.reason);
}

async function textOf(path: string, bytes: Buffer): Promise<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isPacked) return bytes.toString('utf8');
  try {
    return (await unpack(bytes, { maxOutputLength: largestResultsFile })).toString('utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : 'It is damaged gzip data.';
    throw unreadable(path, why);
  }
}

const tooLarge = `Unpacked it has more than the ${largestResultsFile} bytes that are read.`;

function unreadable(path: string, reason: string): UserError {
  return new UserError(
    `${path} cannot be read. ${reason}`,
    'Name a results file of this program or a file that pyperf wrote; nothing was changed.',
  );
}
