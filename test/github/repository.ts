import { CheckRuns } from './check-runs.ts';
import { Comments } from './comments.ts';
import type { Downloads } from './downloads.ts';
import { GitObjects } from './git-objects.ts';
import { PullRequests } from './pull-requests.ts';
import { References } from './references.ts';
import { itemAt } from './tree-edit.ts';
import { WorkflowRuns } from './workflow-runs.ts';

export interface RepositoryOptions {
  readonly owner: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly defaultBranch: string;
  /** The present. */
  readonly now: () => Date;
  readonly downloads: Downloads;
}

/** All that the server remembers of its one repository. */
export class Repository {
  readonly owner: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly defaultBranch: string;
  readonly now: () => Date;
  readonly downloads: Downloads;
  readonly objects = new GitObjects();
  readonly references = new References(this.objects);
  readonly comments = new Comments();
  readonly pullRequests = new PullRequests();
  readonly checkRuns = new CheckRuns();
  readonly workflowRuns = new WorkflowRuns();
  /** "admin", "maintain", "write", "triage" or "read" by login. */
  readonly roles = new Map<string, string>();
  /** Most entries in one answer about a tree; more and it says that it was cut. */
  treeLimit = 100_000;
  #lastId = 1000;

  constructor({ owner, name, isPublic, defaultBranch, now, downloads }: RepositoryOptions) {
    this.owner = owner;
    this.name = name;
    this.isPublic = isPublic;
    this.defaultBranch = defaultBranch;
    this.now = now;
    this.downloads = downloads;
  }

  /** "owner/name". */
  get fullName(): string {
    return `${this.owner}/${this.name}`;
  }

  /** Text of a file of a branch, tag or commit; null when there is no such file. */
  fileText(revision: string, path: string): string | null {
    const commit = this.references.resolve(revision);
    const item = commit === null ? null : itemAt(this.objects, commit, path);
    return item === null ? null : (this.objects.blob(item.sha)?.toString() ?? null);
  }

  /** All that was ever stored, as text: to look for what must never be. */
  get storedText(): string {
    const documents = [this.pullRequests.all, this.comments.all, this.checkRuns.all, this.references.beginning('')];
    return [...this.objects.texts(), JSON.stringify(documents)].join('\n');
  }

  /** A number that nothing else has. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}
