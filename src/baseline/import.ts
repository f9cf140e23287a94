import { UserError } from '../model/user-error.ts';
import { acceptedFileName, acceptedShiftsOf, parseAcceptedFile, withAcceptedShifts } from './accepted-file.ts';
import { parseBaselineFile } from './baseline-file.ts';
import { withRuns } from './baseline-file-text.ts';
import type { BaselineFiles } from './baseline-files.ts';
import { type Condense, changesOf, runFileName } from './baseline-store.ts';
import { exportDocument } from './export-schema.ts';
import { firstIssue, parseObject } from './json-text.ts';
import { newerVersion } from './migrations.ts';
import { readEach } from './read-each.ts';
import { partKey, runLinesOf } from './stored-runs.ts';
import type { BaselineFault } from './verify.ts';

/** Most characters of a document that is imported: more is refused before it is parsed. */
const longestDocument = 256 * 2 ** 20;

/** What an import came to. */
export interface ImportedBaseline {
  /** Parts of runs that were added, by runtime. */
  readonly added: number;
  /** Parts that were there already, or are older than the runs that are kept. */
  readonly passedOver: number;
  /** Accepted changes of level that were added. */
  readonly accepted: number;
  /** Lines of the document that cannot be read, and files that could not be added to. */
  readonly faults: readonly BaselineFault[];
}

/**
 * Adds what a document of `exportBaseline` holds to a baseline, in one change. Each run goes into the file of its own
 * machine and runtime; what is there already stays.
 *
 * @throws UserError when the text is no such document; nothing was changed then
 */
export async function importBaseline(files: BaselineFiles, text: string, condense: Condense): Promise<ImportedBaseline> {
  const content = contentOf(linesOf(text), condense);
  const { faults } = await readEach(files, [...content.byFile.keys(), acceptedFileName]);
  const shut = new Set(faults.map(({ name }) => name));
  const edits = new Map<string, (text: string) => string>();
  for (const [name, runs] of content.byFile) edits.set(name, (now) => withRuns(now, runs));
  edits.set(acceptedFileName, (now) => withAcceptedShifts(now, content.shifts));
  const open = new Map([...edits].filter(([name]) => !shut.has(name)));
  let [before, after] = [countsOf(new Map()), countsOf(new Map())];
  await files.change('import', [...open.keys()], (now) => {
    const changes = changesOf(now, open);
    const next = new Map([...now, ...changes].flatMap(([name, each]) => (each === null ? [] : [[name, each] as const])));
    [before, after] = [countsOf(now), countsOf(next)];
    return changes;
  });
  const offered = [...content.byFile.values()].reduce((sum, runs) => sum + runs.length, 0);
  const added = [...after.runs].filter((run) => !before.runs.has(run)).length;
  const shutFaults = faults.map(({ name, reason }) => ({ file: name, line: null, reason }));
  return { added, passedOver: offered - added, accepted: after.accepted - before.accepted, faults: [...content.faults, ...shutFaults] };
}

function linesOf(text: string): readonly string[] {
  const refused = (why: string) =>
    new UserError(`The document cannot be imported. ${why}`, 'Name one that "baseline export" wrote; nothing was changed.');
  if (text.length > longestDocument) throw refused(`It has ${text.length} characters, and at most ${longestDocument} are read.`);
  const parsed = parseObject(text, 'an exported baseline');
  if (!parsed.ok) throw refused(parsed.reason);
  const newer = newerVersion(parsed.value);
  if (newer !== null) throw refused(newer);
  const checked = exportDocument.safeParse(parsed.value);
  if (!checked.success) throw refused(`It is not an exported baseline: ${firstIssue(checked.error)}.`);
  return checked.data.lines;
}

function contentOf(lines: readonly string[], condense: Condense) {
  const text = lines.join('\n');
  const accepted = parseAcceptedFile(text);
  const isAccepted = new Set(accepted.flatMap((line) => (line.status === 'accepted' ? [line.text] : [])));
  const others = parseBaselineFile(lines.map((line) => (isAccepted.has(line) ? '' : line)).join('\n'));
  const damaged = others.filter((line) => line.status === 'damaged');
  const runs = others.flatMap((line) => (line.status === 'run' ? [condense(line.run)] : []));
  return {
    byFile: Map.groupBy(runs, (run) => runFileName(run) ?? ''),
    shifts: acceptedShiftsOf(text),
    faults: damaged.map(({ number, reason }): BaselineFault => ({ file: 'the document', line: number, reason })),
  };
}

/** What files hold: the ids of all lines of runs with the file they are in, and how many changes are accepted. */
function countsOf(texts: ReadonlyMap<string, string>): { readonly runs: ReadonlySet<string>; readonly accepted: number } {
  const runs = [...texts].flatMap(([name, text]) =>
    name === acceptedFileName ? [] : runLinesOf(parseBaselineFile(text)).map(({ run }) => JSON.stringify([name, partKey(run)])),
  );
  return { runs: new Set(runs), accepted: acceptedShiftsOf(texts.get(acceptedFileName) ?? '').length };
}
