import { UserError } from '../model/user-error.ts';
import { isWorkflowRecipe, type WorkflowRecipe, workflowRecipes } from '../model/workflow-recipe.ts';
import { type Flags, readFlags } from './flags.ts';

/** A workflow to be written. */
export interface InitCommand {
  readonly kind: 'init';
  readonly recipe: WorkflowRecipe;
  /** As it was given, or null where it is to be guessed. */
  readonly branch: string | null;
  /** Options for the config file, as text; what is missing is guessed, and an empty text is nothing. */
  readonly flags: Flags;
  /** Whether files that are there are written over. */
  readonly force: boolean;
  /** Whether to show the files and to write none. */
  readonly dryRun: boolean;
  /** Whether to print JSON for other programs. */
  readonly json: boolean;
}

const names = ['recipe', 'branch', 'python-version', 'install', 'workloads', 'force', 'dry-run', 'json'];

/**
 * Reads what follows the word "init".
 *
 * @throws UserError that names the word that was not understood
 */
export function readInitArguments(argv: readonly string[]): InitCommand {
  const { recipe = 'one-job', branch = null, force, 'dry-run': dryRun, json, ...flags } = readFlags('init', argv, names);
  if (!isWorkflowRecipe(recipe)) {
    throw new UserError(`init: --recipe is "${recipe}".`, `The recipes are ${workflowRecipes.join(', ')}.`);
  }
  return { kind: 'init', recipe, branch, flags, force: force === 'true', dryRun: dryRun === 'true', json: json === 'true' };
}
