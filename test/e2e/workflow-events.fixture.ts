import type { PullRequest } from '../github/pull-requests.ts';
import type { Repository } from '../github/repository.ts';

/** What starts a workflow run, as the runner tells it to the steps. */
export interface WorkflowEvent {
  readonly event: string;
  /** GITHUB_REF. */
  readonly ref: string;
  /** GITHUB_SHA, which is also what actions/checkout takes. */
  readonly sha: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Variables that only this event brings. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A run whose end starts another one. */
export interface EndedRun {
  readonly id: number;
  readonly attempt?: number;
  readonly head: PullRequest['head'];
}

/** The branch that a merge queue makes for a pull request. */
export const queueBranch = (number: number, base: string) => `gh-readonly-queue/main/pr-${number}-${base}`;

/** A push to a pull request: what is checked out is its test merge. */
export function pullRequestEvent(repository: Repository, number: number, event = 'pull_request'): WorkflowEvent {
  const pull = repository.pullRequests.get(number);
  const { base, head, mergeCommit } = pull;
  if (mergeCommit === null) throw new Error(`#${number} cannot be merged`);
  const payload = { action: 'synchronize', number, pull_request: pullRequestPayload(repository, pull), ...common(repository, pull.login) };
  const environment = { GITHUB_HEAD_REF: head.branch, GITHUB_BASE_REF: base.branch };
  // The trusted event is of the default branch, whatever the pull request holds.
  return event === 'pull_request'
    ? { event, payload, environment, ref: `refs/pull/${number}/merge`, sha: mergeCommit }
    : { event, payload, environment, ...defaultBranch(repository) };
}

/** A push to the default branch that brought these commits, oldest first. */
export function pushEvent(repository: Repository, commits: readonly string[], before = '0'.repeat(40)): WorkflowEvent {
  const { ref, sha } = defaultBranch(repository);
  const listed = commits.map((id) => ({ id, message: 'x', distinct: true }));
  const head = listed.at(-1) ?? null;
  const payload = { ref, before, after: sha, forced: false, commits: listed, head_commit: head, ...common(repository, 'maintainer') };
  return { event: 'push', ref, sha, payload };
}

export function scheduleEvent(repository: Repository): WorkflowEvent {
  return { event: 'schedule', ...defaultBranch(repository), payload: { schedule: '17 3 * * 1', ...common(repository, 'maintainer') } };
}

/** A merge queue that tries a pull request; its branch must be there. */
export function mergeGroupEvent(repository: Repository, number: number): WorkflowEvent {
  const { base } = repository.pullRequests.get(number);
  const ref = `refs/heads/${queueBranch(number, base.sha)}`;
  const sha = tip(repository, ref);
  const group = { head_sha: sha, head_ref: ref, base_sha: base.sha, base_ref: `refs/heads/${base.branch}`, head_commit: { id: sha } };
  const payload = { action: 'checks_requested', merge_group: group, ...common(repository, 'maintainer') };
  return { event: 'merge_group', ref, sha, payload };
}

/** The end of a run that another workflow waits for. GitHub names no pull request where it comes from a fork. */
export function workflowRunEvent(repository: Repository, { id, attempt = 1, head }: EndedRun): WorkflowEvent {
  const run = {
    ...{ id, name: 'Concurrency', event: 'pull_request', status: 'completed', conclusion: 'success', run_attempt: attempt },
    ...{ head_branch: head.branch, head_sha: head.sha, pull_requests: [], workflow_id: 1 },
    head_repository: { full_name: `${head.owner}/${repository.name}`, fork: head.owner !== repository.owner },
    repository: { full_name: repository.fullName },
  };
  const payload = { action: 'completed', workflow_run: run, workflow: { name: 'Concurrency' }, ...common(repository, head.owner) };
  return { event: 'workflow_run', ...defaultBranch(repository), payload };
}

function pullRequestPayload(repository: Repository, { number, title, state, draft, base, head, mergeCommit, login }: PullRequest) {
  const side = (owner: string, branch: string, sha: string) => ({
    ...{ label: `${owner}:${branch}`, ref: branch, sha, user: { login: owner } },
    repo: { name: repository.name, full_name: `${owner}/${repository.name}`, fork: owner !== repository.owner },
  });
  return {
    ...{ number, title, state, draft, user: { login }, merge_commit_sha: mergeCommit, labels: [] },
    head: side(head.owner, head.branch, head.sha),
    base: side(repository.owner, base.branch, base.sha),
  };
}

function common({ name, fullName, owner, isPublic, defaultBranch: branch }: Repository, login: string) {
  const repository = {
    ...{ id: 1, name, full_name: fullName, default_branch: branch, private: !isPublic, fork: false },
    owner: { login: owner },
  };
  return { repository, sender: { login, type: 'User' } };
}

function defaultBranch(repository: Repository) {
  const ref = `refs/heads/${repository.defaultBranch}`;
  return { ref, sha: tip(repository, ref) };
}

function tip({ references }: Repository, ref: string): string {
  const sha = references.current(ref);
  if (sha === null) throw new Error(`there is no ${ref}`);
  return sha;
}
