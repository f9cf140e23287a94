import { UserError } from '../model/user-error.ts';
import { type Checkout, readCheckout } from './checkout.ts';
import { type Git, gitIn, isCommit, isRevision } from './git.ts';
import { type Refusal, refusal } from './refusal.ts';
import { fetchCommit, hasCommit, isShallow, remoteTip } from './remote-commit.ts';

/** What may say which commit a checkout is compared with. The first that is given counts, in this order. */
export interface BaseRequest {
  /** Absolute path of a folder of the checkout. */
  readonly folder: string;
  /** Branch, tag or commit that the user named. */
  readonly baseRef?: string | undefined;
  /** Of the event: the tip of the base branch and of the pull request when it happened, 40 hex digits each. */
  readonly pullRequest?: { readonly baseSha: string; readonly headSha: string } | null;
  /** What a merge group was made on, 40 hex digits. */
  readonly mergeGroupBase?: string | null;
  /** Tells the merge base where history is cut off; null when there is none. A UserError becomes a note. */
  readonly mergeBaseByApi?: ((base: string, head: string) => Promise<string | null>) | undefined;
  readonly signal: AbortSignal;
}

/** The commit to compare with. */
export interface BaseCommit {
  readonly ok: true;
  /** 40 hex digits; perhaps not in the checkout. */
  readonly commit: string;
  /** How it was found, for the report: "merge base with origin/main". Says so where it is only near the merge base. */
  readonly origin: string;
  /** What went wrong on the way, a sentence each. */
  readonly notes: readonly string[];
}

interface Place {
  readonly request: BaseRequest;
  readonly git: Git;
  readonly head: string;
}

/** Finds the base commit of a checkout. Leaves the checkout and its names as they are; may add commits to its store. */
export async function resolveBase(request: BaseRequest): Promise<BaseCommit | Refusal> {
  const { folder, baseRef = '', pullRequest = null, mergeGroupBase = null, signal } = request;
  const git = gitIn(folder, signal);
  const checkout = await readCheckout(git, folder);
  if (!checkout.ok) return checkout;
  const place = { request, git, head: checkout.head };
  if (baseRef !== '') return isRevision(baseRef) ? baseOfRef(place, baseRef) : noRefName(baseRef);
  if (pullRequest !== null) return baseOfPullRequest(place, checkout, pullRequest);
  if (mergeGroupBase !== null)
    return isCommit(mergeGroupBase) ? found(mergeGroupBase, 'base of the merge group') : noCommitId(mergeGroupBase);
  return refusal('Nothing says which commit to compare with.', 'Name the branch, tag or commit to compare with as "base-ref".');
}

async function baseOfPullRequest(
  place: Place,
  { parents }: Checkout,
  { baseSha, headSha }: NonNullable<BaseRequest['pullRequest']>,
): Promise<BaseCommit | Refusal> {
  if (!isCommit(baseSha)) return noCommitId(baseSha);
  const [first, second] = parents;
  // What actions/checkout checks out of a pull request: the base branch with the pull request merged into it.
  if (first !== undefined && second === headSha && parents.length === 2) return found(first, 'first parent of the merge commit');
  const byGit = await mergeBase(place, baseSha);
  if (byGit === place.head) return notThePullRequest(headSha);
  if (byGit !== null) return found(byGit, 'merge base with the base branch');
  const { commit, notes } = await askApi(place, baseSha);
  if (commit !== null) return found(commit, 'merge base with the base branch, as the API tells it', notes);
  return found(baseSha, 'base commit of the pull request, because the merge base is not known', notes);
}

async function baseOfRef(place: Place, ref: string): Promise<BaseCommit | Refusal> {
  const name = ref.replace(/^(?:refs\/heads\/|refs\/remotes\/origin\/|origin\/)/, '');
  let tip: BaseTip | undefined;
  for (const candidate of new Set([ref, `origin/${name}`])) {
    const commit = await localCommit(place.git, candidate);
    if (commit === null) continue;
    const base = await mergeBase(place, commit);
    if (base !== null) return found(base, `merge base with ${candidate}`);
    tip ??= { commit, label: candidate };
  }
  const complete = !(await isShallow(place.git));
  if (complete) return tip === undefined ? baseOfRemoteRef(place, name) : nothingInCommon(tip.label);
  const { commit, notes } = await askApi(place, name);
  if (commit !== null) return found(commit, `merge base with ${name}, as the API tells it`, notes);
  const end = tip ?? (await remoteEnd(place, name));
  if ('ok' in end) return end;
  return found(end.commit, `tip of ${end.label}: the history is shallow, and the merge base is not known`, notes);
}

/** A commit that a name stands for. */
interface BaseTip {
  readonly commit: string;
  /** What to call it: "origin/main". */
  readonly label: string;
}

/** In a complete history that does not hold the ref yet: with what is missing fetched, git knows the merge base. */
async function baseOfRemoteRef(place: Place, name: string): Promise<BaseCommit | Refusal> {
  const end = await remoteEnd(place, name);
  if ('ok' in end) return end;
  const missing = (await hasCommit(place.git, end.commit)) ? null : await fetchCommit(place.git, end.commit);
  if (missing !== null) return missing;
  const base = await mergeBase(place, end.commit);
  return base === null ? nothingInCommon(end.label) : found(base, `merge base with ${end.label}`);
}

async function remoteEnd({ git }: Place, name: string): Promise<BaseTip | Refusal> {
  if (isCommit(name)) return { commit: name, label: name };
  const tip = await remoteTip(git, name);
  return tip.ok ? { commit: tip.commit, label: `origin/${name}` } : tip;
}

async function localCommit(git: Git, name: string): Promise<string | null> {
  const commit = await git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
  return commit.ok && isCommit(commit.stdout) ? commit.stdout : null;
}

/** Null when there is none, or it is beyond what is in the checkout. */
async function mergeBase({ git, head }: Place, other: string): Promise<string | null> {
  const base = await git(['merge-base', head, other]);
  return base.ok && isCommit(base.stdout) ? base.stdout : null;
}

async function askApi(
  { request: { mergeBaseByApi }, head }: Place,
  base: string,
): Promise<{ readonly commit: string | null; readonly notes: readonly string[] }> {
  try {
    const commit = (await mergeBaseByApi?.(base, head)) ?? null;
    return { commit: commit !== null && isCommit(commit) ? commit : null, notes: [] };
  } catch (error) {
    if (error instanceof UserError) return { commit: null, notes: [error.message] };
    throw error;
  }
}

function found(commit: string, origin: string, notes: readonly string[] = []): BaseCommit {
  return { ok: true, commit, origin, notes };
}

function notThePullRequest(headSha: string): Refusal {
  return refusal(
    `What is checked out is the base branch and not the pull request, whose head is ${headSha}.`,
    'Check out the pull request: leave out "ref" of actions/checkout under `on: pull_request`.',
  );
}

function nothingInCommon(name: string): Refusal {
  return refusal(
    `What is checked out has no commit in common with ${name}.`,
    'Name a branch, tag or commit that it was made from as "base-ref".',
  );
}

function noRefName(name: string): Refusal {
  return refusal(`${JSON.stringify(name)} cannot be the name of a branch, tag or commit.`, 'Correct "base-ref".');
}

function noCommitId(text: string): Refusal {
  return refusal(`The event names ${JSON.stringify(text)} as base, which is no commit id.`, 'Name the base as "base-ref".');
}
