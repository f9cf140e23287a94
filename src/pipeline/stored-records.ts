import { parseBaselineFile } from '../baseline/baseline-file.ts';
import type { BaselineFiles } from '../baseline/baseline-files.ts';
import { runFileNames } from '../baseline/baseline-store.ts';
import { readEach } from '../baseline/read-each.ts';
import { runLinesOf } from '../baseline/stored-runs.ts';
import type { BaselineFault } from '../baseline/verify.ts';
import type { Run } from '../model/run.ts';

/** Everything that can be read of a baseline. */
export interface StoredRecords {
  /** The runs of each file, oldest first: of one kind of machine and one runtime. */
  readonly files: readonly (readonly Run[])[];
  /** What cannot be read. */
  readonly faults: readonly BaselineFault[];
}

/** Reads all runs of a baseline, whatever machine they are of. */
export async function readRecords(files: BaselineFiles): Promise<StoredRecords> {
  const { texts, faults } = await readEach(files, await runFileNames(files));
  const parsed = [...texts].map(([file, text]) => ({ file, lines: parseBaselineFile(text) }));
  const damaged = parsed.flatMap(({ file, lines }) =>
    lines.flatMap((line) => (line.status === 'damaged' ? [{ file, line: line.number, reason: line.reason }] : [])),
  );
  const unreadable = faults.map(({ name, reason }) => ({ file: name, line: null, reason }));
  return { files: parsed.map(({ lines }) => runLinesOf(lines).map(({ run }) => run)), faults: [...unreadable, ...damaged] };
}
