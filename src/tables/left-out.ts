import type { LeftOut } from '../model/cell.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { RuntimeColumn } from './columns.ts';

/** Cells of one workload that are left out for one reason. */
export interface LeftOutGroup {
  readonly workload: string;
  readonly reason: string;
  readonly models: readonly ConcurrencyModel[];
  /** Labels of the runtimes it concerns; null when it concerns all of them. */
  readonly runtimes: readonly string[] | null;
}

/** Groups what is left out by workload and reason, so that it reads in one screen. */
export function leftOutGroups(leftOut: readonly LeftOut[], columns: readonly RuntimeColumn[]): readonly LeftOutGroup[] {
  const groups = new Map<string, LeftOut[]>();
  for (const entry of leftOut) {
    const key = JSON.stringify([entry.workload, entry.reason]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const models = [...new Set(entries.map(({ model }) => model))];
    return [{ workload: first.workload, reason: first.reason, models, runtimes: concerned(entries, models.length, columns) }];
  });
}

function concerned(entries: readonly LeftOut[], models: number, columns: readonly RuntimeColumn[]): readonly string[] | null {
  const ids = new Set(entries.map(({ runtime }) => runtime));
  if (ids.size === columns.length && entries.length === models * columns.length) return null;
  return columns.filter(({ runtime }) => ids.has(runtime.id)).map(({ label }) => label);
}
