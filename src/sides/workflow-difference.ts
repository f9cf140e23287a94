import { gitIn, isCommit } from './git.ts';

/**
 * Whether a checkout differs from a commit in its workflows at most: then only versions that these name can have moved.
 * False where git cannot tell, as in a shallow clone without that commit.
 *
 * @param commit 40 hex digits
 */
export async function differsOnlyInWorkflows(folder: string, commit: string, signal: AbortSignal): Promise<boolean> {
  if (!isCommit(commit)) return false;
  const { ok } = await gitIn(folder, signal)(['diff', '--quiet', commit, '--', ':/', ':(top,exclude).github']);
  return ok;
}
