import { UserError } from '../model/user-error.ts';
import type { BaselineFiles, Files } from './baseline-files.ts';

/** A file that could not be read at all. */
export interface FileFault {
  readonly name: string;
  /** Sentences of whoever tried. */
  readonly reason: string;
}

/** What could be read, and what could not. */
export interface ReadFiles {
  readonly texts: Files;
  readonly faults: readonly FileFault[];
}

/** Reads files so that one that cannot be read costs only itself: all at once, else one by one. */
export async function readEach(files: BaselineFiles, names: readonly string[]): Promise<ReadFiles> {
  const [only, ...others] = names;
  if (only === undefined) return { texts: new Map(), faults: [] };
  const all = await readTogether(files, names);
  if (!('reason' in all)) return { texts: all, faults: [] };
  if (others.length === 0) return { texts: new Map(), faults: [{ name: only, reason: all.reason }] };
  const each: ReadFiles[] = [];
  for (const name of names) each.push(await readEach(files, [name]));
  return { texts: new Map(each.flatMap(({ texts }) => [...texts])), faults: each.flatMap(({ faults }) => faults) };
}

async function readTogether(files: BaselineFiles, names: readonly string[]): Promise<Files | { readonly reason: string }> {
  try {
    return await files.read(names);
  } catch (error) {
    if (error instanceof UserError) return { reason: error.message };
    throw error;
  }
}
