import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { liveBenchmarks } from './live-benchmarks.ts';
import { type LibraryChange, librarySource } from './live-library.ts';

/** A git repository of a library and its benchmarks, as a user would have it. */
export interface LiveProject {
  /** Absolute path. */
  readonly folder: string;
  /** The commit that heads are made on, 40 hex digits. */
  readonly base: string;
  /** Commits a change of the library on top of base, and checks it out. */
  checkOut(change: LibraryChange): Promise<void>;
  remove(): void;
}

/** Makes the repository with its base commit in a temporary folder. */
export async function makeProject(signal: AbortSignal): Promise<LiveProject> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'live-')));
  const git = async (...args: readonly string[]) => {
    const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', '-c', 'commit.gpgsign=false'];
    return (await execa('git', [...identity, ...args], { cwd: folder, cancelSignal: signal })).stdout.trim();
  };
  const write = (change: LibraryChange) => writeFileSync(join(folder, 'library.py'), librarySource(change));
  mkdirSync(join(folder, 'benchmarks'));
  for (const { name, source } of liveBenchmarks) writeFileSync(join(folder, 'benchmarks', `${name}.py`), source);
  writeFileSync(join(folder, '.gitignore'), '__pycache__/\n.concurrency-regressions/\n');
  write({ kind: 'base' });
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'base');
  const base = await git('rev-parse', 'HEAD');
  return {
    folder,
    base,
    checkOut: async (change) => {
      await git('checkout', '--quiet', '--detach', base);
      if (change.kind === 'base') return;
      write(change);
      await git('commit', '--quiet', '--all', '--message', `${change.kind}: ${change.what}`);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
