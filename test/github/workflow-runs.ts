import { found } from './answer.ts';

/** A file that a workflow run left. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** The zip file as it is downloaded. */
  readonly content: Buffer;
  readonly expired: boolean;
  readonly created: Date;
}

/** One run of a workflow. */
export interface WorkflowRun {
  readonly id: number;
  /** Of the workflow. */
  readonly name: string;
  /** "pull_request", "push" or another. */
  readonly event: string;
  readonly attempt: number;
  readonly head: { readonly owner: string; readonly branch: string; readonly sha: string };
  /** Null while it runs. */
  readonly conclusion: string | null;
  readonly login: string;
  readonly created: Date;
  readonly artifacts: readonly Artifact[];
}

/** All workflow runs by number. */
export class WorkflowRuns {
  readonly #byId = new Map<number, WorkflowRun>();

  set(run: WorkflowRun): void {
    this.#byId.set(run.id, run);
  }

  /** @throws Refusal when there is none of that number */
  get(id: number): WorkflowRun {
    return found(this.#byId.get(id));
  }

  /** An artifact and the run that left it. @throws Refusal when there is none of that number */
  artifact(id: number): { readonly artifact: Artifact; readonly run: WorkflowRun } {
    const all = [...this.#byId.values()].flatMap((run) => run.artifacts.map((artifact) => ({ artifact, run })));
    return found(all.find(({ artifact }) => artifact.id === id));
  }
}
