import { gitIn, isCommit } from './git.ts';
import { fetchCommit, hasCommit } from './remote-commit.ts';

/**
 * Whether a checkout differs from a commit in its workflows at most: then only versions that these name can have moved. A
 * commit that a shallow clone lacks is fetched. False where git cannot tell, and where files are there that it does not know.
 *
 * @param commit 40 hex digits
 */
export async function differsOnlyInWorkflows(folder: string, commit: string, signal: AbortSignal): Promise<boolean> {
  if (!isCommit(commit)) return false;
  const git = gitIn(folder, signal);
  if (!(await hasCommit(git, commit)) && (await fetchCommit(git, commit)) !== null) return false;
  const known = await git(['diff', '--quiet', commit, '--', ':/', ':(top,exclude).github/workflows']);
  if (!known.ok) return false;
  const unknown = await git(['ls-files', '--others', '--exclude-standard', '--exclude=__pycache__/', '--directory', ':/']);
  return unknown.ok && unknown.stdout.trim() === '';
}
