import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { GitObject } from './git-objects.ts';
import type { Repository } from './repository.ts';

/** A checkout as a job has it. */
export interface JobCheckout {
  /** Absolute path; must not be there, or be empty of a repository. */
  readonly folder: string;
  readonly commit: string;
  /** How much of the history comes with it: all of it, or, as actions/checkout does it unless told, the commit alone. */
  readonly history: 'all' | 'none';
}

/**
 * Makes a git repository of this machine with a commit of the server's checked out, as actions/checkout leaves it: a detached
 * head, and a remote that gives nothing without credentials.
 */
export function checkOutForJob({ objects }: Repository, { folder, commit, history }: JobCheckout): void {
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  mkdirSync(folder, { recursive: true });
  git('init', '--quiet');
  git('remote', 'add', 'origin', join(folder, '..', 'no-credentials'));
  for (const [sha, object] of objects.all) {
    if (history === 'all' || object.type !== 'commit' || sha === commit) writeObject(folder, sha, object);
  }
  if (history === 'none') writeFileSync(join(folder, '.git', 'shallow'), `${commit}\n`);
  git('checkout', '--quiet', '--detach', commit);
}

function writeObject(folder: string, sha: string, { type, content }: GitObject): void {
  const place = join(folder, '.git', 'objects', sha.slice(0, 2));
  mkdirSync(place, { recursive: true });
  const header = Buffer.from(`${type} ${content.length}\0`);
  writeFileSync(join(place, sha.slice(2)), deflateSync(Buffer.concat([header, content])));
}
