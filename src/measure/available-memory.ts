import { existsSync, readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { ownGroupFolders } from './control-group.ts';
import { numberAfter } from './machine-counters.ts';

/** A control group that limits memory. */
export interface GroupMemory {
  readonly folder: string;
  /** Bytes. */
  readonly limit: number;
  /** Names of its files of use: version 2 and version 1 differ. */
  readonly files: GroupFiles;
}

interface GroupFiles {
  readonly limit: string;
  readonly usage: string;
  /** In memory.stat: pages of files that were not used of late, which the kernel takes back before it is short. */
  readonly reclaimable: string;
}

const versions: readonly GroupFiles[] = [
  { limit: 'memory.max', usage: 'memory.current', reclaimable: 'inactive_file' },
  { limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes', reclaimable: 'total_inactive_file' },
];

function textOf(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

/** The folders among these that limit memory to less than the machine has. */
export function groupMemory(folders: readonly string[]): readonly GroupMemory[] {
  return folders.flatMap((folder) =>
    versions.flatMap((files) => {
      // No limit is "max", or more than there is.
      const limit = Number.parseInt(textOf(join(folder, files.limit)), 10);
      return limit < totalmem() ? [{ folder, limit, files }] : [];
    }),
  );
}

/** Those of this program. */
export function ownGroupMemory(): readonly GroupMemory[] {
  return groupMemory(ownGroupFolders('memory'));
}

/** The smallest limit of these groups, bytes; null without one. */
export function groupLimit(groups: readonly GroupMemory[]): number | null {
  return groups.length === 0 ? null : Math.min(...groups.map(({ limit }) => limit));
}

/**
 * Bytes that a process can still take. Files that were read fill a control group up to its limit and are no use of it:
 * what the kernel takes back first counts as free, as it does for the whole machine.
 */
export function availableMemory(groups: readonly GroupMemory[]): number {
  return Math.min(freemem(), ...groups.map(freeOf));
}

function freeOf({ folder, limit, files }: GroupMemory): number {
  const usage = Number.parseInt(textOf(join(folder, files.usage)), 10) || 0;
  const reclaimable = numberAfter(files.reclaimable, textOf(join(folder, 'memory.stat'))) ?? 0;
  return Math.max(0, limit - Math.max(0, usage - reclaimable));
}
