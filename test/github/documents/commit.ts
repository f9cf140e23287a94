import { found } from '../answer.ts';
import type { Call } from '../call.ts';
import type { Commit, Signature } from '../git-objects.ts';
import type { FileChange } from '../tree-difference.ts';
import { apiAddress, instant, nodeId, siteAddress } from '../wire-format.ts';
import { userDocument } from './user.ts';

/** What GitHub says of a commit that nobody signed. */
const verification = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** A commit as the git data API knows it. */
export function gitCommitDocument(call: Call, sha: string) {
  const commit = found(call.repository.objects.commit(sha));
  return {
    ...{ sha, node_id: nodeId('Commit', sha), message: commit.message, verification, ...signatures(commit) },
    url: apiAddress(call, 'git/commits', sha),
    html_url: siteAddress(call, 'commit', sha),
    tree: treeLink(call, commit),
    parents: commit.parents.map((parent) => parentLink(call, parent, 'git/commits')),
  };
}

/** A commit as the rest of the API knows it. */
export function commitDocument(call: Call, sha: string) {
  const commit = found(call.repository.objects.commit(sha));
  return {
    ...{ sha, node_id: nodeId('Commit', sha) },
    url: apiAddress(call, 'commits', sha),
    html_url: siteAddress(call, 'commit', sha),
    comments_url: apiAddress(call, 'commits', sha, 'comments'),
    commit: {
      ...{ message: commit.message, comment_count: 0, verification, ...signatures(commit) },
      url: apiAddress(call, 'git/commits', sha),
      tree: treeLink(call, commit),
    },
    author: userDocument(call, commit.author.name),
    committer: userDocument(call, commit.committer.name),
    parents: commit.parents.map((parent) => parentLink(call, parent, 'commits')),
  };
}

/** What a commit or a comparison did to one file. */
export function fileDocument(call: Call, commit: string, { path, status, sha, additions, deletions }: FileChange) {
  return {
    ...{ sha, filename: path, status, additions, deletions, changes: additions + deletions },
    blob_url: siteAddress(call, 'blob', commit, path),
    raw_url: siteAddress(call, 'raw', commit, path),
    contents_url: `${apiAddress(call, 'contents', encodeURIComponent(path))}?ref=${commit}`,
  };
}

function treeLink(call: Call, { tree }: Commit) {
  return { sha: tree, url: apiAddress(call, 'git/trees', tree) };
}

function parentLink(call: Call, sha: string, kind: string) {
  return { sha, url: apiAddress(call, kind, sha), html_url: siteAddress(call, 'commit', sha) };
}

function signatures({ author, committer }: Commit) {
  const written = ({ name, email, date }: Signature) => ({ name, email, date: instant(date) });
  return { author: written(author), committer: written(committer) };
}
