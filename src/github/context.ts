import { context } from '@actions/github';

/** The event a workflow run was started by, as far as the pipeline needs it. */
export interface WorkflowContext {
  readonly event: string;
  /** Head commit of the pull request, else the commit of the event; null when neither is a commit id. */
  readonly commit: string | null;
  /** Unique for one step of one attempt of one job. */
  readonly runId: string;
  /** Whether this run measures the base branch itself and may therefore store a baseline. */
  readonly storesBaseline: boolean;
}

/** Reads the context of the workflow run from the runner's environment and event payload. */
export function workflowContext(): WorkflowContext {
  const head: unknown = context.payload.pull_request?.['head']?.['sha'];
  const commit = typeof head === 'string' ? head : context.sha;
  return {
    event: context.eventName,
    commit: /^[0-9a-f]{40}$/.test(commit) ? commit : null,
    runId: `${context.runId}-${context.runAttempt}-${context.job}-${context.action}`,
    storesBaseline: onBaseBranch(context.eventName, context.ref, context.payload.repository?.['default_branch']),
  };
}

/** A baseline is written by events of the default branch only: a pull request must not choose what it is compared with. */
function onBaseBranch(event: string, ref: string, defaultBranch: unknown): boolean {
  const writes = event === 'push' || event === 'schedule' || event === 'workflow_dispatch';
  return writes && typeof defaultBranch === 'string' && ref === `refs/heads/${defaultBranch}`;
}
