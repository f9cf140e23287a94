import { context } from '@actions/github';

/** The event a workflow run was started by, as far as the pipeline needs it. */
export interface WorkflowContext {
  /** Head commit of the pull request, else the commit of the event; null when neither is a commit id. */
  readonly commit: string | null;
  /** Unique for one step of one attempt of one job. */
  readonly runId: string;
  /** Whether this run measures the base branch itself and may therefore store a baseline. */
  readonly storesBaseline: boolean;
  /** Tips of the base branch and of the pull request when the event happened; null for other events. */
  readonly pullRequest: { readonly baseSha: string; readonly headSha: string } | null;
  /** What a merge group was put on top of; null for other events. */
  readonly mergeGroupBase: string | null;
}

/** Reads the context of the workflow run from the runner's environment and event payload. */
export function workflowContext(): WorkflowContext {
  const pullRequest = pullRequestOf(context.payload.pull_request);
  const commit = textOrNull(context.payload.pull_request?.['head']?.['sha']) ?? context.sha;
  return {
    commit: /^[0-9a-f]{40}$/.test(commit) ? commit : null,
    runId: `${context.runId}-${context.runAttempt}-${context.job}-${context.action}`,
    storesBaseline: onBaseBranch(context.eventName, context.ref, context.payload.repository?.['default_branch']),
    pullRequest,
    mergeGroupBase: textOrNull(context.payload['merge_group']?.['base_sha']),
  };
}

function pullRequestOf(payload: typeof context.payload.pull_request): WorkflowContext['pullRequest'] {
  const [baseSha, headSha] = [textOrNull(payload?.['base']?.['sha']), textOrNull(payload?.['head']?.['sha'])];
  return baseSha === null || headSha === null ? null : { baseSha, headSha };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A baseline is written by events of the default branch only: a pull request must not choose what it is compared with. */
function onBaseBranch(event: string, ref: string, defaultBranch: unknown): boolean {
  const writes = event === 'push' || event === 'schedule' || event === 'workflow_dispatch';
  return writes && typeof defaultBranch === 'string' && ref === `refs/heads/${defaultBranch}`;
}
