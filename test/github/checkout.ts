import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { GitObjects } from './git-objects.ts';
import { listTree, type TreeItem } from './tree-edit.ts';

const archiveLimitBytes = 1024 ** 3;

/** Writes the files of a tree or commit into a folder, which is made. */
export function checkOut(objects: GitObjects, tree: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const item of listTree(objects, tree, true)) if (item.type === 'blob') writeItem(objects, item, join(folder, item.path));
}

function writeItem(objects: GitObjects, { mode, sha }: TreeItem, path: string): void {
  const content = objects.blob(sha) ?? Buffer.alloc(0);
  mkdirSync(dirname(path), { recursive: true });
  if (mode === '120000') symlinkSync(content.toString(), path);
  else writeFileSync(path, content, { mode: mode === '100755' ? 0o755 : 0o644 });
}

/** A tree as a gzipped tar file whose entries lie in the folder `name`. */
export async function tarball(objects: GitObjects, tree: string, name: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'tarball-'));
  try {
    checkOut(objects, tree, join(folder, name));
    const options = { encoding: 'buffer', maxBuffer: archiveLimitBytes } as const;
    const { stdout } = await promisify(execFile)('tar', ['-czf', '-', '-C', folder, name], options);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
