import { readFile, stat } from 'node:fs/promises';
import { YAMLParseError } from 'yaml';
import { UserError } from '../model/user-error.ts';
import type { GivenOptions } from './options.ts';
import { longestYaml, parseYaml } from './yaml-text.ts';

/**
 * Reads the config file: the same keys as the inputs.
 *
 * @param required whether the reader named the file; one that was only looked for may be missing
 * @throws UserError for a file that is missing though named, unreadable, not YAML, or not a mapping
 */
export async function readConfigFile(path: string, required: boolean): Promise<GivenOptions> {
  const source = await readSource(path, required);
  if (source === null) return {};
  const parsed = parsedFile(path, source);
  if (parsed === null || parsed === undefined) return {};
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new UserError(`${path} is not a mapping of options.`, 'Write one "option: value" on each line.');
  }
  refuseForeignKeys(path, parsed);
  return parsed;
}

function refuseForeignKeys(path: string, parsed: object): void {
  if ('config' in parsed) {
    throw new UserError(
      `${path} names another config file, which is not read.`,
      'Take "config" out of it: only the input or the flag can name the file.',
    );
  }
  if ('github-token' in parsed) {
    throw new UserError(
      `${path} holds "github-token", and a token does not belong in a file.`,
      'Take it out, revoke it if it is one, and use the input of that name: it has the token of the job by default.',
    );
  }
}

async function readSource(path: string, required: boolean): Promise<string | null> {
  try {
    return await readBounded(path);
  } catch (error) {
    if (!required && error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`The config file ${path} cannot be opened: ${why}.`, 'Check the option "config".');
  }
}

/** A device has no end, and a file of any size could be named. */
async function readBounded(path: string): Promise<string> {
  const file = await stat(path);
  if (!file.isFile()) throw new Error('it is no regular file');
  // A character of UTF-8 has four bytes at most.
  if (file.size > 4 * longestYaml) throw new Error(`it has ${file.size} bytes, and at most ${4 * longestYaml} are read`);
  return readFile(path, 'utf8');
}

function parsedFile(path: string, source: string): unknown {
  try {
    return parseYaml(source);
  } catch (error) {
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) : 1;
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UserError(
      `${path} line ${line} is not valid YAML: ${why}`,
      'Correct that line; nothing was measured and nothing was written.',
    );
  }
}
