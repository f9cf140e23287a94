import type { StoredRunName } from '../model/baseline-choice.ts';
import { cellIdsOf } from '../model/run.ts';
import { acceptedFileName, parseAcceptedFile } from './accepted-file.ts';
import { parseBaselineFile, type StoredRunLine } from './baseline-file.ts';
import type { BaselineFiles } from './baseline-files.ts';
import { runFileNames } from './baseline-store.ts';
import { readEach } from './read-each.ts';
import { keptRuns } from './store.ts';
import { runLinesOf } from './stored-runs.ts';

/** A stored run, or the part of one that one shard measured, on one runtime. */
export interface StoredRunEntry extends StoredRunName {
  /** Runtime id. */
  readonly runtime: string;
  /** Place of the shard in its plan, from 1; null for a run that was measured as a whole. */
  readonly shard: number | null;
  readonly cells: number;
  /** Bytes of its own line, without what it shares with other runs. */
  readonly bytes: number;
}

/** One file of runs. */
export interface InventoryFile {
  readonly name: string;
  /** 0 where it could not be read. */
  readonly bytes: number;
  /** Oldest first. */
  readonly runs: readonly StoredRunEntry[];
  /** Lines that several runs refer to. */
  readonly shared: number;
  readonly damaged: number;
  /** Why the file could not be read at all, or null. */
  readonly unreadable: string | null;
  /** What the file may grow to: with as many runs as are kept, each like its largest, and what they share. */
  readonly boundBytes: number;
}

/** What a baseline holds. */
export interface Inventory {
  readonly where: string;
  readonly files: readonly InventoryFile[];
  /** Accepted changes of level that can be read. */
  readonly accepted: number;
  readonly bytes: number;
  readonly boundBytes: number;
}

/** Looks through all files of a baseline. A file that cannot be read is in it with the reason. */
export async function inventory(files: BaselineFiles): Promise<Inventory> {
  const { texts, faults } = await readEach(files, [...(await runFileNames(files)), acceptedFileName]);
  const accepted = texts.get(acceptedFileName) ?? '';
  const read = [...texts].filter(([name]) => name !== acceptedFileName).map(([name, text]) => inventoryFile(name, text));
  const unread = faults.map(({ name, reason }) => ({ ...inventoryFile(name, ''), unreadable: reason }));
  const all = [...read, ...unread].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const sum = (bytesOf: (file: InventoryFile) => number) => all.reduce((total, file) => total + bytesOf(file), bytesIn(accepted));
  return {
    where: files.where,
    files: all,
    accepted: parseAcceptedFile(accepted).filter(({ status }) => status === 'accepted').length,
    bytes: sum(({ bytes }) => bytes),
    boundBytes: sum(({ boundBytes }) => boundBytes),
  };
}

function inventoryFile(name: string, text: string): InventoryFile {
  const lines = parseBaselineFile(text);
  const runs = runLinesOf(lines);
  const bytes = bytesIn(text);
  const own = Map.groupBy(runs, ({ run }) => run.runId);
  const sizes = [...own.values()].map((parts) => parts.reduce((sum, part) => sum + bytesIn(part.text) + 1, 0));
  const others = bytes - sizes.reduce((sum, size) => sum + size, 0);
  return {
    name,
    bytes,
    runs: runs.map(entryOf),
    shared: lines.filter(({ status }) => status === 'shared').length,
    damaged: lines.filter(({ status }) => status === 'damaged').length,
    unreadable: null,
    boundBytes: Math.max(bytes, others + keptRuns * Math.max(0, ...sizes)),
  };
}

/** A run as it is listed. */
export function entryOf({ run, text }: Pick<StoredRunLine, 'run' | 'text'>): StoredRunEntry {
  const { runId, commit, created, machine, runtimes, shard } = run;
  const cells = [...cellIdsOf(run)].length;
  const runtime = runtimes.map(({ id }) => id).join(', ');
  return { runId, commit, created, cpuModel: machine.cpuModel, runtime, shard: shard?.index ?? null, cells, bytes: bytesIn(text) };
}

function bytesIn(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
