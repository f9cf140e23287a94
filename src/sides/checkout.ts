import { type Git, type GitOutcome, isCommit } from './git.ts';
import { type Refusal, refusal } from './refusal.ts';

/** What is checked out in a folder. */
export interface Checkout {
  readonly ok: true;
  /** 40 hex digits. */
  readonly head: string;
  /** The parents of `head`, also those that a shallow history has cut off; 40 hex digits each. */
  readonly parents: readonly string[];
  /** The folder within the repository: "", or "packages/core/". */
  readonly prefix: string;
}

/** Reads what is checked out in `folder`, in which `git` runs. */
export async function readCheckout(git: Git, folder: string): Promise<Checkout | Refusal> {
  const prefix = await git(['rev-parse', '--show-prefix']);
  if (!prefix.ok) return whyNoCheckout(prefix, folder);
  const head = await git(['rev-parse', '--verify', 'HEAD^{commit}']);
  if (!head.ok || !isCommit(head.stdout)) {
    return refusal(`The repository of ${folder} has no commit checked out.`, 'Commit or check out something first.');
  }
  // Where history is cut off, git says that the commit has no parents; the commit itself still names them.
  const object = await git(['cat-file', 'commit', head.stdout]);
  return { ok: true, head: head.stdout, parents: object.ok ? parentsOf(object.stdout) : [], prefix: prefix.stdout };
}

function parentsOf(object: string): readonly string[] {
  const [header = ''] = object.split('\n\n');
  return [...header.matchAll(/^parent ([0-9a-f]{40})$/gm)].map(([, commit = '']) => commit);
}

function whyNoCheckout({ complaint, code }: GitOutcome & { readonly ok: false }, folder: string): Refusal {
  const said = `(git: ${complaint})`;
  if (code === null) return refusal(`Git is needed to find the base commit of ${folder} and does not run ${said}.`, 'Put git on PATH.');
  if (complaint.includes('dubious ownership')) {
    return refusal(
      `Git does not trust ${folder}, because it belongs to another user ${said}.`,
      `Run \`git config --global --add safe.directory ${folder}\` in an earlier step.`,
    );
  }
  return refusal(
    `${folder} is not in a git checkout ${said}.`,
    'Check the repository out with actions/checkout before this step, or compare two folders with `pairs`.',
  );
}
