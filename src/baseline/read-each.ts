import { type BaselineFiles, type Files, UnreadableFiles } from './baseline-files.ts';

/** A file that could not be read at all. */
export interface FileFault {
  readonly name: string;
  /** What is wrong and what to do: a sentence each. */
  readonly reason: string;
}

/** What could be read, and what could not. */
export interface ReadFiles {
  readonly texts: Files;
  readonly faults: readonly FileFault[];
}

/**
 * Reads files so that one whose content cannot be read costs only itself.
 *
 * @throws UserError of a medium that does not answer, as it is: that is no damage, and says nothing of any file
 */
export async function readEach(files: BaselineFiles, names: readonly string[]): Promise<ReadFiles> {
  if (names.length === 0) return { texts: new Map(), faults: [] };
  try {
    return { texts: await files.read(names), faults: [] };
  } catch (error) {
    if (!(error instanceof UnreadableFiles)) throw error;
    const others = names.filter((name) => !error.files.has(name));
    if (others.length === names.length) throw error;
    const { texts, faults } = await readEach(files, others);
    const found = [...error.files].map(([name, what]) => ({ name, reason: `${what} ${error.remedy}` }));
    return { texts, faults: [...found, ...faults] };
  }
}
