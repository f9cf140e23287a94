import { execFileSync } from 'node:child_process';
import type { ObjectType } from './git-objects.ts';
import type { Repository } from './repository.ts';

const largestRepositoryBytes = 1024 ** 3;

/** Takes over every object, branch and tag of a git repository of this machine, under the same names. */
export function importGit(folder: string, { objects, references }: Repository): void {
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, ...args], { maxBuffer: largestRepositoryBytes });
  const all = git('cat-file', '--batch-all-objects', '--batch');
  for (let at = 0; at < all.length; ) {
    const end = all.indexOf('\n', at);
    const [, type = '', size = ''] = all.toString('utf8', at, end).split(' ');
    const start = end + 1;
    if (isObjectType(type)) objects.add(type, all.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  for (const line of git('for-each-ref', '--format=%(objectname) %(refname)').toString().split('\n')) {
    const [sha = '', name = ''] = line.split(' ');
    if (/^refs\/(heads|tags)\//.test(name)) references.set(name, sha);
  }
}

function isObjectType(type: string): type is ObjectType {
  return ['blob', 'tree', 'commit', 'tag'].includes(type);
}
