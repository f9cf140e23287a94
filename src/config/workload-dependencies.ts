import { readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { UserError } from '../model/user-error.ts';

/** The block of inline script metadata, by the reference expression of PEP 723. */
const block = /^# \/\/\/ script$\s(?<content>(?:^#(?:| .*)$\s)+)^# \/\/\/$/m;

const metadata = z.object({ dependencies: z.array(z.string()).default([]) });

/**
 * The packages that workload files ask for in their inline script metadata (PEP 723), without repeats, in order.
 *
 * @throws UserError for a file that cannot be read, or whose metadata is not TOML with a list of texts
 */
export async function workloadDependencies(files: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(files.map(async (file) => dependenciesIn(file, await readSource(file))));
  return [...new Set(lists.flat())];
}

async function readSource(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(`The workload ${file} cannot be read: ${reasonOf(error)}.`, 'Check its permissions.');
  });
}

/** The `dependencies` of one source; empty when it has no metadata. */
export function dependenciesIn(file: string, source: string): readonly string[] {
  const content = block.exec(source)?.groups?.['content'];
  if (content === undefined) return [];
  try {
    return metadata.parse(parse(content.replaceAll(/^# ?/gm, ''))).dependencies;
  } catch (error) {
    throw new UserError(
      `The script metadata of ${file} is not valid: ${reasonOf(error)}.`,
      'Write # dependencies = ["name>=1.2"] as PEP 723 has it.',
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
