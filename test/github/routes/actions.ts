import { ok, Refusal } from '../answer.ts';
import { type Call, type Handlers, parameter } from '../call.ts';
import { artifactDocument, workflowRunDocument } from '../documents/workflow-run.ts';
import { pageOf } from '../pagination.ts';

/** Workflow runs and what they left. */
export const actionsHandlers: Handlers = {
  'actions/get-workflow-run': (call) => {
    const document = workflowRunDocument(call, runOf(call));
    return ok(call.query['exclude_pull_requests'] === 'true' ? { ...document, pull_requests: [] } : document);
  },
  'actions/list-workflow-run-artifacts': (call) => {
    const run = runOf(call);
    const { name: wanted } = call.query;
    const artifacts = run.artifacts.filter(({ name }) => wanted === undefined || name === wanted);
    const { items, headers } = pageOf(call, artifacts);
    return ok({ total_count: artifacts.length, artifacts: items.map((artifact) => artifactDocument(call, run, artifact)) }, headers);
  },
  'actions/get-artifact': (call) => {
    const { artifact, run } = artifactOf(call);
    return ok(artifactDocument(call, run, artifact));
  },
  'actions/download-artifact': (call) => {
    const { expired, content } = artifactOf(call).artifact;
    if (expired) throw new Refusal(410, 'Artifact has expired');
    return { status: 302, headers: { location: call.repository.downloads.offer('application/zip', content) } };
  },
};

function runOf(call: Call) {
  return call.repository.workflowRuns.get(Number(parameter(call, 'run_id')));
}

function artifactOf(call: Call) {
  return call.repository.workflowRuns.artifact(Number(parameter(call, 'artifact_id')));
}
