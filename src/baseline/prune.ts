import { type FileLine, parseBaselineFile } from './baseline-file.ts';
import { withoutLines } from './baseline-file-text.ts';
import type { BaselineFiles } from './baseline-files.ts';
import { changesOf, runFileNames } from './baseline-store.ts';
import { entryOf, type StoredRunEntry } from './inventory.ts';
import { readEach } from './read-each.ts';
import { oldestFirst } from './stored-runs.ts';

/** What goes. A run goes that any of these names; nothing goes where nothing is named. */
export interface PruneChoice {
  /** Of each file the newest so many runs stay. */
  readonly keep?: number;
  /** ISO 8601, UTC: runs that began before go. */
  readonly olderThan?: string;
  /** Runs of these commits go: the first hexadecimal digits suffice, seven at least. */
  readonly commits?: readonly string[];
  readonly runIds?: readonly string[];
  /** Whether lines that cannot be read go too. Nothing else ever removes one. */
  readonly damaged?: boolean;
}

/** What was removed. */
export interface Pruned {
  readonly runs: readonly StoredRunEntry[];
  readonly damagedLines: number;
  /** Files that could not be read and stay as they are. */
  readonly unreadable: readonly string[];
}

/** Removes runs from all files of a baseline, in one change. */
export async function prune(files: BaselineFiles, choice: PruneChoice): Promise<Pruned> {
  const { texts, faults } = await readEach(files, await runFileNames(files));
  let removed: readonly FileLine[] = [];
  await files.change('prune', [...texts.keys()], (now) => {
    const going = new Map([...now].map(([name, text]) => [name, goingLines(text, choice)]));
    removed = [...going.values()].flat();
    const edits = new Map([...going].map(([name, lines]) => [name, (text: string) => withoutLines(text, isAmong(lines))]));
    return changesOf(now, edits);
  });
  return {
    runs: removed.flatMap((line) => (line.status === 'run' ? [entryOf(line)] : [])),
    damagedLines: removed.filter(({ status }) => status === 'damaged').length,
    unreadable: faults.map(({ name }) => name),
  };
}

function isAmong(lines: readonly FileLine[]): (line: FileLine) => boolean {
  const numbers = new Set(lines.map(({ number }) => number));
  return ({ number }) => numbers.has(number);
}

function goingLines(text: string, choice: PruneChoice): readonly FileLine[] {
  const lines = parseBaselineFile(text);
  const stays = stayingRuns(lines, choice.keep);
  return lines.filter((line) => {
    if (line.status === 'damaged') return choice.damaged === true;
    return line.status === 'run' && (!stays.has(line.run.runId) || isNamed(line.run, choice));
  });
}

function stayingRuns(lines: readonly FileLine[], keep: number | undefined): ReadonlySet<string> {
  const runs = lines.flatMap((line) => (line.status === 'run' ? [line.run] : []));
  const ids = [...new Set(oldestFirst(runs, (run) => run).map(({ runId }) => runId))];
  return new Set(keep === undefined ? ids : ids.slice(Math.max(0, ids.length - keep)));
}

/** Fewer digits than these could name the wrong commit. */
const fewestDigits = 7;

function isNamed(
  { runId, commit, created }: { readonly runId: string; readonly commit: string | null; readonly created: string },
  { olderThan, commits = [], runIds = [] }: PruneChoice,
): boolean {
  if (olderThan !== undefined && Date.parse(created) < Date.parse(olderThan)) return true;
  if (runIds.includes(runId)) return true;
  return commits.some((digits) => digits.length >= fewestDigits && commit?.startsWith(digits.toLowerCase()) === true);
}
