import type { GitObjects, TreeEntry } from './git-objects.ts';

/** One change of a tree: the object that stands at a path from now on, or nothing any more. */
export interface TreeChange {
  /** Relative to the root, segments divided by "/". */
  readonly path: string;
  readonly mode: string;
  /** Null removes what is there. */
  readonly sha: string | null;
}

/** A file, folder or submodule somewhere below a tree. */
export interface TreeItem {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  /** Bytes; only of a file. */
  readonly size?: number;
}

const folderMode = '040000';

/** Applies the changes to a tree, or to nothing, and returns the name of the new one. A folder left empty is gone. */
export function editTree(objects: GitObjects, base: string | null, changes: readonly TreeChange[]): string {
  const entries = new Map((base === null ? [] : (objects.tree(base) ?? [])).map((entry) => [entry.name, entry]));
  for (const [name, below] of byFirstSegment(changes)) {
    const entry = editedEntry(objects, name, entries.get(name), below);
    if (entry === null) entries.delete(name);
    else entries.set(name, entry);
  }
  return objects.addTree([...entries.values()]);
}

function byFirstSegment(changes: readonly TreeChange[]): ReadonlyMap<string, readonly TreeChange[]> {
  return Map.groupBy(changes, ({ path }) => path.split('/')[0] ?? '');
}

function editedEntry(objects: GitObjects, name: string, old: TreeEntry | undefined, changes: readonly TreeChange[]): TreeEntry | null {
  const here = changes.findLast(({ path }) => path === name);
  if (here !== undefined) return here.sha === null ? null : { name, mode: here.mode, sha: here.sha };
  const inner = changes.map((change) => ({ ...change, path: change.path.slice(name.length + 1) }));
  const sha = editTree(objects, old?.mode === folderMode ? old.sha : null, inner);
  return objects.tree(sha)?.length === 0 ? null : { name, mode: folderMode, sha };
}

/** What stands in a tree; folders come before what is in them. */
export function listTree(objects: GitObjects, tree: string, recursive: boolean, prefix = ''): readonly TreeItem[] {
  return (objects.tree(tree) ?? []).flatMap((entry) => {
    const item = itemOf(objects, entry, prefix);
    return recursive && item.type === 'tree' ? [item, ...listTree(objects, entry.sha, true, `${item.path}/`)] : [item];
  });
}

function itemOf(objects: GitObjects, { mode, name, sha }: TreeEntry, prefix: string): TreeItem {
  const path = `${prefix}${name}`;
  if (mode === folderMode) return { path, mode, type: 'tree', sha };
  if (mode === '160000') return { path, mode, type: 'commit', sha };
  return { path, mode, type: 'blob', sha, size: objects.blob(sha)?.length ?? 0 };
}

/** What stands at a path of a tree or commit; the root itself for an empty path, null for nothing. */
export function itemAt(objects: GitObjects, tree: string, path: string, prefix = ''): TreeItem | null {
  const [name = '', ...rest] = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (name === '') return { path: '', mode: folderMode, type: 'tree', sha: objects.commit(tree)?.tree ?? tree };
  const entry = objects.tree(tree)?.find((candidate) => candidate.name === name);
  if (entry === undefined) return null;
  if (rest.length === 0) return itemOf(objects, entry, prefix);
  return entry.mode === folderMode ? itemAt(objects, entry.sha, rest.join('/'), `${prefix}${name}/`) : null;
}
