import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { availableMemory, ownGroupMemory } from './available-memory.ts';
import { hasProcessTable, memoryOf, systemProcesses } from './process-table.ts';
import { freeDisk, type SampleLimits } from './sample-limits.ts';
import { sampleProcesses, type Traces } from './survivors.ts';

/** What a sample may use up. */
export type Resource = 'memory' | 'disk space' | 'processes';

/** A resource as it is watched. */
export interface Watched {
  readonly resource: Resource;
  /** What the sample may take. */
  readonly limit: number;
  /** What the whole system has used, from any zero: cheap, it is read all the time. */
  used(): number;
  /** What the sample itself holds: dear, it is read only when the system has used that much more. */
  held(): number;
}

/**
 * Looks whether a sample takes more than its limit. It does where the system has used that much more than at its lowest
 * since the watch began, and the sample holds at least half of it: others may use some too, and memory that processes
 * share counts once for each.
 */
export class ResourceWatch {
  readonly #lowest: Map<Watched, number>;

  constructor(resources: readonly Watched[]) {
    this.#lowest = new Map(resources.map((each) => [each, each.used()]));
  }

  /** The first resource of which the sample took too much, or null. */
  exceeded(): Watched | null {
    for (const [each, lowest] of this.#lowest) {
      const used = each.used();
      this.#lowest.set(each, Math.min(lowest, used));
      if (used - lowest > each.limit && each.held() >= each.limit / 2) return each;
    }
    return null;
  }
}

/** What is watched of the sample with these traces, whose folder is part of them. Without /proc only its folder is. */
export function watchedResources(traces: Traces, limits: SampleLimits): readonly Watched[] {
  const disk: Watched = {
    resource: 'disk space',
    limit: limits.disk,
    used: () => -freeDisk(traces.folder),
    held: () => folderSize(traces.folder),
  };
  return hasProcessTable() ? [...processResources(traces, limits), disk] : [disk];
}

function processResources(traces: Traces, limits: SampleLimits): readonly Watched[] {
  const groups = ownGroupMemory();
  return [
    {
      resource: 'memory',
      limit: limits.memory,
      used: () => -availableMemory(groups),
      held: () => sampleProcesses(traces).reduce((sum, { id }) => sum + memoryOf(id), 0),
    },
    {
      resource: 'processes',
      limit: limits.processes,
      used: systemProcesses,
      held: () => sampleProcesses(traces).reduce((sum, { threads }) => sum + threads, 0),
    },
  ];
}

/** Bytes on disk below a folder; follows no link, and leaves out what may not be read. */
function folderSize(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
  } catch {
    return 0;
  }
}

/** Kernel blocks, stat(2). */
const blockBytes = 512;

function sizeOf(path: string): number {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) return 0;
  return status.isDirectory() ? folderSize(path) : status.blocks * blockBytes;
}
