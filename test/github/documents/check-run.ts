import type { Call } from '../call.ts';
import type { Annotation, CheckRun } from '../check-runs.ts';
import { apiAddress, nodeId, siteAddress } from '../wire-format.ts';
import { pullRequestLink } from './pull-request.ts';
import { appDocument } from './user.ts';

/** A check run without its annotations, which are asked for by themselves. */
export function checkRunDocument(call: Call, run: CheckRun) {
  const { id, name, headSha, status, started, completed, title, summary, text } = run;
  const url = apiAddress(call, 'check-runs', id);
  const html = siteAddress(call, 'runs', id);
  const pulls = call.repository.pullRequests.all.filter(({ head, state }) => head.sha === headSha && state === 'open');
  return {
    ...{ id, node_id: nodeId('CheckRun', id), name, head_sha: headSha, url, html_url: html },
    ...{ external_id: run.external_id ?? '', details_url: run.details_url ?? html },
    ...{ status, conclusion: run.conclusion ?? null, started_at: started, completed_at: completed },
    output: { title, summary, text, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: 1 },
    app: appDocument(call, run.login),
    pull_requests: pulls.filter(({ head }) => head.owner === call.repository.owner).map((pull) => pullRequestLink(call, pull)),
  };
}

/** One annotation of a check run of a commit. */
export function annotationDocument(call: Call, commit: string, given: Annotation) {
  const { path, start_line, end_line, annotation_level, message } = given;
  return {
    ...{ path, start_line, end_line, annotation_level, message, title: given.title ?? null, raw_details: given.raw_details ?? null },
    ...{ start_column: given.start_column ?? null, end_column: given.end_column ?? null },
    blob_href: siteAddress(call, 'blob', commit, path),
  };
}
