import { commitsSince, mergeBase } from './history.ts';
import { importGit } from './import-git.ts';
import type { PullRequest } from './pull-requests.ts';
import type { Repository } from './repository.ts';
import { asEdits, treeDifference } from './tree-difference.ts';
import { editTree } from './tree-edit.ts';
import type { WorkflowRun } from './workflow-runs.ts';

export interface CommitSeed {
  /** What is different from the first parent: text by path, null for a file that is gone. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Commits before it; the tip of `branch` unless said, none for a first commit. */
  readonly parents?: readonly string[];
  /** Branch that is moved to it; "someone:branch" is one of a fork. */
  readonly branch?: string;
  readonly message?: string;
  readonly author?: string;
  /** Of author and committer; the present unless said. */
  readonly date?: Date;
}

export interface PullRequestSeed {
  /** Branch it comes from, which is there; "someone:branch" is one of a fork. */
  readonly head: string;
  /** Branch it goes into; the default branch unless said. */
  readonly base?: string;
  readonly title?: string;
  readonly login?: string;
  readonly draft?: boolean;
  readonly locked?: boolean;
}

/** Makes what people did: before the test began, or between two runs of what is tested. Nothing here goes through the API. */
export class Seed {
  readonly #repository: Repository;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Makes a commit and returns its name. */
  commit({ files = {}, parents, branch, message = 'x', author = 'maintainer', date }: CommitSeed = {}): string {
    const { objects, references, now } = this.#repository;
    const tip = branch === undefined ? null : references.current(branchReference(branch));
    const before = parents ?? (tip === null ? [] : [tip]);
    const changes = Object.entries(files).map(([path, content]) => ({
      ...{ path, mode: '100644', sha: content === null ? null : objects.add('blob', Buffer.from(content)) },
    }));
    const signature = { name: author, email: `${author}@example.org`, date: date ?? now() };
    const tree = editTree(objects, before[0] ?? null, changes);
    const sha = objects.addCommit({ tree, parents: before, author: signature, committer: signature, message });
    if (branch !== undefined) this.branch(branch, sha);
    return sha;
  }

  /** Points a branch at a commit, whatever it pointed at; its pull requests follow. */
  branch(name: string, sha: string): void {
    this.#repository.references.set(branchReference(name), sha);
    for (const pull of this.#repository.pullRequests.all)
      if (pull.state === 'open' && headName(this.#repository, pull) === name) this.#push(pull);
  }

  /** Takes over every object and branch of a git repository of this machine. */
  import(folder: string): void {
    importGit(folder, this.#repository);
  }

  /** Opens a pull request and returns its number. */
  pullRequest({ head, base, title = 'A change', login = 'contributor', draft = false, locked = false }: PullRequestSeed): number {
    const { owner, defaultBranch, pullRequests, references, now } = this.#repository;
    const number = pullRequests.all.length + 1;
    const [fork, branch] = head.includes(':') ? head.split(':') : [owner, head];
    const into = base ?? defaultBranch;
    const sha = references.current(branchReference(into));
    if (sha === null || branch === undefined || fork === undefined) throw new Error(`no branch ${into} or ${head}`);
    this.#push({
      ...{ id: this.#repository.nextId(), number, title, login, draft, locked, state: 'open', events: [] },
      ...{ base: { branch: into, sha }, head: { owner: fork, branch, sha } },
      ...{ created: now(), updated: now(), merged: null, mergeCommit: null },
    });
    return number;
  }

  /** Merges a pull request into its base branch and returns the commit that it became. */
  merge(number: number, how: 'merge' | 'squash' = 'merge', login = 'maintainer'): string {
    const { pullRequests, references, now, objects } = this.#repository;
    const { base, head, events } = pullRequests.get(number);
    const tip = references.current(branchReference(base.branch)) ?? base.sha;
    const test = objects.commit(this.#mergeCommit(tip, head.sha));
    if (test === null) throw new Error(`pull request ${number} has no test merge`);
    const commit = objects.addCommit({ ...test, parents: how === 'merge' ? [tip, head.sha] : [tip] });
    this.branch(base.branch, commit);
    const event = { kind: 'merged', id: this.#repository.nextId(), login, time: now() } as const;
    const ended = { state: 'closed', merged: now(), updated: now(), mergeCommit: commit } as const;
    pullRequests.change(number, { ...ended, events: [...events, event] });
    return commit;
  }

  /** Closes a pull request that is not wanted. */
  close(number: number, login = 'maintainer'): void {
    const { pullRequests, now } = this.#repository;
    const event = { kind: 'closed', id: this.#repository.nextId(), login, time: now() } as const;
    pullRequests.change(number, { state: 'closed', updated: now(), events: [...pullRequests.get(number).events, event] });
  }

  /** Puts a label on a pull request. */
  label(number: number, label: string, login: string, time?: Date): void {
    this.#labelEvent('labeled', number, label, login, time);
  }

  /** Takes a label off a pull request. */
  unlabel(number: number, label: string, login: string, time?: Date): void {
    this.#labelEvent('unlabeled', number, label, login, time);
  }

  /** Writes a comment and returns its number. */
  comment(issue: number, login: string, body: string): number {
    const { comments, now } = this.#repository;
    return comments.add({ id: this.#repository.nextId(), issue, login, body, created: now() }).id;
  }

  /** Gives someone a role: "admin", "maintain", "write", "triage" or "read". */
  role(login: string, role: string): void {
    this.#repository.roles.set(login, role);
  }

  /** Adds a run of a workflow for a commit; what is not said is that of a pull request that succeeded. Returns its number. */
  workflowRun(run: Pick<WorkflowRun, 'head'> & Partial<WorkflowRun>): number {
    const id = run.id ?? this.#repository.nextId();
    const standard = { name: 'CI', event: 'pull_request', attempt: 1, conclusion: 'success', login: 'contributor', artifacts: [] };
    this.#repository.workflowRuns.set({ ...standard, created: this.#repository.now(), ...run, id });
    return id;
  }

  /** Adds an artifact, a zip file, to a workflow run and returns its number. */
  artifact(runId: number, name: string, content: Buffer, expired = false): number {
    const { workflowRuns, now } = this.#repository;
    const run = workflowRuns.get(runId);
    const artifact = { id: this.#repository.nextId(), name, content, expired, created: now() };
    workflowRuns.set({ ...run, artifacts: [...run.artifacts, artifact] });
    return artifact.id;
  }

  #labelEvent(kind: 'labeled' | 'unlabeled', number: number, label: string, login: string, time = this.#repository.now()): void {
    const { pullRequests } = this.#repository;
    const event = { kind, id: this.#repository.nextId(), login, label, time };
    pullRequests.change(number, { updated: time, events: [...pullRequests.get(number).events, event] });
  }

  /** Brings a pull request up to what its branches are now. */
  #push(pull: PullRequest): void {
    const { references, pullRequests, objects, now } = this.#repository;
    const base = references.current(branchReference(pull.base.branch)) ?? pull.base.sha;
    const head = references.current(branchReference(headName(this.#repository, pull)));
    if (head === null) throw new Error(`no branch ${pull.head.branch} of ${pull.head.owner}`);
    const known = new Set(pull.events.map((event) => (event.kind === 'committed' ? event.sha : '')));
    const commits = commitsSince(objects, base, head).toReversed();
    const news = commits.filter((sha) => !known.has(sha)).map((sha) => ({ kind: 'committed', sha, time: now() }) as const);
    const mergeCommit = this.#mergeCommit(base, head);
    references.set(`refs/pull/${pull.number}/head`, head);
    references.set(`refs/pull/${pull.number}/merge`, mergeCommit);
    const ends = { base: { ...pull.base, sha: base }, head: { ...pull.head, sha: head } };
    pullRequests.set({ ...pull, ...ends, mergeCommit, updated: now(), events: [...pull.events, ...news] });
  }

  /** The base branch with what the head changed; where both changed a file, that of the head. */
  #mergeCommit(base: string, head: string): string {
    const { objects, now } = this.#repository;
    const changes = treeDifference(objects, mergeBase(objects, base, head), head);
    const signature = { name: 'GitHub', email: 'noreply@github.com', date: now() };
    const tree = editTree(objects, base, asEdits(changes));
    return objects.addCommit({
      tree,
      parents: [base, head],
      author: signature,
      committer: signature,
      message: `Merge ${head} into ${base}`,
    });
  }
}

/** Name of a branch as pull requests write it. */
function headName({ owner }: Repository, { head }: PullRequest): string {
  return head.owner === owner ? head.branch : `${head.owner}:${head.branch}`;
}

function branchReference(name: string): string {
  return name.includes(':') ? `refs/forks/${name.replace(':', '/')}` : `refs/heads/${name}`;
}
