import { ok } from '../answer.ts';
import { type Call, type Handlers, parameter } from '../call.ts';
import { pullRequestDocument, pullRequestSummary } from '../documents/pull-request.ts';
import { commitsSince } from '../history.ts';
import { pageOf } from '../pagination.ts';
import type { PullRequest } from '../pull-requests.ts';
import { inUse } from './git.ts';

/** Pull requests: one, many, and those of a commit. */
export const pullHandlers: Handlers = {
  'pulls/get': (call) => ok(pullRequestDocument(call, call.repository.pullRequests.get(Number(parameter(call, 'pull_number'))))),
  'pulls/list': (call) => {
    const { state = 'open', head, base } = call.query;
    return listed(
      call,
      call.repository.pullRequests.all.filter(
        (pull) =>
          (state === 'all' || pull.state === state) &&
          // Without an owner GitHub does not filter at all.
          (head === undefined || !head.includes(':') || head === `${pull.head.owner}:${pull.head.branch}`) &&
          (base === undefined || base === pull.base.branch),
      ),
    );
  },
  'repos/list-pull-requests-associated-with-commit': inUse((call) => {
    const sha = parameter(call, 'commit_sha');
    return listed(
      call,
      call.repository.pullRequests.all.filter((pull) => holds(call, pull, sha)),
    );
  }),
};

function listed(call: Call, pulls: readonly PullRequest[]) {
  const { items, headers } = pageOf(call, pulls);
  return ok(
    items.map((pull) => pullRequestSummary(call, pull)),
    headers,
  );
}

/** Whether a commit came with a pull request, or is what that became. */
function holds({ repository: { objects } }: Call, { base, head, merged, mergeCommit }: PullRequest, sha: string): boolean {
  return (merged !== null && sha === mergeCommit) || commitsSince(objects, base.sha, head.sha).includes(sha);
}
