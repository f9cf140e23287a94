import type { WorkflowRecipe } from '../model/workflow-recipe.ts';

/** A value that was given or guessed. */
export interface InitSetting<Value> {
  readonly value: Value;
  /** What it rests on, in words. */
  readonly origin: string;
}

/** What a workflow was written with. */
export interface InitSettings {
  readonly branch: InitSetting<string>;
  /** Null for those at hand. */
  readonly pythons: InitSetting<readonly string[] | null>;
  /** Shell command; null for none. */
  readonly install: InitSetting<string | null>;
  readonly workloads: InitSetting<readonly string[]>;
}

/** A workflow that was written, or would be. */
export interface Initialised {
  readonly recipe: WorkflowRecipe;
  /** Absolute path of the top of the repository. */
  readonly root: string;
  /** False after a dry run. */
  readonly written: boolean;
  /** Paths are relative to `root`. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly settings: InitSettings;
  /** The branch that stored runs go to. */
  readonly baselineBranch: string;
  /** What the reader must know beside it, one or two sentences each. */
  readonly notes: readonly string[];
}
