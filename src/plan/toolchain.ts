import { minorVersionKey, type Runtime, runtimeLabel } from '../model/runtime.ts';

/** A runtime that took the place of another one since the stored runs. */
export interface ToolchainMove {
  readonly base: Runtime;
  readonly head: Runtime;
}

/**
 * The runtimes without stored runs whose like was measured before: the same minor version and threading, another patch
 * release, build or uvloop. Of several the one with the same uvloop counts, else the newest.
 *
 * @param stored runtimes of stored runs on such a machine, the newest first
 */
export function movedToolchains(head: readonly Runtime[], stored: readonly Runtime[]): readonly ToolchainMove[] {
  const known = new Set(stored.map(({ id }) => id));
  return head.flatMap((runtime) => {
    if (known.has(runtime.id)) return [];
    const alike = stored.filter((other) => minorVersionKey(other) === minorVersionKey(runtime) && hasUvloop(other) === hasUvloop(runtime));
    const base = alike.find(({ packages }) => packages['uvloop'] === runtime.packages['uvloop']) ?? alike[0];
    return base === undefined ? [] : [{ base, head: runtime }];
  });
}

function hasUvloop({ packages }: Runtime): boolean {
  return packages['uvloop'] !== undefined;
}

/** What moved, in words: "Python 3.14.6 → 3.14.7", "uvloop 0.22.1 → 0.23.0", "another build of Python 3.14.6". */
export function moveText({ base, head }: ToolchainMove): string {
  const versions = (what: string, was: string, is: string) => (was === is ? [] : [`${what} ${was} → ${is}`]);
  const moved = [
    ...versions('Python', runtimeLabel(base), runtimeLabel(head)),
    ...versions('uvloop', base.packages['uvloop'] ?? 'none', head.packages['uvloop'] ?? 'none'),
  ];
  return moved.length === 0 ? `another build of Python ${runtimeLabel(head)}` : moved.join(', ');
}
