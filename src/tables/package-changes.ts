import type { RunContext } from '../model/run.ts';
import type { Runtime } from '../model/runtime.ts';
import type { Warning } from '../model/warning.ts';

/** A package whose version differs between two runtimes; `none` stands for one that is not installed. */
export interface PackageChange {
  readonly name: string;
  readonly before: string;
  readonly now: string;
}

/** The packages that differ between two runtimes, by name. */
export function packageChanges(base: Runtime, head: Runtime): readonly PackageChange[] {
  const names = [...new Set([...Object.keys(base.packages), ...Object.keys(head.packages)])].sort();
  return names
    .map((name) => ({ name, before: base.packages[name] ?? 'none', now: head.packages[name] ?? 'none' }))
    .filter(({ before, now }) => before !== now);
}

/** "aiohttp 3.13.2 → 3.14.3". */
export function packageChangeText({ name, before, now }: PackageChange): string {
  return `${name} ${before} → ${now}`;
}

/**
 * One warning for each runtime on which a package has another version than in its newest stored run: what looks like a
 * change of the code may be the package's. A package that only one of the two has came or went with a workload.
 *
 * @param baselineRuns oldest first
 */
export function packageWarnings(runtimes: readonly Runtime[], baselineRuns: readonly RunContext[]): readonly Warning[] {
  return runtimes.flatMap((head) => {
    const base = baselineRuns.flatMap((run) => run.runtimes.filter(({ id }) => id === head.id)).at(-1);
    if (base === undefined) return [];
    const changed = packageChanges(base, head).filter(({ before, now }) => before !== 'none' && now !== 'none');
    if (changed.length === 0) return [];
    return [{ code: 'packages changed', runtime: head.id, changes: changed.map(packageChangeText).join(', ') } as const];
  });
}
