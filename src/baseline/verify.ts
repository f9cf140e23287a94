import { acceptedFileName, parseAcceptedFile } from './accepted-file.ts';
import { type FileLine, parseBaselineFile } from './baseline-file.ts';
import type { BaselineFiles } from './baseline-files.ts';
import { runFileName, runFileNames } from './baseline-store.ts';
import { readEach } from './read-each.ts';
import { runLinesOf } from './stored-runs.ts';

/** Something of a baseline that is not as it should be. */
export interface BaselineFault {
  readonly file: string;
  /** From 1; null for a fault of the whole file. */
  readonly line: number | null;
  /** One or two sentences. */
  readonly reason: string;
}

/** Everything that is wrong with a baseline, by file and line; empty for a sound one. Changes nothing. */
export async function verify(files: BaselineFiles): Promise<readonly BaselineFault[]> {
  const { texts, faults } = await readEach(files, [...(await runFileNames(files)), acceptedFileName]);
  const unreadable = faults.map(({ name, reason }) => ({ file: name, line: null, reason }));
  const found = [...texts].flatMap(([name, text]) => (name === acceptedFileName ? acceptedFaults(text) : runFaults(name, text)));
  return [...unreadable, ...found];
}

function acceptedFaults(text: string): readonly BaselineFault[] {
  return parseAcceptedFile(text).flatMap((line) =>
    line.status === 'damaged' ? [{ file: acceptedFileName, line: line.number, reason: line.reason }] : [],
  );
}

function runFaults(file: string, text: string): readonly BaselineFault[] {
  const lines = parseBaselineFile(text);
  const counting = new Set<FileLine>(runLinesOf(lines));
  return lines.flatMap((line) => {
    const reason = faultOf(file, line, counting);
    return reason === null ? [] : [{ file, line: line.number, reason }];
  });
}

function faultOf(file: string, line: FileLine, counting: ReadonlySet<FileLine>): string | null {
  if (line.status === 'damaged') return line.reason;
  if (line.status === 'shared') return null;
  const { run } = line;
  const home = runFileName(run);
  if (home !== file) return `The run ${run.runId} belongs into ${home ?? 'another file'}, so nothing is compared with it.`;
  return counting.has(line) ? null : `The run ${run.runId} is in the file already, and the first of the two counts.`;
}
