import { createHash } from 'node:crypto';
import { mapInParallel } from '../model/map-in-parallel.ts';
import { UserError } from '../model/user-error.ts';
import { type ApiRepository, apiFault, type TokenUse } from './client.ts';
import { commitHistory } from './commit-history.ts';
import { answerText, type FailedRequest, isFailedRequest, isUnanswered, rateLimitOf } from './failed-request.ts';
import { type GitData, gitData, type TreeChange, type TreeEntry } from './git-data.ts';

/** What becomes of files, by name: bytes, which are sent by themselves, a short text, which travels with the tree, or null. */
type Contents = ReadonlyMap<string, Buffer | string | null>;

/** A branch at one moment: its commit, or null before there is one, and what is in its top folder. */
interface Moment {
  readonly commit: string | null;
  /** Name of the content of each file and its size in bytes, by file name. */
  readonly files: ReadonlyMap<string, { readonly id: string; readonly size: number }>;
  /** Names of folders, links and submodules. */
  readonly others: readonly string[];
}

type Outcome =
  | { readonly kind: 'stored' }
  | { readonly kind: 'overtaken'; readonly reason: string }
  | { readonly kind: 'unanswered'; readonly commit: string; readonly reason: string };

/** Files of the top folder of a branch, read at one commit and changed by one commit on top of it. */
export interface GitBranch {
  readonly name: string;
  readonly signal: AbortSignal;
  moment(): Promise<Moment>;
  content(id: string): Promise<Buffer>;
  commit(onto: Moment, message: string, changes: Contents): Promise<Outcome>;
  holds(tip: string, commits: readonly string[]): Promise<boolean>;
}

/** How far back a commit is looked for that may have been put on the branch seconds ago. */
const recentCommits = 100;

/** Files that are sent at the same time. */
const atOnce = 4;

/** All that a branch is worked on with. */
interface Access {
  readonly name: string;
  readonly repository: ApiRepository;
  readonly data: GitData;
}

/** A branch of a repository through the git data API: no checkout, no git. What was read once is not asked for again. */
export function gitBranch(repository: ApiRepository, name: string): GitBranch {
  const data = remembering(gitData(repository));
  const access = { name, repository, data };
  const reading = <T>(work: () => Promise<T>) => explained(access, 'read', work);
  return {
    name,
    signal: repository.signal,
    moment: () => reading(() => readMoment(access)),
    content: (id) => reading(() => data.blob(id)),
    commit: (onto, message, changes) => explained(access, 'write', () => putCommit(access, onto, { message, changes })),
    holds: async (tip, commits) => {
      const recent = await commitHistory(repository, tip, { limit: recentCommits });
      return commits.some((commit) => recent.commits.has(commit));
    },
  };
}

/** Objects never change, so that each needs to be read or sent once only. */
function remembering(data: GitData): GitData {
  const itself = (id: string) => id;
  return {
    ...data,
    treeOf: once(data.treeOf, itself),
    entries: once(data.entries, itself),
    blob: once(data.blob, itself),
    storeBlob: once(data.storeBlob, (content) => createHash('sha256').update(content).digest('hex')),
  };
}

function once<Key, Result>(ask: (key: Key) => Promise<Result>, nameOf: (key: Key) => string): (key: Key) => Promise<Result> {
  const answers = new Map<string, Promise<Result>>();
  return (key) => {
    const name = nameOf(key);
    const answer = answers.get(name) ?? ask(key);
    answers.set(name, answer);
    answer.catch(() => answers.delete(name));
    return answer;
  };
}

async function explained<T>({ name, repository }: Access, use: TokenUse, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw apiFault(error, `the branch ${name}`, repository, use);
  }
}

async function readMoment({ name, data }: Access): Promise<Moment> {
  const commit = await data.tip(name);
  if (commit === null) return { commit, files: new Map(), others: [] };
  const entries = await data.entries(await data.treeOf(commit));
  if (entries === null) throw tooLong(name);
  const files = entries.filter(isFile).map(({ path, sha, size = 0 }) => [path, { id: sha, size }] as const);
  return { commit, files: new Map(files), others: entries.filter((entry) => !isFile(entry)).map(({ path }) => path) };
}

/** A link is a blob too. */
function isFile({ type, mode }: TreeEntry): boolean {
  return type === 'blob' && mode.startsWith('100');
}

function tooLong(name: string): UserError {
  return new UserError(
    `The branch ${name} has more files than GitHub lists, which no baseline has.`,
    'Name another branch with "baseline-branch"; nothing was changed.',
  );
}

interface Change {
  readonly message: string;
  readonly changes: Contents;
}

async function putCommit(access: Access, onto: Moment, change: Change): Promise<Outcome> {
  try {
    const commit = await makeCommit(access, onto, change);
    return await moveBranch(access, onto, commit);
  } catch (error) {
    if (isFailedRequest(error) && isConflict(error)) return { kind: 'overtaken', reason: reasonOf(error) };
    throw error;
  }
}

async function makeCommit({ data }: Access, onto: Moment, { message, changes }: Change): Promise<string> {
  const real = [...changes].filter(([path, content]) => content === null || gitId(content) !== onto.files.get(path)?.id);
  const tree = await mapInParallel(real, { atOnce }, async ([path, content]): Promise<TreeChange> => {
    if (content === null) return { path, sha: null };
    return typeof content === 'string' ? { path, content } : { path, sha: await data.storeBlob(content) };
  });
  const base = onto.commit === null ? null : await data.treeOf(onto.commit);
  const parents = onto.commit === null ? [] : [onto.commit];
  return data.storeCommit({ message, tree: await data.storeTree(base, tree), parents });
}

/** The name of a content, as git gives it: what is there already need not be sent. */
function gitId(content: Buffer | string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0`)
    .update(content)
    .digest('hex');
}

/** The comparison and the exchange: GitHub takes a descendant of the tip only, or a name that is free. */
async function moveBranch({ name, data, repository }: Access, onto: Moment, commit: string): Promise<Outcome> {
  try {
    await (onto.commit === null ? data.makeBranch(name, commit) : data.advanceBranch(name, commit));
    return { kind: 'stored' };
  } catch (error) {
    if (!isFailedRequest(error) || repository.signal.aborted) throw error;
    if (isForbidden(error)) throw forbidden(name, error);
    if (isUnanswered(error)) return { kind: 'unanswered', commit, reason: reasonOf(error) };
    throw error;
  }
}

/** Another writer was first, or what was just written is not to be seen everywhere yet. */
function isConflict({ status }: FailedRequest): boolean {
  return status === 409 || status === 422;
}

/** A rule of the repository stands against it, which no further attempt changes. */
function isForbidden(error: FailedRequest): boolean {
  return error.status === 422 && rateLimitOf(error) === null && /rule violation|protected branch|hook declined/i.test(error.message);
}

function forbidden(name: string, error: FailedRequest): UserError {
  return new UserError(
    `A rule of the repository forbids writing to the branch ${name} (422: ${answerText(error)}).`,
    'Let the job\'s token past that rule, or name a branch outside it with "baseline-branch"; nothing was stored.',
  );
}

function reasonOf(error: FailedRequest): string {
  return error.response === undefined ? answerText(error) : `${error.status}: ${answerText(error)}`;
}
