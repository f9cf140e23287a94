import { resultsSchema } from '../model/results.ts';
import { acceptedFileName, parseAcceptedFile } from './accepted-file.ts';
import { parseBaselineFile } from './baseline-file.ts';
import type { BaselineFiles } from './baseline-files.ts';
import { runFileNames } from './baseline-store.ts';
import { readEach } from './read-each.ts';
import type { BaselineFault } from './verify.ts';

/** A baseline as one document. */
export interface ExportedBaseline {
  /** JSON, one line of a file in each of its lines. */
  readonly text: string;
  /** What could not be read, and is not in it. */
  readonly leftOut: readonly BaselineFault[];
}

/** Puts everything that can be read of a baseline into one JSON document, for `importBaseline`. */
export async function exportBaseline(files: BaselineFiles): Promise<ExportedBaseline> {
  const { texts, faults } = await readEach(files, [...(await runFileNames(files)), acceptedFileName]);
  const lines = [...texts].flatMap(([file, text]) =>
    (file === acceptedFileName ? parseAcceptedFile(text) : parseBaselineFile(text)).map((line) => ({ file, line })),
  );
  const readable = lines.filter(({ line }) => line.status !== 'damaged').map(({ line }) => JSON.stringify(line.text.trim()));
  const damaged = lines.flatMap(({ file, line }) => (line.status === 'damaged' ? [{ file, line: line.number, reason: line.reason }] : []));
  const unreadable = faults.map(({ name, reason }) => ({ file: name, line: null, reason }));
  const text = `{"schema":${resultsSchema},"kind":"baseline","lines":[\n${readable.join(',\n')}\n]}\n`;
  return { text, leftOut: [...unreadable, ...damaged] };
}
