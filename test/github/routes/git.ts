import { z } from 'zod';
import { created, found, gone, ok, Refusal } from '../answer.ts';
import { type Call, type Handler, type Handlers, parameter } from '../call.ts';
import { gitCommitDocument } from '../documents/commit.ts';
import type { Signature } from '../git-objects.ts';
import { editTree, listTree, type TreeChange } from '../tree-edit.ts';
import { apiAddress, nodeId, wrapped } from '../wire-format.ts';

const blobBody = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') });
const treeEntry = z.object({ path: z.string(), mode: z.string(), sha: z.string().nullish(), content: z.string().optional() });
const treeBody = z.object({ tree: z.array(treeEntry), base_tree: z.string().optional() });
const signature = z.object({ name: z.string(), email: z.string(), date: z.iso.datetime({ offset: true }).optional() });
const commitBody = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: signature.optional(),
  committer: signature.optional(),
});
const refBody = z.object({ ref: z.string(), sha: z.string() });
const refUpdate = z.object({ sha: z.string(), force: z.boolean().default(false) });

/** The git data API of a repository that has at least one commit. */
export const gitHandlers: Handlers = {
  'git/create-blob': inUse((call) => {
    const { content, encoding } = blobBody.parse(call.body);
    const sha = call.repository.objects.add('blob', Buffer.from(content, encoding));
    return created({ sha, url: apiAddress(call, 'git/blobs', sha) }, apiAddress(call, 'git/blobs', sha));
  }),
  'git/get-blob': inUse((call) => {
    const sha = parameter(call, 'file_sha');
    const content = found(call.repository.objects.blob(sha));
    if (call.accept.includes('raw')) return { status: 200, body: content, headers: { 'content-type': 'application/vnd.github.raw' } };
    const size = content.length;
    return ok({ sha, size, node_id: nodeId('Blob', sha), url: call.url.href, encoding: 'base64', content: wrapped(content) });
  }),
  'git/create-tree': inUse((call) => {
    const { tree, base_tree: base } = treeBody.parse(call.body);
    const { objects } = call.repository;
    if (base !== undefined && objects.tree(base) === null) throw new Refusal(404, 'base_tree is not a valid tree oid');
    const sha = editTree(objects, base ?? null, tree.map(changeOf(call)));
    return created(treeDocument(call, sha, false), apiAddress(call, 'git/trees', sha));
  }),
  'git/get-tree': inUse((call) => {
    const name = parameter(call, 'tree_sha');
    const sha = found(call.repository.objects.type(name) === 'tree' ? name : call.repository.references.resolve(name));
    return ok(treeDocument(call, sha, call.query['recursive'] !== undefined));
  }),
  'git/create-commit': inUse((call) => {
    const { message, tree, parents, author, committer } = commitBody.parse(call.body);
    const { objects } = call.repository;
    if (objects.type(tree) !== 'tree') throw new Refusal(422, 'Tree SHA does not exist');
    if (parents.some((parent) => objects.type(parent) !== 'commit'))
      throw new Refusal(422, 'Parent SHA does not exist or is not a commit object');
    const written = signed(call, author);
    const sha = objects.addCommit({ message, tree, parents, author: written, committer: committer ? signed(call, committer) : written });
    return created(gitCommitDocument(call, sha), apiAddress(call, 'git/commits', sha));
  }),
  'git/get-commit': inUse((call) => {
    const sha = parameter(call, 'commit_sha');
    found(call.repository.objects.commit(sha));
    return ok(gitCommitDocument(call, sha));
  }),
  'git/get-ref': inUse((call) => {
    const name = `refs/${parameter(call, 'ref')}`;
    return ok(reference(call, name, found(call.repository.references.read(name))));
  }),
  'git/list-matching-refs': inUse((call) => {
    const matching = call.repository.references.beginning(`refs/${parameter(call, 'ref')}`);
    return ok(matching.map(([name, sha]) => reference(call, name, sha)));
  }),
  'git/create-ref': inUse((call) => {
    const { ref, sha } = refBody.parse(call.body);
    call.repository.references.create(ref, sha);
    return created(reference(call, ref, sha), apiAddress(call, 'git', ref));
  }),
  'git/update-ref': inUse((call) => {
    const name = `refs/${parameter(call, 'ref')}`;
    const { sha, force } = refUpdate.parse(call.body);
    call.repository.references.update(name, sha, force);
    return ok(reference(call, name, sha));
  }),
  'git/delete-ref': inUse((call) => {
    call.repository.references.delete(`refs/${parameter(call, 'ref')}`);
    return gone;
  }),
};

/** Answers 409 until the repository has its first branch, as GitHub does. */
export function inUse(handler: Handler): Handler {
  return (call) => {
    if (call.repository.references.empty) throw new Refusal(409, 'Git Repository is empty.');
    return handler(call);
  };
}

function changeOf({ repository: { objects } }: Call): (entry: z.infer<typeof treeEntry>) => TreeChange {
  return ({ path, mode, sha, content }) => {
    if (content !== undefined) return { path, mode, sha: objects.add('blob', Buffer.from(content)) };
    if (sha === undefined) throw new Refusal(422, 'Must supply either tree.sha or tree.content');
    if (typeof sha === 'string' && mode !== '160000' && objects.type(sha) === null)
      throw new Refusal(422, `tree.sha ${sha} is not a valid blob`);
    return { path, mode, sha };
  };
}

function treeDocument(call: Call, sha: string, recursive: boolean) {
  const { objects, treeLimit } = call.repository;
  const items = listTree(objects, sha, recursive);
  const tree = items.slice(0, treeLimit).map((item) => ({ ...item, url: apiAddress(call, `git/${item.type}s`, item.sha) }));
  return { sha, url: apiAddress(call, 'git/trees', sha), tree, truncated: items.length > treeLimit };
}

function signed({ token, repository }: Call, given: z.infer<typeof signature> | undefined): Signature {
  const login = token?.login ?? 'nobody';
  const { name = login, email = `${login}@users.noreply.github.com`, date } = given ?? {};
  return { name, email, date: date === undefined ? repository.now() : new Date(date) };
}

function reference(call: Call, name: string, sha: string) {
  const type = call.repository.objects.type(sha) ?? 'commit';
  const object = { type, sha, url: apiAddress(call, `git/${type}s`, sha) };
  return { ref: name, node_id: nodeId('Ref', name), url: apiAddress(call, 'git', name), object };
}
