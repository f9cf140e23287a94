import type { WorkflowContext } from '../github/context.ts';
import type { Permission } from '../model/publication.ts';
import type { CommentPolicy } from '../render/comment-policy.ts';

/** What a run is to do on GitHub. */
export interface AskedOfGitHub {
  readonly context: Pick<WorkflowContext, 'pullRequest' | 'trigger' | 'mergeGroupPullRequest' | 'storesBaseline'>;
  readonly comment: CommentPolicy;
  readonly checkRun: boolean;
  /** The label that accepts regressions; null: none does. */
  readonly overrideLabel: string | null;
  /** Whether the run is stored on the branch of the baseline. */
  readonly writesBranch: boolean;
}

/** The permissions that this run needs besides reading the contents; another event of the same workflow may need others. */
export function permissionsOf(asked: AskedOfGitHub): readonly Permission[] {
  const pullRequests: readonly Permission[] = comments(asked)
    ? ['pull-requests: write']
    : readsPeople(asked)
      ? ['pull-requests: read']
      : [];
  return [
    ...(asked.writesBranch ? (['contents: write'] as const) : []),
    ...pullRequests,
    ...(asked.checkRun ? (['checks: write'] as const) : []),
    // The results of another run are an artifact of that run.
    ...(asked.context.trigger === null ? [] : (['actions: read'] as const)),
  ];
}

function comments({ context: { pullRequest, trigger }, comment }: AskedOfGitHub): boolean {
  return comment !== 'off' && (pullRequest !== null || trigger !== null);
}

/** Whether it looks at labels that it may not take off: of a merge group, or of what a push has merged. */
function readsPeople({ context: { mergeGroupPullRequest, storesBaseline }, comment, overrideLabel }: AskedOfGitHub): boolean {
  return overrideLabel !== null && (storesBaseline || (mergeGroupPullRequest !== null && comment !== 'off'));
}
