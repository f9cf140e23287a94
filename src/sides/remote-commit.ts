import { type Git, type GitOutcome, isCommit, TREE_TIMEOUT } from './git.ts';
import { type Refusal, refusal } from './refusal.ts';

type Failure = GitOutcome & { readonly ok: false };

/** What keeps git from getting something from its remote, by how git words it. */
const signs: readonly (readonly ['no remote' | 'unknown' | 'access' | 'network', RegExp])[] = [
  ['no remote', /'origin' does not appear to be a git repository|No such remote/i],
  ['unknown', /not our ref|no such remote ref|couldn't find remote ref|unadvertised object|bad object/i],
  ['access', /Authentication failed|could not read (?:Username|Password)|Permission denied|returned error: 40[13]|Repository not found/i],
  ['network', /unable to access|Could(?: not|n't) (?:resolve|connect)|Connection |Network is|timed out|did not end within|hung up/i],
  ['network', /does not appear to be a git repository|Could not read from remote/i],
];

/** Whether the commit is in the checkout. */
export async function hasCommit(git: Git, commit: string): Promise<boolean> {
  return (await git(['cat-file', '-e', `${commit}^{commit}`])).ok;
}

/** Whether the history ends before its beginning, as in a checkout of `fetch-depth: 1`. */
export async function isShallow(git: Git): Promise<boolean> {
  const answer = await git(['rev-parse', '--is-shallow-repository']);
  return answer.ok && answer.stdout === 'true';
}

/**
 * Brings a commit from `origin` into the checkout, without a name. Returns why it could not be, or null. A complete history
 * stays complete: it gets what is missing before the commit, too, because a depth would cut off what is there already.
 */
export async function fetchCommit(git: Git, commit: string): Promise<Refusal | null> {
  const depth = (await isShallow(git)) ? ['--depth=1'] : [];
  const fetched = await git(['fetch', '--quiet', ...depth, '--no-tags', '--no-recurse-submodules', 'origin', commit], TREE_TIMEOUT);
  if (fetched.ok && (await hasCommit(git, commit))) return null;
  return remoteRefusal(fetched.ok ? { ok: false, code: 0, complaint: 'it is no commit' } : fetched, `commit ${commit}`);
}

/** The commit that a branch or tag of `origin` is at. Asks only: nothing of the checkout is changed. */
export async function remoteTip(git: Git, name: string): Promise<{ readonly ok: true; readonly commit: string } | Refusal> {
  // An annotated tag is an object of its own; its commit is on the line with ^{}.
  const refs = [`refs/heads/${name}`, `refs/tags/${name}^{}`, `refs/tags/${name}`];
  const answer = await git(['ls-remote', 'origin', ...refs], TREE_TIMEOUT);
  if (!answer.ok) return remoteRefusal(answer, `"${name}"`);
  const tips = new Map(answer.stdout.split('\n').map((line) => [line.split('\t')[1] ?? '', line.split('\t')[0] ?? '']));
  const commit = refs.map((ref) => tips.get(ref)).find((tip) => tip !== undefined && isCommit(tip));
  if (commit !== undefined) return { ok: true, commit };
  return refusal(
    `There is no branch, tag or commit "${name}", neither in the checkout nor at its remote.`,
    'Name one that exists as "base-ref".',
  );
}

function remoteRefusal({ complaint }: Failure, what: string): Refusal {
  const said = `(git: ${complaint})`;
  switch (signs.find(([, sign]) => sign.test(complaint))?.[0]) {
    case 'no remote':
      return refusal(
        `The checkout has no remote "origin" to get ${what} from ${said}.`,
        'Add it with `git remote add origin URL`, or bring the base commit into the checkout.',
      );
    case 'unknown':
      return refusal(
        `The remote does not have ${what} ${said}.`,
        'A force-push may have replaced it: rebase on the base branch as it is now, or name another base as "base-ref".',
      );
    case 'access':
      return refusal(
        `The remote refused to give ${what} ${said}.`,
        'Set "fetch-depth: 0" at actions/checkout, so that nothing has to be fetched later, or let it persist its credentials.',
      );
    case 'network':
      return refusal(
        `The remote was not reached for ${what} ${said}.`,
        'Check the network and run again, or set "fetch-depth: 0" at actions/checkout, so that nothing has to be fetched later.',
      );
    case undefined:
      return refusal(`Git could not get ${what} ${said}.`, 'Try `git fetch origin` in the checkout, and run again when it works.');
  }
}
