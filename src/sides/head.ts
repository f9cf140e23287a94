import { gitIn, isCommit } from './git.ts';

/** The commit that is checked out in `folder`, 40 hex digits, or null outside a git checkout or without git. */
export async function headCommit(folder: string): Promise<string | null> {
  const head = await gitIn(folder)(['rev-parse', '--verify', 'HEAD']);
  return head.ok && isCommit(head.stdout) ? head.stdout : null;
}
