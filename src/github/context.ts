import { context } from '@actions/github';
import { UserError } from '../model/user-error.ts';
import { reportingJobToken } from './reporting-job.ts';
import { type TriggeringRun, triggeringRun } from './workflow-run.ts';

/** The event a workflow run was started by, as far as the pipeline needs it. */
export interface WorkflowContext {
  /** "pull_request", "push", … */
  readonly eventName: string;
  /** Head commit of the pull request or of the run that is reported on, else the commit of the event; null when it is no commit id. */
  readonly commit: string | null;
  /** The same for every job of a matrix: the step in one attempt. */
  readonly runId: string;
  /** Tells this step from that of every other job of the attempt, 12 hex digits. */
  readonly jobToken: string;
  /** The run that measured, by which reports are told older from newer: this one, or the one that is reported on. */
  readonly run: { readonly id: number; readonly attempt: number };
  /** The page of this run. */
  readonly runUrl: string;
  /** Whether this run measures the base branch itself and may therefore store a baseline. */
  readonly storesBaseline: boolean;
  /** The pull request that the event is about; null for other events. */
  readonly pullRequest: EventPullRequest | null;
  /** What a merge group was put on top of; null for other events. */
  readonly mergeGroupBase: string | null;
  /** Number of the pull request that a merge group ends with; null for other events. */
  readonly mergeGroupPullRequest: number | null;
  /** The run whose end started this one; null for other events. */
  readonly trigger: TriggeringRun | null;
  /** What a push to the default branch brought, newest first, as far as GitHub names it; empty for other events. */
  readonly pushed: readonly string[];
  readonly defaultBranch: string | null;
}

/** A pull request as the payload of its event tells it. */
export interface EventPullRequest {
  /** Null for events that are about something else on it. */
  readonly number: number | null;
  /** Tips of the base branch and of the pull request when the event happened. */
  readonly baseSha: string;
  readonly headSha: string;
  /** Whether it comes from another repository, so that the token may write nothing. */
  readonly fromFork: boolean;
}

/** Where the context is read from: what the runner told this process. */
export type EventSource = Pick<
  typeof context,
  'payload' | 'eventName' | 'sha' | 'ref' | 'runId' | 'runAttempt' | 'job' | 'action' | 'serverUrl'
>;

/**
 * Reads the context of the workflow run from the runner's environment and event payload.
 *
 * @param repository "owner/name"
 * @throws UserError for a `workflow_run` event that does not say which run it is about
 */
export function workflowContext(source: EventSource = context, repository = process.env['GITHUB_REPOSITORY'] ?? ''): WorkflowContext {
  const { payload, eventName, ref, runId, runAttempt, job, action } = source;
  const trigger = eventName === 'workflow_run' ? triggeringRun(payload['workflow_run']) : null;
  const commit = trigger?.headSha ?? textOrNull(payload.pull_request?.['head']?.['sha']) ?? source.sha;
  const defaultBranch = textOrNull(payload.repository?.['default_branch']);
  return {
    ...{ eventName, trigger, defaultBranch },
    commit: isCommit(commit) ? commit : null,
    runId: `${runId}-${runAttempt}-${job}-${action}`,
    jobToken: reportingJobToken(process.env, action),
    run: { id: trigger?.id ?? runId, attempt: trigger?.attempt ?? (Number.isSafeInteger(runAttempt) ? runAttempt : 1) },
    runUrl: `${source.serverUrl}/${repository}/actions/runs/${runId}`,
    storesBaseline: onBaseBranch(eventName, ref, defaultBranch),
    pullRequest: pullRequestOf(eventName, payload.pull_request),
    mergeGroupBase: textOrNull(payload['merge_group']?.['base_sha']),
    mergeGroupPullRequest: queuedPullRequest(payload['merge_group']?.['head_ref']),
    pushed: eventName === 'push' && onBaseBranch(eventName, ref, defaultBranch) ? pushedCommits(source) : [],
  };
}

/**
 * Refuses to run workloads where an event of the outside world comes with the rights of the repository: whoever opened
 * the pull request would have them. Planning is refused too, because the Pythons that are started for it are named by
 * the tree.
 *
 * @throws UserError that says how to measure and report in two workflows
 */
export function refuseForeignCode(eventName: string, mode: 'all' | 'plan' | 'measure' | 'report'): void {
  if (mode === 'report' || (eventName !== 'pull_request_target' && eventName !== 'workflow_run')) return;
  throw new UserError(
    `"mode: ${mode}" would run code of a pull request under "${eventName}", with the rights of this repository.`,
    'Measure under "pull_request" and report under "workflow_run" with "mode: report", as docs/security.md shows; nothing was run.',
  );
}

function pullRequestOf(eventName: string, payload: EventSource['payload']['pull_request']): EventPullRequest | null {
  const [base, head] = [payload?.['base'], payload?.['head']];
  const [baseSha, headSha] = [textOrNull(base?.['sha']), textOrNull(head?.['sha'])];
  if (baseSha === null || headSha === null) return null;
  const [into, from] = [textOrNull(base['repo']?.['full_name']), textOrNull(head['repo']?.['full_name'])];
  const isAbout = eventName === 'pull_request' || eventName === 'pull_request_target';
  const number = isAbout && Number.isSafeInteger(payload?.number) ? (payload?.number ?? null) : null;
  return { number, baseSha, headSha, fromFork: into !== null && into !== from };
}

/** "refs/heads/gh-readonly-queue/main/pr-7-1a2b…": the payload names the pull request in no other way. */
function queuedPullRequest(headRef: unknown): number | null {
  const [, number] = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,10})-[0-9a-f]{40}$/.exec(textOrNull(headRef) ?? '') ?? [];
  return number === undefined ? null : Number(number);
}

function pushedCommits({ payload, sha }: EventSource): readonly string[] {
  const commits: unknown = payload['commits'];
  const named = Array.isArray(commits) ? commits.map((commit: unknown) => idOf(commit)) : [];
  return [...new Set([sha, ...named.toReversed()])].filter((commit) => isCommit(commit));
}

function idOf(commit: unknown): string {
  return typeof commit === 'object' && commit !== null && 'id' in commit ? String(commit.id) : '';
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A baseline is written by events of the default branch only: a pull request must not choose what it is compared with. */
function onBaseBranch(event: string, ref: string, defaultBranch: string | null): boolean {
  const writes = event === 'push' || event === 'schedule' || event === 'workflow_dispatch';
  return writes && defaultBranch !== null && ref === `refs/heads/${defaultBranch}`;
}
