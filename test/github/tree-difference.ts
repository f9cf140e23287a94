import type { GitObjects } from './git-objects.ts';
import { listTree, type TreeChange, type TreeItem } from './tree-edit.ts';

/** A file that is not the same in two trees. */
export interface FileChange {
  readonly path: string;
  readonly status: 'added' | 'removed' | 'modified';
  /** Of the new file, of the old one where it is gone. */
  readonly sha: string;
  readonly mode: string;
  /** Lines. */
  readonly additions: number;
  readonly deletions: number;
}

/** The files that differ between two trees or commits, by path; `before` may be nothing. */
export function treeDifference(objects: GitObjects, before: string | null, after: string): readonly FileChange[] {
  const old = filesOf(objects, before);
  const young = filesOf(objects, after);
  const paths = [...new Set([...old.keys(), ...young.keys()])].toSorted();
  return paths.flatMap((path) => changeAt(objects, path, old.get(path), young.get(path)));
}

function filesOf(objects: GitObjects, tree: string | null): ReadonlyMap<string, TreeItem> {
  const items = tree === null ? [] : listTree(objects, tree, true);
  return new Map(items.filter(({ type }) => type !== 'tree').map((item) => [item.path, item]));
}

function changeAt(objects: GitObjects, path: string, old: TreeItem | undefined, young: TreeItem | undefined): readonly FileChange[] {
  const one = young ?? old;
  if (one === undefined || (old?.sha === young?.sha && old?.mode === young?.mode)) return [];
  const status = old === undefined ? 'added' : young === undefined ? 'removed' : 'modified';
  const [before, after] = [linesOf(objects, old), linesOf(objects, young)];
  return [{ path, status, sha: one.sha, mode: one.mode, additions: notIn(after, before), deletions: notIn(before, after) }];
}

function linesOf(objects: GitObjects, item: TreeItem | undefined): readonly string[] {
  return item === undefined ? [] : (objects.blob(item.sha)?.toString().split('\n') ?? []);
}

function notIn(lines: readonly string[], others: readonly string[]): number {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line)).length;
}

/** The same changes as edits of another tree. */
export function asEdits(changes: readonly FileChange[]): readonly TreeChange[] {
  return changes.map(({ path, mode, sha, status }) => ({ path, mode, sha: status === 'removed' ? null : sha }));
}
