import { found, ok, Refusal } from '../answer.ts';
import { type Call, type Handlers, parameter } from '../call.ts';
import { tarball } from '../checkout.ts';
import { commitDocument, fileDocument } from '../documents/commit.ts';
import { commitsSince, log, mergeBase, touches } from '../history.ts';
import { pageOf } from '../pagination.ts';
import { treeDifference } from '../tree-difference.ts';
import { apiAddress, siteAddress } from '../wire-format.ts';
import { inUse } from './git.ts';

/** Most files that a comparison names. */
const mostFiles = 300;

/** Commits, what is between two, and what is in one. */
export const commitHandlers: Handlers = {
  'repos/list-commits': inUse((call) => {
    const { objects } = call.repository;
    const { sha: start, path, since, until } = call.query;
    const tip = resolved(call, start ?? call.repository.defaultBranch);
    const wanted = log(objects, tip).filter((sha) => {
      const time = objects.commit(sha)?.committer.date ?? new Date(0);
      const inTime = (since === undefined || time >= new Date(since)) && (until === undefined || time <= new Date(until));
      return inTime && (path === undefined || touches(objects, sha, path));
    });
    const { items, headers } = pageOf(call, wanted);
    return ok(
      items.map((sha) => commitDocument(call, sha)),
      headers,
    );
  }),
  'repos/get-commit': inUse((call) => {
    const name = parameter(call, 'ref');
    const sha = call.repository.references.resolve(name);
    if (sha === null) throw new Refusal(422, `No commit found for SHA: ${name}`);
    if (call.accept.includes('sha'))
      return { status: 200, body: Buffer.from(sha), headers: { 'content-type': 'application/vnd.github.sha' } };
    const { objects } = call.repository;
    const files = treeDifference(objects, objects.commit(sha)?.parents[0] ?? null, sha);
    const additions = files.reduce((sum, file) => sum + file.additions, 0);
    const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
    const stats = { additions, deletions, total: additions + deletions };
    return ok({ ...commitDocument(call, sha), stats, files: files.map((file) => fileDocument(call, sha, file)) });
  }),
  'repos/compare-commits-with-basehead': inUse((call) => {
    const [base = '', head = ''] = parameter(call, 'basehead').split('...');
    return comparison(call, base, head);
  }),
  'repos/download-tarball-archive': inUse(async (call) => {
    const { objects, owner, name, downloads } = call.repository;
    const sha = resolved(call, parameter(call, 'ref'));
    const location = downloads.offer('application/x-gzip', await tarball(objects, sha, `${owner}-${name}-${sha.slice(0, 7)}`));
    return { status: 302, headers: { location } };
  }),
};

function resolved({ repository }: Call, name: string): string {
  return found(repository.references.resolve(name));
}

function comparison(call: Call, base: string, head: string) {
  const { objects } = call.repository;
  const [from, to] = [resolved(call, base), resolved(call, head)];
  const shared = found(mergeBase(objects, from, to), `No common ancestor between ${base} and ${head}.`);
  const ahead = commitsSince(objects, from, to).toReversed();
  const behind = commitsSince(objects, to, from).length;
  const { items, headers } = pageOf(call, ahead, 250, 250);
  // Files are told on the first page only.
  const files = Number(call.query['page'] ?? 1) > 1 ? [] : treeDifference(objects, shared, to).slice(0, mostFiles);
  const site = siteAddress(call, 'compare', `${base}...${head}`);
  const body = {
    ...{ url: apiAddress(call, 'compare', `${base}...${head}`), html_url: site, permalink_url: site },
    ...{ diff_url: `${site}.diff`, patch_url: `${site}.patch` },
    ...{ base_commit: commitDocument(call, from), merge_base_commit: commitDocument(call, shared) },
    ...{ status: statusOf(ahead.length, behind), ahead_by: ahead.length, behind_by: behind, total_commits: ahead.length },
    commits: items.map((sha) => commitDocument(call, sha)),
    files: files.map((file) => fileDocument(call, to, file)),
  };
  return ok(body, headers);
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
