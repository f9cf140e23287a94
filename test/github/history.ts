import type { GitObjects } from './git-objects.ts';
import { itemAt } from './tree-edit.ts';

/** A commit and everything before it, newest first by committer date; of equal date the child before its parents. */
export function log(objects: GitObjects, tip: string): readonly string[] {
  return [...walk(objects, tip)];
}

function* walk(objects: GitObjects, tip: string): Iterable<string> {
  const seen = new Set<string>();
  const waiting = [tip];
  while (waiting.length > 0) {
    waiting.sort((one, other) => time(objects, other) - time(objects, one));
    const sha = waiting.shift() ?? '';
    if (seen.has(sha)) continue;
    seen.add(sha);
    yield sha;
    waiting.push(...(objects.commit(sha)?.parents ?? []));
  }
}

function time(objects: GitObjects, sha: string): number {
  return objects.commit(sha)?.committer.date.getTime() ?? 0;
}

/** Whether `ancestor` is `tip` or stands somewhere before it. */
export function isAncestor(objects: GitObjects, ancestor: string, tip: string): boolean {
  for (const sha of walk(objects, tip)) if (sha === ancestor) return true;
  return false;
}

/** The newest commit that both have and that no other such commit descends from, or null when they have none in common. */
export function mergeBase(objects: GitObjects, one: string, other: string): string | null {
  const ofOther = new Set(log(objects, other));
  const shared = log(objects, one).filter((sha) => ofOther.has(sha));
  return shared.find((sha) => !shared.some((rival) => rival !== sha && isAncestor(objects, sha, rival))) ?? null;
}

/** The commits of `tip` that are not also before `base`, newest first. */
export function commitsSince(objects: GitObjects, base: string, tip: string): readonly string[] {
  const known = new Set(log(objects, base));
  return log(objects, tip).filter((sha) => !known.has(sha));
}

/** Whether a commit changed what stands at a path: it differs from every parent. */
export function touches(objects: GitObjects, sha: string, path: string): boolean {
  const here = itemAt(objects, sha, path)?.sha;
  const parents = objects.commit(sha)?.parents ?? [];
  if (parents.length === 0) return here !== undefined;
  return parents.every((parent) => itemAt(objects, parent, path)?.sha !== here);
}
