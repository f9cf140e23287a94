import type { LeftOut } from '../model/cell.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { RuntimeColumn } from './columns.ts';

/** Cells that are left out for one reason. */
export interface LeftOutGroup {
  readonly reason: string;
  readonly entries: readonly { readonly workload: string; readonly models: readonly ConcurrencyModel[] }[];
  /** How many cells these are. */
  readonly cells: number;
  /** Labels of the runtimes it concerns; null when it concerns all of them. */
  readonly runtimes: readonly string[] | null;
}

/** Groups what is left out by reason, so that it reads in one screen however many workloads share one. */
export function leftOutGroups(leftOut: readonly LeftOut[], columns: readonly RuntimeColumn[]): readonly LeftOutGroup[] {
  const groups = new Map<string, LeftOutGroup>();
  for (const entries of byWorkloadAndReason(leftOut)) {
    const [first] = entries;
    if (first === undefined) continue;
    const { workload, reason } = first;
    const models = [...new Set(entries.map(({ model }) => model))];
    const runtimes = concerned(entries, models.length, columns);
    const key = JSON.stringify([reason, runtimes]);
    const known = groups.get(key);
    const all = [...(known?.entries ?? []), { workload, models }];
    groups.set(key, { reason, runtimes, entries: all, cells: (known?.cells ?? 0) + entries.length });
  }
  return [...groups.values()];
}

function byWorkloadAndReason(leftOut: readonly LeftOut[]): readonly (readonly LeftOut[])[] {
  const groups = new Map<string, LeftOut[]>();
  for (const entry of leftOut) {
    const key = JSON.stringify([entry.workload, entry.reason]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

function concerned(entries: readonly LeftOut[], models: number, columns: readonly RuntimeColumn[]): readonly string[] | null {
  const ids = new Set(entries.map(({ runtime }) => runtime));
  if (ids.size === columns.length && entries.length === models * columns.length) return null;
  return columns.filter(({ runtime }) => ids.has(runtime.id)).map(({ label }) => label);
}
