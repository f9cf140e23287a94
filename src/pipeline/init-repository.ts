import { UserError } from '../model/user-error.ts';
import { type Git, type GitOutcome, gitIn, isCommit, isRefName } from '../sides/git.ts';

/** The git repository that a workflow is written for. */
export interface InitRepository {
  /** Absolute path of the top of the checkout. */
  readonly root: string;
  /** The folder it was started in, below the top: "", or "packages/core/". */
  readonly prefix: string;
  readonly branch: DefaultBranch;
}

/** The branch whose runs are stored. */
export interface DefaultBranch {
  readonly name: string;
  /** What says so, for the reader. */
  readonly origin: string;
}

/**
 * Finds the checkout around a folder and its default branch; nothing is fetched.
 *
 * @param given the branch that was named, or null to guess it
 * @throws UserError outside a checkout, and where the branch is none or cannot be guessed
 */
export async function findRepository(folder: string, given: string | null, signal: AbortSignal): Promise<InitRepository> {
  const git = gitIn(folder, signal);
  const root = await git(['rev-parse', '--show-toplevel']);
  if (!root.ok) throw noRepository(folder, root);
  const prefix = await git(['rev-parse', '--show-prefix']);
  if (!prefix.ok) throw noRepository(folder, prefix);
  return { root: root.stdout, prefix: prefix.stdout, branch: await defaultBranch(git, given) };
}

async function defaultBranch(git: Git, given: string | null): Promise<DefaultBranch> {
  if (given !== null) return checked({ name: given, origin: 'given' });
  const remote = await symbolicRef(git, 'refs/remotes/origin/HEAD', 'refs/remotes/origin/');
  if (remote !== null) return checked({ name: remote, origin: 'the default branch of origin' });
  // Of a repository without a commit, too, git can say on which branch it is.
  const current = await symbolicRef(git, 'HEAD', 'refs/heads/');
  if (current !== null) return checked({ name: current, origin: 'a guess: the branch that is checked out' });
  throw new UserError('No branch is checked out, and origin names no default branch.', 'Name it with --branch; nothing was written.');
}

async function symbolicRef(git: Git, name: string, prefix: string): Promise<string | null> {
  const found = await git(['symbolic-ref', '--quiet', name]);
  return found.ok && found.stdout.startsWith(prefix) ? found.stdout.slice(prefix.length) : null;
}

function checked(branch: DefaultBranch): DefaultBranch {
  if (isRefName(branch.name) && !isCommit(branch.name) && branch.name !== 'HEAD') return branch;
  throw new UserError(
    `${JSON.stringify(branch.name)} is no name of a branch.`,
    'Name the default branch with --branch, such as --branch main; nothing was written.',
  );
}

function noRepository(folder: string, { complaint, code }: GitOutcome & { readonly ok: false }): UserError {
  return new UserError(`${folder} is not in a git checkout (git: ${complaint}).`, remedyOf(folder, complaint, code));
}

function remedyOf(folder: string, complaint: string, code: number | null): string {
  if (code === null) return 'Put git on PATH; nothing was written.';
  if (complaint.includes('dubious ownership')) return `Run \`git config --global --add safe.directory ${folder}\`; nothing was written.`;
  return 'Start it in the folder of the project, or run `git init` there first; nothing was written.';
}
