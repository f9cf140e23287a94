import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Machine } from '../model/machine.ts';
import { type Results, resultsOfRuntime } from '../model/results.ts';
import type { Run, RunContext } from '../model/run.ts';
import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import { acceptedFileName, acceptedShiftsOf, withAcceptedShifts } from './accepted-file.ts';
import { parseBaselineFile } from './baseline-file.ts';
import { withRuns } from './baseline-file-text.ts';
import type { BaselineFiles, FileChanges, Files } from './baseline-files.ts';
import { fingerprint, machineFingerprint } from './fingerprint.ts';
import { readEach } from './read-each.ts';
import type { BaselineStore, StoredBaseline } from './store.ts';
import { runLinesOf } from './stored-runs.ts';

/** Makes of a run what a baseline keeps of it: `condensedRun` of the judge, which knows how a process becomes one figure. */
export type Condense = (run: Run) => Results;

/** The ending of every file of a baseline; others in the same place are not touched. */
const ending = '.jsonl';

/** A baseline in JSON-lines files: one for each fingerprint, and one for the accepted changes of level. */
export function baselineStore(files: BaselineFiles, condense: Condense): BaselineStore {
  return {
    read: (machine, runtime) => readBaseline(files, `${fingerprint(machine, runtime)}${ending}`),
    readNewest: async (machine) => {
      const names = (await runFileNames(files)).filter((name) => machine === null || isOfMachine(name, machine));
      const { texts } = await readEach(files, names);
      const newest = [...texts.values()].flatMap((text) => runLinesOf(parseBaselineFile(text)).slice(-1));
      return newest.map(({ run }) => run).toSorted((one, other) => Date.parse(other.created) - Date.parse(one.created));
    },
    accepted: async () => acceptedShiftsOf((await files.read([acceptedFileName])).get(acceptedFileName) ?? ''),
    append: (parts) => appendParts(files, parts, condense),
    accept: (shift) =>
      files.change(acceptedSummary(shift), [acceptedFileName], (now) =>
        changesOf(now, new Map([[acceptedFileName, (text) => withAcceptedShifts(text, [shift])]])),
      ),
  };
}

/** Names of the files that hold runs, sorted. */
export async function runFileNames(files: Pick<BaselineFiles, 'list'>): Promise<readonly string[]> {
  return (await files.list()).filter(isRunFile);
}

/** Whether a file of that name holds runs. */
export function isRunFile(name: string): boolean {
  return name.endsWith(ending) && name !== acceptedFileName;
}

function isOfMachine(name: string, machine: Machine): boolean {
  const { before, after } = machineFingerprint(machine);
  return name.startsWith(before) && name.endsWith(`${after}${ending}`);
}

async function readBaseline(files: BaselineFiles, name: string): Promise<StoredBaseline> {
  const { texts, faults } = await readEach(files, [name]);
  const lines = parseBaselineFile(texts.get(name) ?? '');
  const file = `${name} in ${files.where}`;
  const unreadable = faults.map(({ reason }): Warning => ({ code: 'baseline damaged', file, line: 0, reason }));
  const damaged = lines.flatMap((line): readonly Warning[] =>
    line.status === 'damaged' ? [{ code: 'baseline damaged', file, line: line.number, reason: line.reason }] : [],
  );
  return { runs: runLinesOf(lines).map(({ run }) => run), warnings: [...unreadable, ...damaged] };
}

/** A file that cannot be read keeps the run out of itself alone: the others are written, and the fault is told. */
async function appendParts(files: BaselineFiles, parts: readonly Run[], condense: Condense): Promise<readonly Warning[]> {
  const interrupted = parts.find(({ partial }) => partial);
  if (interrupted !== undefined) throw new RangeError(`the run ${interrupted.runId} was interrupted, and a baseline takes whole runs`);
  const byName = runsByFile(parts.map(condense));
  const { faults } = await readEach(files, [...byName.keys()]);
  const names = [...byName.keys()].filter((name) => faults.every((fault) => fault.name !== name));
  const edits = new Map(names.map((name) => [name, (text: string) => withRuns(text, byName.get(name) ?? [])]));
  const change = () => files.change(`store ${summaryOf(parts)}`, names, (now) => changesOf(now, edits));
  const warnings = names.length === 0 ? [] : await change();
  const [fault] = faults;
  if (fault === undefined) return warnings;
  const others = names.length === 0 ? '' : ' The other runtimes were stored.';
  throw new UserError(`The run is not stored in ${fault.name} in ${files.where}: ${fault.reason}${others}`, 'Repair or remove that file.');
}

function runsByFile(parts: readonly Results[]): ReadonlyMap<string, readonly Results[]> {
  const runs = parts.flatMap((part) => part.runtimes.map((runtime) => resultsOfRuntime(part, runtime)));
  return Map.groupBy(runs, (run) => runFileName(run) ?? '');
}

/** The file that a stored run belongs into; null where it is not of one runtime. */
export function runFileName({ machine, runtimes }: RunContext): string | null {
  const [runtime, ...others] = runtimes;
  return runtime === undefined || others.length > 0 ? null : `${fingerprint(machine, runtime)}${ending}`;
}

/** Names come from pull requests, and GitHub makes links and mentions of what a commit says: they are counted. */
function acceptedSummary({ cells: { length }, commit }: AcceptedShift): string {
  return `accept ${length} ${length === 1 ? 'cell' : 'cells'} since ${commit.slice(0, 12)}`;
}

/** The id of a run may be of anything; the letters that GitHub makes links of are taken out. */
function summaryOf(parts: readonly RunContext[]): string {
  const runs = [...new Set(parts.map(({ runId }) => runId.replaceAll(/[^\w.-]/g, '_')))].join(', ');
  const commits = [...new Set(parts.flatMap(({ commit }) => (commit === null ? [] : [commit.slice(0, 12)])))].join(', ');
  return commits === '' ? `run ${runs}` : `run ${runs} of ${commits}`;
}

/** What the edits make of the files, as far as it is something else. */
export function changesOf(now: Files, edits: ReadonlyMap<string, (text: string) => string | null>): FileChanges {
  const changes = new Map<string, string | null>();
  for (const [name, edit] of edits) {
    const text = now.get(name) ?? '';
    const next = edit(text);
    if (next !== text && !(next === '' && !now.has(name))) changes.set(name, next);
  }
  return changes;
}
