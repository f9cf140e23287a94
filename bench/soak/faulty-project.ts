import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shareEnvironments } from '../../test/e2e/mini-runner.ts';

/** What goes wrong in a process, by the names of faulty.py, and in how many of a thousand. The first four end what is measured of a cell. */
const faults = [
  ['exits early', 10],
  ['crashes', 10],
  ['hangs', 4],
  ['raises', 6],
  ['leaves a child behind', 60],
  ['leaves a daemon behind', 40],
  ['prints a flood', 30],
] as const;

/** In words, with their shares, for the document. */
export const faultShares = faults.map(([name, share]) => `${name} ${share / 10} %`).join(', ');

/** A checkout whose workload misbehaves, and how often it was started. */
export interface FaultyProject {
  readonly folder: string;
  /** Where the program makes its temporary folders. */
  readonly temporary: string;
  /** Absolute path of a file with a byte for each start. */
  readonly startsFile: string;
  /** Processes of the workload that got as far as its code. */
  starts(): number;
}

/** @param points cells of each of two models */
export function faultyProject(root: string, { seed, points }: { readonly seed: number; readonly points: number }): FaultyProject {
  const [folder, temporary, starts] = [join(root, 'project'), join(root, 'temporary'), join(root, 'starts')];
  for (const each of [join(folder, 'bench'), temporary]) mkdirSync(each, { recursive: true });
  copyFileSync(join(import.meta.dirname, 'faulty.py'), join(folder, 'bench', 'faulty.py'));
  writeFileSync(join(folder, 'bench', 'faulty.json'), JSON.stringify({ starts, seed, points, faults }));
  writeFileSync(join(folder, '.gitignore'), '__pycache__/\n');
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: folder });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'start');
  shareEnvironments(folder);
  return { folder, temporary, startsFile: starts, starts: () => (existsSync(starts) ? statSync(starts).size : 0) };
}
