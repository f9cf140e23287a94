import type { Call } from '../call.ts';
import { labelsOf, type PullRequest } from '../pull-requests.ts';
import { apiAddress, instant, nodeId, siteAddress } from '../wire-format.ts';
import { labelDocument } from './label.ts';
import { repositoryDocument, repositoryLink } from './repository.ts';
import { userDocument } from './user.ts';

/** A pull request as a list tells it. */
export function pullRequestSummary(call: Call, pull: PullRequest) {
  return {
    ...{ id: pull.id, node_id: nodeId('PullRequest', pull.id), number: pull.number, title: pull.title, body: null },
    ...{ state: pull.state, locked: pull.locked, draft: pull.draft },
    user: userDocument(call, pull.login),
    ...{ labels: labelsOf(pull).map((label) => labelDocument(call, label)), milestone: null, author_association: 'CONTRIBUTOR' },
    ...{ assignee: null, assignees: [], requested_reviewers: [], requested_teams: [], auto_merge: null },
    ...times(pull),
    merge_commit_sha: pull.mergeCommit,
    head: end(call, pull.head.owner, pull.head.branch, pull.head.sha),
    base: end(call, call.repository.owner, pull.base.branch, pull.base.sha),
    ...links(call, pull),
  };
}

/** A pull request as itself. */
export function pullRequestDocument(call: Call, pull: PullRequest) {
  const mergeable = pull.state === 'open' ? pull.mergeCommit !== null : null;
  return {
    ...pullRequestSummary(call, pull),
    ...{ merged: pull.merged !== null, merged_by: null, mergeable, mergeable_state: mergeable === true ? 'clean' : 'unknown' },
    ...{ rebaseable: null, maintainer_can_modify: false, comments: call.repository.comments.of(pull.number).length },
    ...{ review_comments: 0, commits: 1, additions: 0, deletions: 0, changed_files: 1 },
  };
}

/** A pull request where only its ends are told: in check runs and workflow runs. */
export function pullRequestLink(call: Call, { id, number, head, base }: PullRequest) {
  return {
    ...{ id, number, url: apiAddress(call, 'pulls', number) },
    head: { ref: head.branch, sha: head.sha, repo: repositoryLink(call, head.owner) },
    base: { ref: base.branch, sha: base.sha, repo: repositoryLink(call, call.repository.owner) },
  };
}

function times({ created, updated, state, merged }: PullRequest) {
  return {
    ...{ created_at: instant(created), updated_at: instant(updated) },
    closed_at: state === 'closed' ? instant(updated) : null,
    merged_at: merged === null ? null : instant(merged),
  };
}

function end(call: Call, owner: string, ref: string, sha: string) {
  return { label: `${owner}:${ref}`, ref, sha, user: userDocument(call, owner), repo: repositoryDocument(call, owner) };
}

function links(call: Call, { number, head }: PullRequest) {
  const url = apiAddress(call, 'pulls', number);
  const site = siteAddress(call, 'pull', number);
  const addresses = {
    ...{ commits_url: `${url}/commits`, review_comments_url: `${url}/comments`, review_comment_url: `${url}/comments{/number}` },
    comments_url: apiAddress(call, 'issues', number, 'comments'),
    statuses_url: apiAddress(call, 'statuses', head.sha),
    issue_url: apiAddress(call, 'issues', number),
  };
  const { commits_url, review_comments_url, review_comment_url, comments_url, statuses_url, issue_url } = addresses;
  return {
    ...{ url, html_url: site, diff_url: `${site}.diff`, patch_url: `${site}.patch`, ...addresses },
    _links: {
      ...{ self: { href: url }, html: { href: site }, issue: { href: issue_url }, comments: { href: comments_url } },
      ...{ review_comments: { href: review_comments_url }, review_comment: { href: review_comment_url } },
      ...{ commits: { href: commits_url }, statuses: { href: statuses_url } },
    },
  };
}
