import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { checkedAnswer } from './checked-answer.ts';
import type { ApiRepository } from './client.ts';

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const object = z.object({ sha });
const reference = z.object({ ref: z.string(), object });
const treeEntry = z.object({ path: z.string(), mode: z.string(), type: z.string(), sha, size: z.int().nonnegative().optional() });

/** One line of a tree, as git has it. */
export type TreeEntry = z.infer<typeof treeEntry>;

/** What changes in a tree: a blob of this id or a new one of this text at a path, or nothing any more. */
export type TreeChange = { readonly path: string } & ({ readonly sha: string | null } | { readonly content: string });

/**
 * The objects and branches of a repository through the git data API. Errors are those of octokit. What is named by its
 * content, as git names objects, may be sent twice: the second time changes nothing.
 */
export interface GitData {
  /** The commit of a branch, or null when there is no such branch. */
  tip(branch: string): Promise<string | null>;
  /** The tree of a commit. */
  treeOf(commit: string): Promise<string>;
  /** The top folder of a tree; null when it is longer than GitHub tells. */
  entries(tree: string): Promise<readonly TreeEntry[] | null>;
  blob(id: string): Promise<Buffer>;
  storeBlob(content: Buffer): Promise<string>;
  /** @param base tree that is changed, or null for an empty one */
  storeTree(base: string | null, changes: readonly TreeChange[]): Promise<string>;
  storeCommit(commit: { readonly message: string; readonly tree: string; readonly parents: readonly string[] }): Promise<string>;
  makeBranch(branch: string, commit: string): Promise<void>;
  /** Moves a branch to a descendant of its tip and never anywhere else. */
  advanceBranch(branch: string, commit: string): Promise<void>;
}

/** The git data API of a repository. */
export function gitData(repository: ApiRepository): GitData {
  return { ...objectReads(repository), ...objectWrites(repository), ...branchWrites(repository) };
}

function objectReads({ client, owner, repo, signal }: ApiRepository): Pick<GitData, 'tip' | 'treeOf' | 'entries' | 'blob'> {
  const place = { owner, repo, request: { signal } };
  return {
    // Unlike the call for one reference, this one tells a branch that is not there from a repository that may not be read.
    tip: async (branch) => {
      const { data } = await client().rest.git.listMatchingRefs({ ...place, ref: `heads/${branch}` });
      return checkedAnswer(z.array(reference), data, 'references').find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha ?? null;
    },
    treeOf: async (commit) => {
      const { data } = await client().rest.git.getCommit({ ...place, commit_sha: commit });
      return checkedAnswer(z.object({ tree: object }), data, 'a commit').tree.sha;
    },
    entries: async (tree) => {
      const { data } = await client().rest.git.getTree({ ...place, tree_sha: tree });
      const answer = checkedAnswer(z.object({ truncated: z.boolean(), tree: z.array(treeEntry) }), data, 'a tree');
      return answer.truncated ? null : answer.tree;
    },
    blob: async (id) => {
      const { data } = await client().rest.git.getBlob({ ...place, file_sha: id });
      return Buffer.from(checkedAnswer(z.object({ encoding: z.literal('base64'), content: z.string() }), data, 'a blob').content, 'base64');
    },
  };
}

function objectWrites({ client, owner, repo, signal }: ApiRepository): Pick<GitData, 'storeBlob' | 'storeTree' | 'storeCommit'> {
  const place = { owner, repo, request: { signal, repeatable: true } };
  return {
    storeBlob: async (content) => {
      const encoding = isUtf8(content) ? 'utf-8' : 'base64';
      const { data } = await client().rest.git.createBlob({ ...place, content: content.toString(encoding), encoding });
      return checkedAnswer(object, data, 'a blob').sha;
    },
    storeTree: async (base, changes) => {
      const tree = changes.map((change) => ({ ...change, mode: '100644' as const, type: 'blob' as const }));
      const { data } = await client().rest.git.createTree({ ...place, ...(base === null ? {} : { base_tree: base }), tree });
      return checkedAnswer(object, data, 'a tree').sha;
    },
    storeCommit: async ({ message, tree, parents }) => {
      const { data } = await client().rest.git.createCommit({ ...place, message, tree, parents: [...parents] });
      return checkedAnswer(object, data, 'a commit').sha;
    },
  };
}

function branchWrites({ client, owner, repo, signal }: ApiRepository): Pick<GitData, 'makeBranch' | 'advanceBranch'> {
  const place = { owner, repo, request: { signal } };
  return {
    makeBranch: async (branch, commit) => {
      await client().rest.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: commit });
    },
    advanceBranch: async (branch, commit) => {
      await client().rest.git.updateRef({ ...place, ref: `heads/${branch}`, sha: commit, force: false });
    },
  };
}
