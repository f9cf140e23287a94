import { found } from '../answer.ts';
import type { Call } from '../call.ts';
import { apiAddress, instant, nodeId, siteAddress } from '../wire-format.ts';
import type { Artifact, WorkflowRun } from '../workflow-runs.ts';
import { pullRequestLink } from './pull-request.ts';
import { repositoryDocument, repositoryId } from './repository.ts';
import { userDocument } from './user.ts';

const parts = ['jobs', 'logs', 'check_suite', 'artifacts', 'cancel', 'rerun', 'workflow'];

/** A workflow run. For one of a fork GitHub does not tell the pull request. */
export function workflowRunDocument(call: Call, run: WorkflowRun) {
  const { id, name, event, attempt, head, conclusion, login, created } = run;
  const url = apiAddress(call, 'actions/runs', id);
  const pulls = call.repository.pullRequests.all.filter((pull) => pull.head.sha === head.sha && head.owner === call.repository.owner);
  return {
    ...{ id, node_id: nodeId('WorkflowRun', id), name, display_title: name, event, path: '.github/workflows/ci.yml' },
    ...{ head_branch: head.branch, head_sha: head.sha, run_number: 1, run_attempt: attempt, workflow_id: 1 },
    ...{ status: conclusion === null ? 'in_progress' : 'completed', conclusion, previous_attempt_url: null },
    ...{
      url,
      html_url: siteAddress(call, 'actions/runs', id),
      ...Object.fromEntries(parts.map((part) => [`${part}_url`, `${url}/${part}`])),
    },
    ...{ created_at: instant(created), updated_at: instant(created), run_started_at: instant(created) },
    ...{ actor: userDocument(call, login), triggering_actor: userDocument(call, login) },
    head_commit: headCommit(call, head.sha),
    repository: repositoryDocument(call),
    head_repository: repositoryDocument(call, head.owner),
    pull_requests: event === 'pull_request' ? pulls.map((pull) => pullRequestLink(call, pull)) : [],
  };
}

function headCommit({ repository }: Call, sha: string) {
  const { tree, message, author, committer } = found(repository.objects.commit(sha));
  const person = ({ name, email }: { readonly name: string; readonly email: string }) => ({ name, email });
  return { id: sha, tree_id: tree, message, timestamp: instant(committer.date), author: person(author), committer: person(committer) };
}

/** An artifact of a workflow run. */
export function artifactDocument(call: Call, { id: runId, head }: WorkflowRun, { id, name, content, expired, created }: Artifact) {
  const url = apiAddress(call, 'actions/artifacts', id);
  const [repository, fork] = [repositoryId(call, call.repository.owner), repositoryId(call, head.owner)];
  return {
    ...{ id, node_id: nodeId('Artifact', id), name, size_in_bytes: content.length, url, archive_download_url: `${url}/zip`, expired },
    ...{ created_at: instant(created), updated_at: instant(created), expires_at: instant(created) },
    workflow_run: { id: runId, repository_id: repository, head_repository_id: fork, head_branch: head.branch, head_sha: head.sha },
  };
}
