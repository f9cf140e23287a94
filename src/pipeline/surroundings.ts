import type { BaselineBranch } from '../baseline/baseline-branch.ts';
import type { CommitHistory } from '../model/commit-history.ts';
import type { Progress } from '../terminal/progress.ts';

/** Unmeasured values before the measured ones of a process: after one, the first is no slower than the rest. */
export const warmups = 1;

/** The folder, beside the project, that holds everything this program writes unless an option says otherwise. */
export const stateFolder = '.concurrency-regressions';

/** What a workflow run says of itself. */
export interface Workflow {
  /** 40 hex digits, or null where the event names none. */
  readonly commit: string | null;
  readonly runId: string;
  /** Whether this run measures the base branch and may be stored as a baseline. */
  readonly storesBaseline: boolean;
  /** The two ends of the pull request; null for other events. */
  readonly pullRequest: { readonly baseSha: string; readonly headSha: string } | null;
  /** What a merge group is put on top of; null for other events. */
  readonly mergeGroupBase: string | null;
  /** The run whose end started this one and whose files are reported on; null or left out for other events. */
  readonly trigger?: { readonly headSha: string } | null;
}

/** Reads a repository without a checkout; null where there is no token for it. */
export interface Repository {
  /** The merge base of two commits, or null where there is none. */
  mergeBase(base: string, head: string): Promise<string | null>;
  /** Writes the tree of a commit as a gzipped tarball. */
  downloadTarball(commit: string, file: string): Promise<void>;
  /** The last commits before a commit, itself among them. */
  historyOf(commit: string): Promise<CommitHistory>;
  /** The files of a branch; it need not be there yet. */
  branch(name: string): BaselineBranch;
}

/** The machine and the caller as the pipeline sees them. */
export interface Surroundings {
  /** This process's variables; workers see an allow-list of them only. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The folder that `working-directory` is relative to. */
  readonly cwd: string;
  /** The folder of the bundled workloads, which holds the worker too. */
  readonly workloadsFolder: string;
  /** Null at a terminal. */
  readonly workflow: Workflow | null;
  readonly repository: Repository | null;
  readonly progress: Progress;
  /** Aborted by Ctrl-C or a cancelled job. */
  readonly signal: AbortSignal;
}
